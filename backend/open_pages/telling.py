"""Tell everybody what is in force: the one reading that the page, the recorded line and the feed are made from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.kernel.errors import NotFound
from backend.open_pages import thread_store
from backend.open_pages.thread import Thread
from backend.open_pages.truth import SHOWN_OVER, Truth, gravest_first


def truth(session: Session, *, exercise: bool = False, now: datetime) -> Truth:
    """What one world is told now; unless exercises are asked for, nothing of them."""
    return Truth(
        campus=campus_store.newest(session),
        in_force=gravest_first(thread_store.in_force(session, exercise=exercise)),
        over=tuple(thread_store.over_since(session, now - SHOWN_OVER, exercise=exercise)),
        at=now,
    )


def thread(session: Session, broadcast_id: UUID, *, exercise: bool) -> tuple[Campus, Thread]:
    """One thread with its campus. Raises NotFound for one that never went out, or is the other world's."""
    found = thread_store.by_id(session, broadcast_id, exercise=exercise)
    if found is None:
        raise NotFound("There is no such broadcast.")
    return campus_store.newest(session), found
