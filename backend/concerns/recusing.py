"""Stand aside from a concern: a conflict of interest ends all reading at once, and for ever."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.advising import open_to_change
from backend.kernel import audit


def recuse(session: Session, concern_id: UUID, *, by: UUID, at_once: bool, today: date, now: datetime) -> None:
    """
    Own copies are destroyed, a place of one's own is vacant, and one is never assigned it.

    A copy without which nobody could open an entry stays and is shown to nobody.
    """
    concern = open_to_change(session, concern_id, by=by, today=today, at_once=at_once)
    place_store.stand_aside(session, concern.id, [by], today=today)
    place_store.vacate(session, concern.id, by)
    keys = [key.id for key in key_store.all_keys_of(session, by)]
    concern_store.destroy_copies_of(session, keys, concern_id=concern.id)
    audit.record(session, "concern.recused", actor=by, about="concern", about_id=concern.id, at=now)
