"""The SQL of what ends: concerns and mailboxes past their day."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import Assignee, Concern, Copy, Entry, Recusal, Referral
from backend.concerns.sealing import REPORTER
from backend.kernel.statements import changed

#: What an ended mailbox has in the place of its reporter's key: nothing can be sealed to it.
NO_KEY = b""


def remove(session: Session, concern_ids: Collection[UUID]) -> int:
    """Every row of these, in every table; how many concerns that were."""
    session.flush()
    own = sa.select(Entry.id).where(Entry.concern_id.in_(concern_ids))
    changed(session, sa.delete(Copy).where(Copy.entry_id.in_(own)))
    for part in (Entry, Referral, Assignee, Recusal):
        changed(session, sa.delete(part).where(part.concern_id.in_(concern_ids)))
    gone = changed(session, sa.delete(Concern).where(Concern.id.in_(concern_ids)))
    # What this session has read of them is no more either.
    session.expire_all()
    return gone


def past_data(day: date) -> sa.ColumnElement[bool]:
    """Concerns whose data's last day is over; held ones as well."""
    return Concern.data_until < day


def due(day: date) -> sa.ColumnElement[bool]:
    """Those of them that nothing holds."""
    return sa.and_(past_data(day), Concern.held.is_(False))


def past_mailbox(day: date) -> sa.ColumnElement[bool]:
    """Concerns whose mailbox's last day is over and which still can be found by a receipt."""
    return sa.and_(Concern.mailbox_until < day, Concern.reply_key != NO_KEY)


def how_many(session: Session, condition: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Concern).where(condition)) or 0


def some(session: Session, condition: sa.ColumnElement[bool], most: int) -> Sequence[UUID]:
    """The ids of some of these, in no order."""
    return session.scalars(sa.select(Concern.id).where(condition).limit(most)).all()


def held_fast(session: Session, concern_ids: Collection[UUID], condition: sa.ColumnElement[bool]) -> Sequence[UUID]:
    """Those of these for which that still holds, and nobody changes it before this transaction ends."""
    wanted = sa.select(Concern.id).where(Concern.id.in_(concern_ids), condition)
    return session.scalars(wanted.with_for_update()).all()


def close_mailbox(session: Session, concern_id: UUID) -> None:
    """
    No receipt leads to it any more, and its reporter's copies of what was replied are gone.

    Its name is drawn anew: whoever finds the receipt later cannot show that it
    belonged here.
    """
    own = sa.select(Entry.id).where(Entry.concern_id == concern_id)
    changed(session, sa.delete(Copy).where(Copy.entry_id.in_(own), Copy.key_id == REPORTER))
    nobody = {"mailbox": secrets.token_hex(16), "reply_key": NO_KEY}
    changed(session, sa.update(Concern).where(Concern.id == concern_id).values(nobody))
