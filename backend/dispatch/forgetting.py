"""How long a whole case is kept: it goes with all that belongs to it, in one transaction, or not at all."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.casework import casework_store
from backend.dispatch import disclosure_store, offer_store
from backend.incidents import shelf_store
from backend.kernel.retention import Count, Rule, Spared

#: What other slices keep of a case. Streams and deliveries have days of their own and name the case by its id alone.
PARTS: tuple[Callable[[Session, Collection[UUID]], None], ...] = (
    offer_store.remove_of,
    disclosure_store.forget,
    alarm_store.remove_of,
    casework_store.remove_of,
)


class ClosedCases:
    """Cases that were closed, whole."""

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        return shelf_store.CLOSED.count(session, before, spared)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[Any]:
        return shelf_store.CLOSED.find(session, before, spared, most)

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        return remove_whole(session, shelf_store.CLOSED.still_due(session, keys, before, spared))


def remove_whole(session: Session, incident_ids: Collection[UUID]) -> int:
    """Remove these cases with every part of them; how many."""
    for remove_part in PARTS:
        remove_part(session, incident_ids)
    return shelf_store.remove(session, incident_ids)


CASES = Rule(
    "cases, with all that was said and done in them",
    "cases_days",
    "they were closed",
    (
        *("incidents", "taps", "progress", "fixes", "conversation", "faces", "holds"),
        *("offers", "disclosures", "alarms", "casework", "done_steps", "case_links"),
    ),
    ClosedCases(),
    batch=10,
)
