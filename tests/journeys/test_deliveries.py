"""A delivery is planned once, sent under a lease, tried a few times, and never silently lost."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.alarms.taking import take
from backend.kernel.outbox import OutboxRow
from notifications import sending
from notifications.parcel import Outcome, Result
from tests.campus import CampusStage
from tests.journeys.couriers import Courier, DyingCourier, carries, deliveries, each_second, every, plans_a_push


def rows(campus: CampusStage) -> list[tuple[str, int, str | None, bool]]:
    """Channel, attempts, outcome and whether dead, of each delivery."""
    return [(one.channel, one.attempts, one.outcome, one.dead) for one in deliveries(campus)]


def due_in(campus: CampusStage) -> list[float]:
    now: datetime = campus.clock()
    return [(one.due_at - now).total_seconds() for one in deliveries(campus)]


def test_what_is_relayed_twice_is_planned_once(campus: CampusStage) -> None:
    """
    A process that died between planning and remembering plans nothing a second time.
    """
    plans_a_push(campus)
    first = [one.key for one in deliveries(campus)]
    campus.database.write(_forget_that_it_was_relayed)

    campus.service.rounds.relay()

    assert [one.key for one in deliveries(campus)] == first
    assert len(first) == 1


def test_a_delivery_under_a_lease_is_nobody_elses(campus: CampusStage) -> None:
    """
    A second sender gets nothing for ten seconds, then takes it for the first one's death.
    """
    plans_a_push(campus)
    lease, parcels = campus.database.write(sending.claim, now=campus.clock())

    during = campus.database.write(sending.claim, now=campus.clock() + timedelta(seconds=10))[1]
    after_it, again = campus.database.write(sending.claim, now=campus.clock() + timedelta(seconds=10.1))

    assert [one.delivery_id for one in again] == [one.delivery_id for one in parcels]
    assert (len(parcels), during) == (1, [])
    assert lease != after_it


def test_a_sender_that_wakes_up_too_late_is_not_believed(campus: CampusStage) -> None:
    """
    What it says of a delivery that another sender holds is dropped; the holder's word counts.
    """
    plans_a_push(campus)
    slow, (parcel,) = campus.database.write(sending.claim, now=campus.clock())
    campus.clock.now += timedelta(seconds=11)
    quick, _ = campus.database.write(sending.claim, now=campus.clock())

    late = campus.database.write(sending.settle, slow, [Result(parcel.delivery_id, Outcome.FAILED)], now=campus.clock())
    held = campus.database.write(sending.settle, quick, [Result(parcel.delivery_id, Outcome.SENT)], now=campus.clock())

    assert (late, held) == (0, 1)
    assert rows(campus) == [("push", 2, "sent", False)]


def test_a_provider_that_is_busy_is_asked_again_ever_more_slowly(campus: CampusStage) -> None:
    """
    1, 2, 4 and 8 seconds between tries, each up to a quarter longer; it is sent when the provider is back.
    """
    outcomes = iter([Outcome.RETRY] * 4 + [Outcome.SENT])
    courier = Courier(lambda _: next(outcomes))
    campus.service.rounds.channels["push"] = courier
    plans_a_push(campus)

    waits = []
    for _ in range(4):
        campus.service.rounds.send()
        waits += due_in(campus)
        campus.clock.now += timedelta(seconds=waits[-1])
    campus.service.rounds.send()

    assert all(least <= wait <= 1.25 * least for least, wait in zip((1, 2, 4, 8), waits, strict=True))
    assert rows(campus) == [("push", 5, "sent", False)]
    assert len(courier.parcels) == 5


def test_after_five_tries_a_delivery_is_dead_and_the_control_room_knows(campus: CampusStage) -> None:
    """
    Nothing is tried for ever and nothing is dropped in silence (promise I9).
    """
    campus.service.rounds.channels["push"] = every(Outcome.RETRY)
    controller = campus.controller()
    plans_a_push(campus)

    each_second(campus, 20)

    assert rows(campus) == [("push", 5, "retry", True)]
    (alarm,) = [one for one in controller.heard("alarm") if one["reason"] == "dead_letter"]
    assert alarm["incident_id"] == str(deliveries(campus)[0].incident_id)


def test_what_died_in_an_exercise_alarms_those_who_play(campus: CampusStage) -> None:
    """
    They see it and can take it; the real control room sees nothing of it.
    """
    campus.service.rounds.channels["push"] = every(Outcome.FAILED)
    real, played = campus.controller("real"), campus.controller("played", exercise=True)
    carries(campus.officer("actor", exercise=True), "belt")

    campus.student("player", exercise=True).taps("help", at=campus.LIBRARY)

    (alarm,) = played.heard("alarm")
    taken = campus.database.write(take, UUID(alarm["alarm_id"]), by=played.id, exercise=True, now=campus.clock())
    assert (alarm["reason"], taken.taken_by) == ("dead_letter", played.id)
    assert real.messages() == []


def test_a_message_that_can_never_work_is_dead_at_once(campus: CampusStage) -> None:
    """
    One try, one alarm.
    """
    campus.service.rounds.channels["push"] = every(Outcome.FAILED)
    controller = campus.controller()
    plans_a_push(campus)

    campus.settles()

    assert rows(campus) == [("push", 1, "failed", True)]
    assert [one["reason"] for one in controller.heard("alarm")] == ["dead_letter"]


def test_a_target_that_is_gone_is_an_ordinary_tuesday(campus: CampusStage) -> None:
    """
    The delivery is finished and nobody is alarmed.
    """
    campus.service.rounds.channels["push"] = every(Outcome.GONE)
    controller = campus.controller()
    plans_a_push(campus)

    each_second(campus, 20)

    assert rows(campus) == [("push", 1, "gone", False)]
    assert controller.heard("alarm") == []


def test_a_call_to_a_case_is_not_delivered_two_minutes_late(campus: CampusStage) -> None:
    """
    People sent after a case that has moved on are people missing elsewhere: it is given up, without an alarm.
    """
    courier = every(Outcome.SENT)
    campus.service.rounds.channels["push"] = courier
    controller = campus.controller()
    plans_a_push(campus)
    campus.clock.now += timedelta(seconds=120.1)

    campus.service.rounds.send()

    assert courier.parcels == []
    assert rows(campus) == [("push", 1, "gone", False)]
    assert "dead_letter" not in [one["reason"] for one in controller.heard("alarm")]


def test_at_two_minutes_it_is_still_delivered(campus: CampusStage) -> None:
    """
    The last moment counts.
    """
    plans_a_push(campus)
    campus.clock.now += timedelta(seconds=120)

    campus.service.rounds.send()

    assert rows(campus) == [("push", 1, "sent", False)]


def test_what_kills_its_sender_does_not_kill_it_for_ever(campus: CampusStage) -> None:
    """
    Five senders that never answered are enough: the delivery is dead and the control room knows.
    """
    courier = DyingCourier()
    campus.service.rounds.channels["email"] = courier
    controller = campus.controller()
    student = campus.student()
    assert student.asks("POST", "/v1/taps", {"kind": "help", "subtype": "facility_defect"}).status_code == 201
    campus.service.rounds.escalate()
    campus.service.rounds.relay()

    for _ in range(10):
        try:
            campus.service.rounds.send()
        except ProcessLookupError:
            campus.clock.now += timedelta(seconds=11)
    campus.service.rounds.relay()

    assert courier.tries == 5
    assert rows(campus)[0][2:] == ("failed", True)
    assert "dead_letter" in [one["reason"] for one in controller.heard("alarm")]


def test_urgent_lanes_are_sent_first(campus: CampusStage) -> None:
    """
    An emergency planned last is carried first, before first aid and help.
    """
    courier = every(Outcome.SENT)
    campus.service.rounds.channels["push"] = courier
    carries(campus.officer("aider", teams=["security", "first-aid"], skills={"first_aid": None}), "belt")
    for number, kind in enumerate(("help", "first_aid", "emergency")):
        student = campus.student(f"student{number}")
        assert student.asks("POST", "/v1/taps", {"kind": kind}).status_code == 201
        campus.service.rounds.escalate()
        campus.service.rounds.relay()

    campus.service.rounds.send()

    assert [parcel.sentence.split(":")[0] for parcel in courier.parcels] == ["Emergency", "First aid", "Help"]


def test_one_target_that_fails_does_not_hold_up_the_others(campus: CampusStage) -> None:
    """
    Each parcel has an outcome of its own.
    """
    campus.service.rounds.channels["push"] = Courier(
        lambda parcel: Outcome.RETRY if parcel.values == ("bad",) else Outcome.SENT
    )
    carries(campus.officer("one"), "good")
    carries(campus.officer("two"), "bad")

    campus.student().taps("emergency", at=campus.LIBRARY)

    assert {("push", 1, None, False), ("push", 1, "sent", False)} == set(rows(campus))


def test_a_parcel_says_nothing_about_anybody(campus: CampusStage) -> None:
    """
    Ids and one fixed sentence: no name, no note, no place (contract, "Pushes").
    """
    courier = every(Outcome.SENT)
    campus.service.rounds.channels["push"] = courier
    carries(campus.officer("Olga Officer"), "belt")

    campus.student("Stu Dent").taps("emergency", at=campus.LIBRARY, note="chest pain")

    (parcel,) = courier.parcels
    assert parcel.sentence == "Emergency: open Bluelight"
    assert set(parcel.data) == {"incident_id", "offer_id"}


def _forget_that_it_was_relayed(session: Session) -> None:
    session.execute(sa.update(OutboxRow).values(done=False, relayed_at=None))
