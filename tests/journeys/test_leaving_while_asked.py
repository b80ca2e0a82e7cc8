"""An officer leaves with a case they were asked about: somebody else is asked at once, or the control room knows."""

from sqlalchemy import func, select

from backend.alarms.alarm import Alarm
from backend.dispatch import escalating
from backend.kernel.outbox import OutboxRow
from backend.kernel.vocabulary import AlarmReason
from notifications import relaying
from tests.campus import CampusStage
from tests.campus_people import Officer
from tests.journeys.couriers import carries, deliveries


def presses_and_is_offered(campus: CampusStage) -> str:
    """A press whose first rung is climbed, and of which nobody has been told yet."""
    student = campus.student("one")
    body = {"tap_id": "6f0b1a52-5b0f-4d3e-9b52-0d1f5b7e7a11", "kind": "help"}
    where = {"latitude": campus.SHERFIELD[0], "longitude": campus.SHERFIELD[1], "accuracy_m": 8.0}
    case_id: str = student.asks("POST", "/v1/taps", {**body, "position": where}).json["id"]
    for due in campus.database.read(escalating.due, now=campus.clock()):
        campus.database.write(escalating.climb, due, now=campus.clock())
    return case_id


def changes_duty(officer: Officer, state: str) -> None:
    """The call alone: no round has gone since."""
    assert officer.asks("PUT", "/v1/duty", {"state": state}).status_code == 200


def test_the_next_is_asked_when_the_one_who_was_asked_goes_off_duty(campus: CampusStage) -> None:
    """
    Help wants one officer and asks the nearest; two minutes to the next rung are too long for whoever waits.
    """
    near, far = campus.officer("near"), campus.officer("far", at=campus.BEIT)
    campus.student("one").taps("help", at=campus.LIBRARY)
    assert (near.is_ringing, far.is_ringing) == (True, False)

    near.goes_off_duty()

    assert (near.is_ringing, far.is_ringing) == (False, True)


def test_the_control_room_knows_at_once_when_the_only_one_asked_goes_off_duty(campus: CampusStage) -> None:
    """
    Nobody who could be reached is being asked any more: an alarm about this very case.
    """
    campus.controller("desk")
    only = campus.officer("only")
    student = campus.student("one")
    case = student.taps("help", at=campus.LIBRARY)
    campus.passes(seconds=1)

    only.goes_off_duty()

    told = campus.database.read(_cases_alarmed_about)
    assert (AlarmReason.NOBODY_REACHABLE.value, case["id"]) in told


def test_an_offer_that_found_its_officer_gone_is_made_to_the_next(campus: CampusStage) -> None:
    """
    Offered, gone off duty before the handset was told, and back before anybody noticed: no offer stands untold.
    """
    campus.controller("desk")
    near, far = campus.officer("near", at=campus.SHERFIELD), campus.officer("far", at=campus.BEIT)
    presses_and_is_offered(campus)
    changes_duty(near, "off_duty")
    # What is urgent is relayed first: the offer, and not yet that its officer has left.
    campus.database.write(relaying.relay, now=campus.clock())
    changes_duty(near, "on_patrol")

    campus.settles()

    assert near.is_ringing or far.is_ringing
    assert len(far.heard("offer")) == 1


def test_who_came_twice_before_anybody_noticed_is_asked_once(campus: CampusStage) -> None:
    """
    Both comings are told together, and the second sees what the first has offered: nothing has to be tried again.
    """
    campus.controller("desk")
    officer = campus.officer("near", on_duty=False)
    campus.student("one").taps("help", at=campus.LIBRARY)
    for state in ("on_patrol", "off_duty", "on_patrol"):
        changes_duty(officer, state)

    while campus.database.write(relaying.relay, now=campus.clock()).lane is not None:
        pass

    assert 1 == campus.database.read(_offers_made)


def test_who_left_before_their_push_set_out_is_not_pushed(campus: CampusStage) -> None:
    """
    The offer stands until their leaving is told; a push that waits meanwhile is for nobody (promise I13).
    """
    campus.controller("desk")
    officer = campus.officer("near")
    carries(officer, "belt")
    presses_and_is_offered(campus)
    campus.database.write(relaying.relay, now=campus.clock())
    changes_duty(officer, "off_duty")

    campus.service.rounds.send()

    assert [] == [one for one in campus.recorder.sent if "belt" in one.parcel.values]
    assert ["gone"] == [one.outcome for one in deliveries(campus) if one.channel == "push"]


def test_who_was_back_for_a_moment_only_is_not_asked_again(campus: CampusStage) -> None:
    """
    On duty and off again before anybody noticed: nothing is offered to who is at home (promise I13).
    """
    campus.controller("desk")
    officer = campus.officer("near")
    campus.student("one").taps("help", at=campus.LIBRARY)
    officer.goes_off_duty()
    changes_duty(officer, "on_patrol")
    changes_duty(officer, "off_duty")

    campus.settles()

    assert 1 == campus.database.read(_offers_made)


def _offers_made(session):
    return session.scalar(select(func.count()).where(OutboxRow.name == "ResponderOffered"))


def _cases_alarmed_about(session):
    return [
        (alarm.reason, str(alarm.incident_id) if alarm.incident_id else None)
        for alarm in session.scalars(select(Alarm))
    ]
