"""The SQL of concerns, their entries and copies."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from backend.concerns.concern import DATA_KEPT, MAILBOX_KEPT, Assignee, Concern, Copy, Entry, EntryKind, Recusal, Stage
from backend.concerns.sealing import REPORTER, Envelope
from backend.kernel.database import FRESH


def by_id(session: Session, concern_id: UUID) -> Concern | None:
    return session.get(Concern, concern_id)


def locked(session: Session, concern_id: UUID) -> Concern | None:
    """As it is now, and nobody else writes in it until the commit."""
    return session.get(Concern, concern_id, with_for_update=True, execution_options=FRESH)


def by_mailbox(session: Session, mailbox: str) -> Concern | None:
    return session.scalars(sa.select(Concern).where(Concern.mailbox == mailbox)).one_or_none()


def put(session: Session, mailbox: str, reply_key: bytes, *, today: date) -> Concern:
    """A new one, without entries."""
    concern = Concern(
        id=uuid4(),
        mailbox=mailbox,
        reply_key=reply_key,
        day=today,
        stage=Stage.WAITING.value,
        mailbox_until=today + MAILBOX_KEPT,
        data_until=today + DATA_KEPT,
        held=False,
    )
    session.add(concern)
    session.flush()
    return concern


def enter(
    session: Session,
    concern_id: UUID,
    kind: EntryKind,
    envelope: Envelope,
    *,
    written_by: UUID | None = None,
    today: date,
) -> Entry:
    """The concern's next entry, with its copies."""
    last = session.scalar(sa.select(sa.func.max(Entry.nth)).where(Entry.concern_id == concern_id))
    entry = Entry(
        id=uuid4(),
        concern_id=concern_id,
        nth=(last or 0) + 1,
        kind=kind.value,
        day=today,
        written_by=written_by,
        box=envelope.box,
    )
    session.add(entry)
    session.add_all(Copy(entry_id=entry.id, key_id=key_id, sealed=copy) for key_id, copy in envelope.copies.items())
    session.flush()
    return entry


def entries(session: Session, concern_id: UUID) -> Sequence[Entry]:
    """In the order in which they were written."""
    return session.scalars(sa.select(Entry).where(Entry.concern_id == concern_id).order_by(Entry.nth)).all()


def last_day(session: Session, concern_id: UUID, kinds: Collection[EntryKind]) -> date | None:
    """The day of the newest entry of these kinds."""
    found = sa.select(sa.func.max(Entry.day)).where(Entry.concern_id == concern_id, Entry.kind.in_(sorted(kinds)))
    return session.scalar(found)


def news(session: Session, concern_ids: Collection[UUID], *, shown: date | None) -> dict[UUID, date]:
    """
    On which day the reporter last added something to which no adviser has written anything since.

    Added before the day `shown`, if there is one; what has nothing new is left out.
    """
    later = aliased(Entry)
    answered = sa.exists().where(
        later.concern_id == Entry.concern_id, later.nth > Entry.nth, later.written_by.is_not(None)
    )
    new = sa.select(Entry.concern_id, sa.func.max(Entry.day)).where(
        Entry.concern_id.in_(concern_ids), Entry.kind == EntryKind.ADDED.value, ~answered
    )
    if shown is not None:
        new = new.where(Entry.day < shown)
    return {concern_id: day for concern_id, day in session.execute(new.group_by(Entry.concern_id))}


def newest_of(session: Session, concern_id: UUID, kind: EntryKind) -> Entry | None:
    wanted = sa.select(Entry).where(Entry.concern_id == concern_id, Entry.kind == kind.value)
    return session.scalars(wanted.order_by(Entry.nth.desc()).limit(1)).first()


def copies(session: Session, entry_ids: Collection[UUID], key_ids: Collection[str]) -> Sequence[Copy]:
    """Those of these entries that these keys open."""
    wanted = sa.select(Copy).where(Copy.entry_id.in_(entry_ids), Copy.key_id.in_(key_ids))
    return session.scalars(wanted.order_by(Copy.entry_id, Copy.key_id)).all()


def holders(session: Session, concern_id: UUID) -> set[str]:
    """The key ids that have a copy of what was lodged: those who may read what is added as well."""
    first = sa.select(Entry.id).where(Entry.concern_id == concern_id, Entry.nth == 1).scalar_subquery()
    return set(session.scalars(sa.select(Copy.key_id).where(Copy.entry_id == first)))


def destroy_copies(session: Session, concern_id: UUID, *, but: Collection[str]) -> int:
    """Of every entry, all copies but those of these keys; how many there were."""
    own = sa.select(Entry.id).where(Entry.concern_id == concern_id)
    # The reporter's copy of a reply is nobody's of the desk, and stays as well.
    doomed = sa.delete(Copy).where(Copy.entry_id.in_(own), Copy.key_id.not_in({*but, REPORTER}))
    session.flush()
    return session.connection().execute(doomed).rowcount


def assignees(session: Session, concern_id: UUID) -> set[UUID]:
    return set(session.scalars(sa.select(Assignee.adviser_id).where(Assignee.concern_id == concern_id)))


def destroy_copies_of(session: Session, key_ids: Collection[str], *, concern_id: UUID | None = None) -> None:
    """
    These keys' copies, of one concern or of all; what nobody else of the desk could open stays.

    The reporter's own copy of a reply does not count: they are not the desk.
    """
    other = aliased(Copy)
    elsewhere = sa.select(other.entry_id).where(
        other.entry_id == Copy.entry_id, other.key_id.not_in([*key_ids, REPORTER])
    )
    doomed = sa.delete(Copy).where(Copy.key_id.in_(key_ids), elsewhere.exists())
    if concern_id is not None:
        doomed = doomed.where(Copy.entry_id.in_(sa.select(Entry.id).where(Entry.concern_id == concern_id)))
    session.flush()
    session.connection().execute(doomed)


def entry_ids(session: Session, concern_id: UUID) -> Sequence[UUID]:
    return session.scalars(sa.select(Entry.id).where(Entry.concern_id == concern_id).order_by(Entry.nth)).all()


def put_copies(session: Session, given: Mapping[tuple[UUID, str], bytes]) -> None:
    session.add_all(Copy(entry_id=entry_id, key_id=key_id, sealed=copy) for (entry_id, key_id), copy in given.items())
    session.flush()


def readable(
    session: Session,
    key_ids: Collection[str],
    adviser_id: UUID,
    *,
    is_open: bool | None,
    shown: date | None,
    after: Concern | None,
    most: int,
) -> Sequence[Concern]:
    """
    What these keys hold a copy of and this adviser does not stand aside from.

    Lodged before the day `shown`, if there is one; the latest day first, then by name.
    """
    holds = sa.exists().where(
        Entry.concern_id == Concern.id, Entry.nth == 1, Copy.entry_id == Entry.id, Copy.key_id.in_(key_ids)
    )
    aside = sa.exists().where(Recusal.concern_id == Concern.id, Recusal.adviser_id == adviser_id)
    wanted = sa.select(Concern).where(holds, ~aside).order_by(Concern.day.desc(), Concern.id).limit(most)
    if shown is not None:
        wanted = wanted.where(Concern.day < shown)
    if is_open is not None:
        closed = Concern.stage == Stage.CLOSED.value
        wanted = wanted.where(~closed if is_open else closed)
    if after is not None:
        wanted = wanted.where(sa.or_(Concern.day < after.day, sa.and_(Concern.day == after.day, Concern.id > after.id)))
    return session.scalars(wanted).all()
