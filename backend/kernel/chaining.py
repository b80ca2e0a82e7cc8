"""Link the audit lines into one chain, anchor its head outside the database, and prove both."""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.audit import KEY, AuditLine, as_line, content, record, sealed
from backend.kernel.statements import changed

#: Before the first line.
GENESIS = "0" * 64

#: PostgreSQL's advisory lock of the one who links; any constant number does.
LINKING = 7_041_944


#: What the line is about, and its id, that says up to where the log was forgotten.
ABOUT, SHORTENED = "audit", "shortened"


@dataclass(frozen=True, slots=True)
class Head:
    """
    A linked line: its place (from 1) and its link.

    `forgotten` marks the anchor of one up to which the log was to be forgotten.
    """

    place: int
    link: str
    forgotten: bool = False


def link_waiting(session: Session, *, most: int = 500) -> Head | None:
    """
    Give the lines that wait their place in the chain; the new head, or None when none waited.

    Linked in the order of their ids, by one linker at a time.
    """
    _take_turns(session)
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


def unlinked(session: Session, *, most: int) -> tuple[int, datetime | None]:
    """How many lines wait to be linked, counted up to `most`, and since when the oldest does."""
    waiting = sa.select(AuditLine.id).where(AuditLine.place.is_(None)).limit(most).subquery()
    oldest = sa.select(AuditLine.at).where(AuditLine.place.is_(None)).order_by(AuditLine.id).limit(1)
    return session.scalar(sa.select(sa.func.count()).select_from(waiting)) or 0, session.scalar(oldest)


def link_of(row: AuditLine, previous: str, *, key: bytes) -> str:
    """Over the line, its seal, its place and the link before it; keyed, so that nobody else can mend a broken chain."""
    told = b"\n".join((str(row.place).encode(), previous.encode(), row.seal.encode(), content(as_line(row))))
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def faults_of(session: Session, *, anchors: list[Head]) -> Iterator[str]:
    """
    Everything that is wrong with the log, a sentence each; nothing when it stands.

    Finds an edit (seal), a deletion (a missing place), an insertion (no valid
    seal, a place twice, or the seal of another line), a changed order (link),
    and with the anchors a shortened log. Lines that were forgotten may be gone,
    exactly those: a sealed line says up to where, and an anchor said so before.
    """
    key: bytes = session.info[KEY]
    base = base_of(session)
    previous, place = base.link, base.place
    yield from _faults_of_base(base, anchors)
    wanted = {anchor.place: anchor.link for anchor in anchors if anchor.place > base.place}
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


def base_of(session: Session) -> Head:
    """The last line that was forgotten, as the sealed lines that tell of it have it; before the first if none was."""
    told = sa.select(AuditLine).where(AuditLine.about == ABOUT, AuditLine.about_id == SHORTENED)
    # Whoever writes such a line without our key has not moved the beginning of the log.
    ends = [
        Head(row.facts["place"], row.facts["link"]) for row in session.scalars(told) if sealed(session.info[KEY], row)
    ]
    return max(ends, key=lambda end: end.place, default=Head(0, GENESIS))


def forgettable(session: Session, before: datetime, spared: Collection[str]) -> Sequence[int]:
    """
    The places of the lines from the beginning on that were written before this moment, in order.

    A chain is only ever shortened at its beginning: the first line that is
    younger, or about one of the ids that are spared, keeps all that follow. The
    newest line always stays.
    """
    first_to_stay = (
        sa.select(AuditLine.place)
        .where(AuditLine.place.is_not(None), _stays(before, spared))
        .order_by(AuditLine.place)
        .limit(1)
    )
    newest = sa.select(sa.func.max(AuditLine.place))
    end = session.scalar(first_to_stay) or session.scalar(newest) or 0
    return range((session.scalar(sa.select(sa.func.min(AuditLine.place))) or end), end)


def head_at(session: Session, place: int, *, forgotten: bool = False) -> Head:
    """The line at this place."""
    row = session.scalars(sa.select(AuditLine).where(AuditLine.place == place)).one()
    return Head(place, row.link or "", forgotten)


def shorten(session: Session, place: int, *, before: datetime, spared: Collection[str], now: datetime) -> int:
    """
    Forget the lines up to this place, and write down in a sealed line that they are; how many.

    None are, when one of them must stay or when it is the last.
    """
    _take_turns(session)
    up_to = AuditLine.place <= place
    stays = session.scalar(sa.select(sa.exists().where(up_to, _stays(before, spared))))
    has_more = session.scalar(sa.select(sa.exists().where(AuditLine.place > place)))
    end = session.scalars(sa.select(AuditLine).where(AuditLine.place == place)).first()
    if stays or not has_more or end is None:
        return 0
    link = end.link
    session.expunge(end)
    gone = changed(session, sa.delete(AuditLine).where(up_to))
    record(
        session,
        "audit.shortened",
        actor=None,
        about=ABOUT,
        about_id=SHORTENED,
        at=now,
        place=place,
        link=link,
        lines=gone,
    )
    return gone


def _stays(before: datetime, spared: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.or_(AuditLine.at >= before, AuditLine.about_id.in_(spared))


def _take_turns(session: Session) -> None:
    """One at a time links or shortens; on SQLite's one writer they do anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LINKING)))


def _faults_of_base(base: Head, anchors: Collection[Head]) -> Iterator[str]:
    """Who has our key can make a line that forgets; what was anchored before, outside the database, they cannot."""
    earlier = [anchor for anchor in anchors if anchor.place <= base.place]
    if any(anchor.place == base.place and anchor.link != base.link for anchor in earlier):
        yield f"The line at place {base.place}, up to which the log was forgotten, is not the one that was anchored."
    if earlier and Head(base.place, base.link, forgotten=True) not in earlier:
        yield f"The log begins after place {base.place}, and no anchor says that it was to be forgotten up to there."


def _copied() -> sa.Select[int]:
    """Lines whose seal, which is drawn for one line alone, is there more than once."""
    return sa.select(sa.func.min(AuditLine.id)).group_by(AuditLine.seal).having(sa.func.count() > 1)


def anchor_line(head: Head, *, at: datetime) -> str:
    """One line for the anchor file, which is only ever added to."""
    told: dict[str, object] = {"place": head.place, "link": head.link, "at": at.isoformat()}
    return json.dumps({**told, "forgotten": True} if head.forgotten else told) + "\n"


def read_anchors(text: str) -> list[Head]:
    """
    The heads an anchor file holds; raises ValueError at a line it cannot read.

    A last line that a power cut left without its end counts as not written.
    """
    whole = text[: text.rfind("\n") + 1]
    lines = [told for told in map(json.loads, whole.splitlines()) if told]
    return [Head(int(told["place"]), str(told["link"]), bool(told.get("forgotten"))) for told in lines]
