"""Link the audit lines into one chain, anchor its head outside the database, and prove both."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.audit import KEY, AuditLine, as_line, content, sealed

#: Before the first line.
GENESIS = "0" * 64

#: PostgreSQL's advisory lock of the one who links; any constant number does.
LINKING = 7_041_944


@dataclass(frozen=True, slots=True)
class Head:
    """The last linked line: its place (from 1) and its link."""

    place: int
    link: str


def link_waiting(session: Session, *, most: int = 500) -> Head | None:
    """
    Give the lines that wait their place in the chain; the new head, or None when none waited.

    Linked in the order of their ids, by one linker at a time.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LINKING)))
    waiting = session.scalars(
        sa.select(AuditLine).where(AuditLine.place.is_(None)).order_by(AuditLine.id).limit(most)
    ).all()
    if not waiting:
        return None
    head = head_of(session) or Head(0, GENESIS)
    for row in waiting:
        row.place, row.previous = head.place + 1, head.link
        row.link = link_of(row, head.link, key=session.info[KEY])
        head = Head(row.place, row.link)
    return head


def head_of(session: Session) -> Head | None:
    """Where the chain ends, or None before its first line."""
    row = session.scalars(
        sa.select(AuditLine).where(AuditLine.place.is_not(None)).order_by(AuditLine.place.desc()).limit(1)
    ).first()
    return Head(row.place, row.link) if row and row.place and row.link else None


def link_of(row: AuditLine, previous: str, *, key: bytes) -> str:
    """Over the line, its seal, its place and the link before it; keyed, so that nobody else can mend a broken chain."""
    told = b"\n".join((str(row.place).encode(), previous.encode(), row.seal.encode(), content(as_line(row))))
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def faults_of(session: Session, *, anchors: list[Head]) -> Iterator[str]:
    """
    Everything that is wrong with the log, a sentence each; nothing when it stands.

    Finds an edit (seal), a deletion (a missing place), an insertion (no valid
    seal, a place twice, or the seal of another line), a changed order (link),
    and with the anchors a shortened log.
    """
    key: bytes = session.info[KEY]
    previous, place = GENESIS, 0
    wanted = {anchor.place: anchor.link for anchor in anchors}
    linked = sa.select(AuditLine).where(AuditLine.place.is_not(None)).order_by(AuditLine.place)
    for row in session.scalars(linked.execution_options(yield_per=500)):
        place += 1
        if row.place != place:
            yield f"Place {place} is missing: a line was deleted or moved."
            place = row.place or place
        if not sealed(key, row):
            yield f"The line at place {place} was changed, or was not written by Bluelight."
        if row.previous != previous or row.link != link_of(row, row.previous or "", key=key):
            yield f"The line at place {place} is not linked to the one before it."
        previous = row.link or ""
        if wanted.pop(place, previous) != previous:
            yield f"The line at place {place} is not the one that was anchored."
    for row in session.scalars(sa.select(AuditLine).where(AuditLine.place.is_(None))):
        if not sealed(key, row):
            yield f"A line that waits to be linked (id {row.id}) was not written by Bluelight."
    for (id_,) in session.execute(_copied()):
        yield f"A line was written a second time (id {id_} is the first of them)."
    if wanted:
        yield f"The log ends at place {place}, but place {max(wanted)} was anchored: lines were cut off its end."


def _copied() -> sa.Select[int]:
    """Lines whose seal, which is drawn for one line alone, is there more than once."""
    return sa.select(sa.func.min(AuditLine.id)).group_by(AuditLine.seal).having(sa.func.count() > 1)


def anchor_line(head: Head, *, at: datetime) -> str:
    """One line for the anchor file, which is only ever added to."""
    return json.dumps({"place": head.place, "link": head.link, "at": at.isoformat()}) + "\n"


def read_anchors(text: str) -> list[Head]:
    """
    The heads an anchor file holds; raises ValueError at a line it cannot read.

    A last line that a power cut left without its end counts as not written.
    """
    whole = text[: text.rfind("\n") + 1]
    return [Head(int(told["place"]), str(told["link"])) for told in map(json.loads, whole.splitlines()) if told]
