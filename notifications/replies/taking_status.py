"""Take what became of a text or a call after the provider had taken it: nothing is sent again, and nobody misled."""

from uuid import UUID

from sqlalchemy.orm import Session

from notifications import delivery_store
from notifications.parcel import Outcome

#: What both kinds call a way to end that reached nobody.
CAME_TO_NOTHING = frozenset({"undelivered", "failed", "busy", "no-answer", "canceled"})


def take_status(session: Session, delivery_id: UUID, status: str, code: str | None) -> bool:
    """
    Whether the delivery is one that was taken for sent and has come to nothing.

    It is not tried again: by the time a network says so the next rung has been climbed.
    """
    if status not in CAME_TO_NOTHING:
        return False
    delivery = delivery_store.by_id(session, delivery_id)
    if delivery is None or delivery.outcome != Outcome.SENT.value:
        return False
    delivery.outcome = Outcome.GONE.value
    delivery.last_fault = f"not delivered: {status}{f' ({code})' if code else ''}"[:200]
    return True
