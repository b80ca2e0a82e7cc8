"""When a responder may be there: a distance over a walking speed, honest about what is not known."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from backend.campus.geofence import Position, great_circle_m
from backend.kernel.vocabulary import OfferState
from backend.people.responder import Responder

#: Brisk walking with a kit bag, metres a second (5 km/h; ambulance planning uses 1.3 to 1.5).
WALKING_M_S = 1.4

#: Paths are not straight lines: campus routes run about a third longer than the crow flies.
DETOUR = 1.3


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    `eta_s` seconds from now, None when it cannot be said; 0 once there.

    `delayed` when the position it rests on has gone stale: say "delayed", not a number that no longer moves.
    """

    eta_s: int | None
    delayed: bool
    updated_at: datetime | None


def arrival(state: str, target: Position | None, responder: Responder | None, *, now: datetime) -> Arrival:
    """The estimate for one responder who has a case."""
    at = responder.position_at if responder else None
    if state == OfferState.ON_SCENE.value:
        return Arrival(0, False, at)
    if state not in (OfferState.ACCEPTED.value, OfferState.EN_ROUTE.value):
        # Who has done with the case is no longer followed: not even by when they were last seen.
        return Arrival(None, False, None)
    if target is None or responder is None or responder.latitude is None or responder.longitude is None:
        return Arrival(None, False, at)
    metres = great_circle_m(target.latitude, target.longitude, responder.latitude, responder.longitude) * DETOUR
    return Arrival(ceil(metres / WALKING_M_S), not responder.fresh(now=now), at)
