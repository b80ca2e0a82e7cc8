"""The face of a case keeps its facts, and forgets where it was when any closed case would."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from backend.campus.geofence import Position
from backend.dispatch.offer import Offer
from backend.incidents.face import Face, copied, frozen
from backend.incidents.incident import Incident
from backend.kernel.vocabulary import IncidentState

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEPT = timedelta(hours=72)


def case() -> Incident:
    incident = Incident(id=uuid4(), number=7, kind="help", state="offered", trigger="button", silent=False)
    incident.owner_id, incident.received_at, incident.zone_id = uuid4(), NOON, "sherfield"
    incident.move_to(Position(51.5, -0.17, 8.0, NOON, "3", "gps"), seq=4, received_at=NOON)
    return incident


def test_what_is_frozen_thaws_as_it_was() -> None:
    """
    Every column, with ids and instants as such.
    """
    offer = Offer(id=uuid4(), incident_id=uuid4(), officer_id=uuid4(), climb=0, rung=1, state="offered", by=["sms"])
    offer.offered_at = NOON

    assert [frozen(copied(row)) == frozen(row) for row in (case(), offer)] == [True, True]
    assert (copied(offer).officer_id, copied(offer).offered_at) == (offer.officer_id, NOON)


def test_where_it_was_is_forgotten_in_time() -> None:
    """
    The campus's hours after the calling off, to the second; the rest stays.
    """
    incident = case()
    incident.close(IncidentState.CANCELLED, by=incident.owner_id, now=NOON)
    face = Face(incident_id=incident.id, told_until=1, shown={"incident": frozen(incident), "progress": []})

    early = face.incident(now=NOON + KEPT - timedelta(seconds=1), positions_kept=KEPT)
    late = face.incident(now=NOON + KEPT, positions_kept=KEPT)

    assert early.position == incident.position
    assert (late.position, late.zone_id, late.state, late.reference) == (None, "sherfield", "cancelled", "H-2026-0007")
