"""Take a call back: what was not pushed yet is dropped, what was is replaced on the lock screen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import delivery_store
from notifications.delivery import Delivery
from notifications.parcel import Outcome
from notifications.recipes import WITHDRAWN, Telling


def take_back(session: Session, telling: Telling, plans: list[dict[str, Any]], *, now: datetime) -> bool:
    """
    Drop the pushes of the offer a telling takes back, also those that were planned in this very transaction.

    True when one of them may have rung, and something must stand in its place.
    One that is on its way at this moment may have.
    """
    if telling.takes_back is None or telling.incident_id is None or telling.person_id is None:
        return True
    rang = False
    for delivery in delivery_store.pushes(session, telling.incident_id, telling.person_id):
        if _calls(delivery.data, telling.takes_back):
            rang = rang or _may_have_rung(delivery)
            if delivery.finished_at is None:
                delivery.end(Outcome.GONE, now=now)
    plans[:] = [plan for plan in plans if not _calls(plan["data"], telling.takes_back)]
    return rang


def _calls(data: dict[str, Any], offer_id: UUID) -> bool:
    return data.get("offer_id") == str(offer_id) and not data.get(WITHDRAWN)


def _may_have_rung(delivery: Delivery) -> bool:
    """Tried is enough: a provider that did not answer may have taken it."""
    return delivery.attempts > 0 and delivery.outcome != Outcome.GONE.value
