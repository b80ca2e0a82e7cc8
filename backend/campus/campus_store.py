"""Every campus that was ever imported, in rows; the newest is read once and then kept in memory."""

import hashlib
import json
import threading
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from backend.campus.campus import Campus, Keeping
from backend.campus.configuration import from_document, to_document
from backend.kernel.aging import AgingRows
from backend.kernel.database import Base, Counting, Instant
from backend.kernel.errors import Unavailable
from backend.kernel.statements import look

#: Two, because a transaction that began before an import still looks at the campus before it.
KEPT_IN_MEMORY = 2


class CampusVersion(Base):
    """
    A campus as it was imported; never changed, only followed by another, and emptied long after it was.

    `digest` is the SHA-256 of its document.
    """

    __tablename__ = "campus_versions"

    version: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[UUID | None] = mapped_column()
    document: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    digest: Mapped[str] = mapped_column(sa.String(64))


class Edition(NamedTuple):
    """Which campus holds: its number, counted from 1, and its digest."""

    version: int
    digest: str


_NEWEST_EDITION = sa.select(CampusVersion.version, CampusVersion.digest).order_by(CampusVersion.version.desc()).limit(1)

#: Where a session keeps the campus its transaction works with: one and the same from beginning to end.
HELD = "campus"

_reading = threading.Lock()
_in_memory: dict[str, Campus] = {}


def newest(session: Session) -> Campus:
    """
    The campus that holds now, the same object until another is imported.

    Costs one small look-up a transaction; the document is read and parsed once
    in a process. Raises Unavailable when none was imported yet.
    """
    held = session.info.get(HELD)
    if isinstance(held, Campus):
        return held
    campus = session.info[HELD] = _newest(session)
    return campus


def _newest(session: Session) -> Campus:
    edition = newest_edition(session)
    if edition is None:
        raise Unavailable("No campus has been imported yet: bluelight campus import DIR.", slug="no-campus")
    campus = _in_memory.get(edition.digest)
    if campus is not None:
        return campus
    with _reading:
        if edition.digest not in _in_memory:
            _remember(edition.digest, _read(session, edition))
        return _in_memory[edition.digest]


def keeping(session: Session) -> Keeping:
    """How long things are kept: what the campus says, and before there is one what most would."""
    return newest(session).keeping if newest_edition(session) is not None else Keeping()


def local(session: Session, at: datetime) -> datetime:
    """This moment as the clock on the wall shows it here; before there is a campus, as it is."""
    return newest(session).local(at) if newest_edition(session) is not None else at


def newest_edition(session: Session) -> Edition | None:
    """Which campus holds now, None before the first import."""
    found = look(session, _NEWEST_EDITION).first()
    return Edition(*found) if found else None


def was_imported(session: Session, digest: str) -> bool:
    """Whether this very campus holds or has held."""
    return session.scalar(sa.select(sa.exists().where(CampusVersion.digest == digest))) is True


def add(session: Session, campus: Campus, *, by: UUID | None, now: datetime) -> tuple[Edition, bool]:
    """From now on this campus holds; False beside its number when it is the one that holds already."""
    document = to_document(campus)
    digest = digest_of(document)
    before = newest_edition(session)
    if before is not None and before.digest == digest:
        return before, False
    row = CampusVersion(imported_at=now, imported_by=by, document=document, digest=digest)
    session.add(row)
    session.flush()
    session.info.pop(HELD, None)
    return Edition(row.version, digest), True


def digest_of(document: dict[str, Any]) -> str:
    """The same for the same campus, whatever the order in which its parts were written."""
    told = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _read(session: Session, edition: Edition) -> Campus:
    document = session.scalars(sa.select(CampusVersion.document).where(CampusVersion.version == edition.version)).one()
    try:
        return from_document(document)
    except ValueError as fault:
        raise Unavailable("The campus was imported by another release: import it again.", slug="no-campus") from fault


def _remember(digest: str, campus: Campus) -> None:
    """Under the lock. The oldest goes last, so that whoever looks without the lock finds one or the other."""
    _in_memory[digest] = campus
    while len(_in_memory) > KEPT_IN_MEMORY:
        del _in_memory[next(iter(_in_memory))]


def _followed(before: datetime) -> sa.ColumnElement[bool]:
    later = aliased(CampusVersion)
    was_followed = sa.exists().where(later.version > CampusVersion.version, later.imported_at < before)
    return sa.and_(was_followed, sa.cast(CampusVersion.document, sa.Text) != "{}")


#: Campuses that were followed by another before some moment. A rota has people's addresses; number and digest stay.
FOLLOWED = AgingRows(CampusVersion, CampusVersion.version, _followed, instead={"document": {}})
