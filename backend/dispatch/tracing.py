"""Take positions from whoever is in a case: the person in trouble moves the case, an officer moves themself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus.geofence import Position, usable
from backend.dispatch.facing import as_known_to
from backend.dispatch.following import Side, side_of
from backend.incidents import check_in_store, checking_in, incident_store
from backend.incidents.tracking import track
from backend.kernel.errors import Conflict, NotFound, Refusal
from backend.people import responder_store
from backend.people.account import Principal
from backend.people.going_on_duty import move

Positions = Sequence[tuple[int | None, Position]]


@dataclass(frozen=True, slots=True)
class Traced:
    """How many of the positions were newer than what was known, or why the phone is told that none was taken."""

    taken: int = 0
    refusal: Refusal | None = None

    def told(self) -> int:
        """To be asked after the commit. Raises the refusal."""
        if self.refusal is not None:
            raise self.refusal
        return self.taken


def trace(session: Session, incident_id: UUID, positions: Positions, *, by: Principal, now: datetime) -> Traced:
    """
    Take positions of somebody in this case.

    Refused (Conflict) once it is closed: the phone stops sharing. A phone that
    was told so under duress is refused alike, and where it is goes to those who
    search. Raises NotFound for a case this person is not in.
    """
    incident = incident_store.locked(session, incident_id)
    side = side_of(session, incident, by=by)
    if incident is None or side is None:
        raise NotFound("There is no such case.")
    if side is not Side.OWNER:
        incident.must_be_open()
        return Traced(follow(session, positions, by=by, now=now))
    known = as_known_to(session, incident, by.id)
    assert known is not None
    if known.incident.open:
        return Traced(track(session, incident, positions, now=now))
    if incident.open:
        track(session, incident, positions, now=now)
    return Traced(refusal=known.incident.closed_already())


def follow(session: Session, positions: Positions, *, by: Principal, now: datetime) -> int:
    """
    An officer's own positions while on duty, and anybody's while their check-in runs.

    Raises Conflict for who has neither: then nobody wants to know.
    """
    duty = responder_store.duty_of(session, by.id)
    check_in = check_in_store.open_of(session, by.id)
    on_duty = duty is not None and duty.on(now=now)
    if not on_duty and check_in is None:
        raise Conflict("You are off duty and no check-in runs: where you are is not taken.", slug="off-duty")
    taken = checking_in.follow(check_in, positions, now=now) if check_in else 0
    if duty is None or not on_duty:
        return taken
    fit = [(seq, usable(position, received_at=now)) for seq, position in positions]
    moved = move(duty, [(seq, position) for seq, position in fit if position is not None], now=now)
    return max(taken, moved)
