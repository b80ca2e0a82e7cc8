"""A line for every change and every look, sealed when it is written and linked to its neighbour a moment later."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.kernel.database import NEVER_AGAIN, Base, Counting, Instant
from backend.kernel.statements import insert_into, later

#: What a session carries so that a line can be sealed.
KEY = "audit_key"

#: Every seal begins with this many random characters of its own: a line that was copied is found by its seal.
MARK = 16


class AuditLine(Base):
    """
    Who did what to what, when: ids and words only, never a name.

    `seal` is made with a key that is not in the database, in the transaction of
    the deed; `place`, `previous` and `link` are set by the chaining round, so
    that no tap waits for another's hash.
    """

    __tablename__ = "audit"
    __table_args__ = (
        sa.Index(
            "ix_audit_unlinked", "id", sqlite_where=sa.text("place IS NULL"), postgresql_where=sa.text("place IS NULL")
        ),
        sa.Index("ix_audit_about", "about", "about_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Instant)
    action: Mapped[str] = mapped_column(sa.String(60))
    actor: Mapped[str | None] = mapped_column(sa.String(36))
    about: Mapped[str] = mapped_column(sa.String(30))
    about_id: Mapped[str | None] = mapped_column(sa.String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    seal: Mapped[str] = mapped_column(sa.String(64))
    place: Mapped[int | None] = mapped_column(Counting, unique=True)
    previous: Mapped[str | None] = mapped_column(sa.String(64))
    link: Mapped[str | None] = mapped_column(sa.String(64))


_RECORD = insert_into(AuditLine)


def record(
    session: Session,
    action: str,
    *,
    actor: UUID | None,
    about: str,
    about_id: UUID | str | None,
    at: datetime,
    **facts: str | int | bool | None,
) -> None:
    """
    One line, in the transaction of the deed it tells of.

    `actor` is None for what the service did by itself; `facts` hold ids,
    numbers and words of the vocabulary.
    """
    line = {
        "at": at,
        "action": action,
        "actor": str(actor) if actor else None,
        "about": about,
        "about_id": str(about_id) if about_id is not None else None,
        "facts": facts,
    }
    line["seal"] = seal(session.info[KEY], line, mark=secrets.token_hex(MARK // 2))
    later(session, _RECORD, line)


def lines(
    session: Session,
    *,
    about: str | None = None,
    about_id: str | None = None,
    actor: str | None = None,
    before: int | None = None,
    most: int,
) -> Sequence[AuditLine]:
    """The lines of one thing or of one person, or all of them: the newest first, below this id."""
    wanted = sa.select(AuditLine).order_by(AuditLine.id.desc()).limit(most)
    for column, value in ((AuditLine.about, about), (AuditLine.about_id, about_id), (AuditLine.actor, actor)):
        wanted = wanted if value is None else wanted.where(column == value)
    return session.scalars(wanted if before is None else wanted.where(AuditLine.id < before)).all()


def newest(session: Session, action: str, *, about: str) -> datetime | None:
    """When this was last done to such a thing, where the ids of such things rise with their time."""
    wanted = sa.select(AuditLine.at).where(AuditLine.about == about, AuditLine.action == action)
    return session.scalar(wanted.order_by(AuditLine.about_id.desc()).limit(1))


def content(line: dict[str, Any]) -> bytes:
    """What a seal covers, in one canonical spelling."""
    told = {name: line[name] for name in ("action", "actor", "about", "about_id", "facts")}
    told["at"] = line["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(key: bytes, line: dict[str, Any], *, mark: str) -> str:
    """
    Whoever can write to the database but has no key cannot make a line that stands.

    64 characters: the mark, then the first 192 bits over mark and line.
    """
    told = hmac.new(key, mark.encode() + content(line), hashlib.sha256)
    return mark + told.hexdigest()[:-MARK]


def sealed(key: bytes, row: AuditLine) -> bool:
    """Whether we wrote this row as it is."""
    return hmac.compare_digest(row.seal.encode(), seal(key, as_line(row), mark=row.seal[:MARK]).encode())


def as_line(row: AuditLine) -> dict[str, Any]:
    """The part of a row that its seal covers."""
    return {name: getattr(row, name) for name in ("at", "action", "actor", "about", "about_id", "facts")}
