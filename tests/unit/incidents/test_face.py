"""The face of a case keeps its facts, and where it was apart from them."""

from datetime import UTC, datetime
from uuid import uuid4

from backend.campus.geofence import Position
from backend.dispatch.offer import Offer
from backend.incidents.face import PLACE, Face, copied, frozen
from backend.incidents.incident import Incident
from backend.kernel.vocabulary import IncidentState

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


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


def test_where_it_was_can_go_and_the_rest_stays() -> None:
    """
    The position is kept apart, so that it is forgotten as of any closed case.
    """
    incident = case()
    incident.close(IncidentState.CANCELLED, by=incident.owner_id, now=NOON)
    facts = frozen(incident)
    place = {name: facts.pop(name) for name in PLACE}
    face = Face(incident_id=incident.id, called_off_at=NOON, told_until=1, shown={"incident": facts}, place=place)

    before = face.incident
    face.place = None

    assert before.position == incident.position
    assert (face.incident.position, face.incident.zone_id, face.incident.state) == (None, "sherfield", "cancelled")
    assert face.incident.reference == "H-2026-0007"
