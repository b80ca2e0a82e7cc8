"""Take the positions a person in trouble goes on sending while their case is open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.geofence import Position, usable
from backend.incidents import track_store
from backend.incidents.incident import Incident
from backend.incidents.raising import BELL, fix_row, place
from backend.kernel import outbox
from backend.kernel.database import wants
from backend.kernel.events import IncidentMoved
from backend.kernel.vocabulary import Kind


def track(
    session: Session, incident: Incident, positions: Sequence[tuple[int | None, Position]], *, now: datetime
) -> int:
    """
    Add positions to an open case; how many were newer than what was known.

    Unusable ones are passed over. Raises Conflict once the case is closed: the
    phone then stops sharing where it is.
    """
    incident.must_be_open()
    campus = campus_store.newest(session)
    newer = []
    for seq, sent in positions:
        position = usable(sent, received_at=now)
        if position is None:
            continue
        # What the phone gave no time of is ordered by its number: the time put in its place is ours.
        told = position if sent.recorded_at is not None else replace(position, recorded_at=None)
        if not incident.move_to(told, seq=seq, received_at=now):
            continue
        newer.append(fix_row(incident.id, position, seq=seq, now=now))
    if newer:
        track_store.add_fix(session, *newer)
        was_inside, had_been_placed = incident.inside, incident.position_told_at is not None
        place(campus, incident)
        if incident.inside != was_inside:
            incident.look_again(now=now)
            wants(session, BELL)
        if incident.tell_position(now=now) or not had_been_placed:
            outbox.keep(session, IncidentMoved(incident.id, Kind(incident.kind)), at=now)
    return len(newer)
