"""The SQL of concerns, their entries and copies."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import DATA_KEPT, MAILBOX_KEPT, Assignee, Concern, Copy, Entry, EntryKind, Recusal, Stage
from backend.concerns.sealing import REPORTER, Envelope


def by_id(session: Session, concern_id: UUID) -> Concern | None:
    return session.get(Concern, concern_id)


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
    gone = session.connection().execute(sa.delete(Copy).where(Copy.entry_id.in_(own), Copy.key_id.not_in(but)))
    return gone.rowcount


def assignees(session: Session, concern_id: UUID) -> set[UUID]:
    return set(session.scalars(sa.select(Assignee.adviser_id).where(Assignee.concern_id == concern_id)))


def recused(session: Session, concern_id: UUID) -> set[UUID]:
    return set(session.scalars(sa.select(Recusal.adviser_id).where(Recusal.concern_id == concern_id)))


def places_of(session: Session, adviser_id: UUID) -> Sequence[UUID]:
    """The concerns that somebody is assigned to, in the order of their random names."""
    wanted = sa.select(Assignee.concern_id).where(Assignee.adviser_id == adviser_id)
    return session.scalars(wanted.order_by(Assignee.concern_id)).all()


def vacate(session: Session, concern_id: UUID, adviser_id: UUID) -> None:
    session.connection().execute(
        sa.delete(Assignee).where(Assignee.concern_id == concern_id, Assignee.adviser_id == adviser_id)
    )


def destroy_copies_of(session: Session, key_ids: Collection[str], *, concern_id: UUID | None = None) -> None:
    """
    These keys' copies, of one concern or of all; what nobody else of the desk could open stays.

    The reporter's own copy of a reply does not count: they are not the desk.
    """
    other = sa.orm.aliased(Copy)
    elsewhere = sa.select(other.entry_id).where(
        other.entry_id == Copy.entry_id, other.key_id.not_in([*key_ids, REPORTER])
    )
    doomed = sa.delete(Copy).where(Copy.key_id.in_(key_ids), elsewhere.exists())
    if concern_id is not None:
        doomed = doomed.where(Copy.entry_id.in_(sa.select(Entry.id).where(Entry.concern_id == concern_id)))
    session.connection().execute(doomed, execution_options={"synchronize_session": False})
