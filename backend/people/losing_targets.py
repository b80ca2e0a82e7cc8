"""A phone that no push can wake any more: forget the dead target, and tell who counts on its owner."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit, outbox
from backend.kernel.events import ReachChanged
from backend.people import handset_store, responder_store
from backend.people.handset import warnings


def lose_target(session: Session, kind: str, value: str, *, now: datetime) -> bool:
    """
    A provider says that this target is dead: it is forgotten at once; False when nobody has it any more.

    An officer on duty whose last target it was is shown to the control room.
    """
    holder = handset_store.by_push(session, kind, value)
    if holder is None:
        return False
    with telling_of_reach(session, [holder.account_id], now=now):
        owner = handset_store.drop_target(session, kind, value, now=now)
    if owner is not None:
        audit.record(session, "handset.target_lost", actor=None, about="account", about_id=owner, at=now)
    return owner is not None


@contextmanager
def telling_of_reach(session: Session, account_ids: Collection[UUID], *, now: datetime) -> Iterator[None]:
    """Whoever of these is on duty and can be woken otherwise afterwards is shown anew to the control room."""
    people = {one for one in account_ids if _on_duty(session, one, now=now)}
    before = {one: warnings_of(session, one) for one in people}
    yield
    session.flush()
    for person in people:
        if warnings_of(session, person) != before[person]:
            outbox.keep(session, ReachChanged(person), at=now)


def warnings_of(session: Session, account_id: UUID) -> list[str]:
    """Why a push would not wake this person."""
    return warnings(handset_store.of_person(session, account_id))


def _on_duty(session: Session, account_id: UUID, *, now: datetime) -> bool:
    duty = responder_store.duty_of(session, account_id)
    return duty is not None and duty.on(now=now)
