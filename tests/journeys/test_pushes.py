"""What each of Google's answers does to a delivery, to a target and to the control room; by Google's real client."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.settings import Settings
from notifications.channels.breaker import State
from notifications.channels.fcm import Fcm, Patience
from tests import google as stand_in
from tests.campus import CampusStage
from tests.google import OK, Google, Reply, google_stands_in, refusal
from tests.journeys.conftest import SECRET, copy_store
from tests.journeys.couriers import deliveries
from tests.journeys.google_carrier import pushes_by, puts, warnings_of


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    """
    One for the journeys of this file.
    """
    with google_stands_in() as one:
        yield one


@pytest.fixture(scope="module")
def fcm(google: Google) -> Iterator[Fcm]:
    """
    The client, as the sender has it, only less patient.
    """
    client = Fcm(google.account, endpoint=google.endpoint, patience=Patience(connect_s=0.5, read_s=0.3))
    yield client
    client.close()


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Settings:
    """
    SQLite alone: what Google answers asks nothing of the store; calls taken back are tried on both.
    """
    copy_store(sqlite_template, tmp_path)
    return Settings(data_dir=tmp_path, secret_key=SECRET)


def waits_s(campus: CampusStage) -> float | None:
    """Until the next try of the one push there is, or None when it has ended."""
    (push,) = [one for one in deliveries(campus) if one.channel == "push"]
    return None if push.finished_at else (push.due_at - campus.clock()).total_seconds()


@pytest.mark.parametrize(
    ("reply", "outcome", "wait_s", "target_stays", "alarmed"),
    [
        (OK, "sent", None, True, False),
        (stand_in.QUOTA, None, 60, True, False),
        (refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", Retry_After="30"), None, 30, True, False),
        (stand_in.UNAVAILABLE, None, 1, True, False),
        (refusal(503, "UNAVAILABLE", Retry_After="20"), None, 20, True, False),
        (refusal(500, "INTERNAL"), None, 1, True, False),
        (stand_in.UNREGISTERED, "gone", None, False, False),
        (stand_in.INVALID, "gone", None, False, False),
        (refusal(401, "UNAUTHENTICATED"), None, 15, True, True),
        (refusal(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"), "gone", None, False, False),
        (stand_in.RESETS, None, 1, True, False),
        (stand_in.HANGS, None, 1, True, False),
        (stand_in.HTML, None, 1, True, True),
    ],
)
def test_each_answer_leads_to_the_right_thing(
    campus: CampusStage,
    google: Google,
    fcm: Fcm,
    reply: Reply,
    outcome: str | None,
    wait_s: float | None,
    target_stays: bool,
    alarmed: bool,
) -> None:
    """
    Done, tried again when the provider said, a dead target forgotten, or the control room alarmed.
    """
    pushes_by(campus, fcm, google)
    officer, controller = campus.officer(), campus.controller()
    puts(officer, "belt")
    google.always(reply)

    campus.student().taps("emergency", at=campus.LIBRARY)

    (push,) = deliveries(campus)
    assert (1, outcome, False) == (push.attempts, push.outcome, push.dead)
    wait = waits_s(campus)
    assert (wait is None) == (wait_s is None)
    assert wait is None or wait_s is None or wait_s <= wait <= 1.25 * wait_s
    standing = [] if target_stays else ["no_push_target"]
    assert (standing, standing, standing) == warnings_of(officer, controller)
    assert [None] * alarmed == [
        one["incident_id"] for one in controller.heard("alarm") if one["reason"] == "dead_letter"
    ]
    assert 1 == len(google.pushed("belt"))


def test_a_message_of_ours_that_is_wrong_costs_nobody_their_target(
    campus: CampusStage, google: Google, fcm: Fcm
) -> None:
    """
    Refused to nobody as well, it is dead and the control room knows; the phone stays known.
    """
    pushes_by(campus, fcm, google)
    officer, controller = campus.officer(), campus.controller()
    puts(officer, "belt")
    google.answers = lambda _: stand_in.INVALID

    case = campus.student().taps("emergency", at=campus.LIBRARY)

    (push,) = deliveries(campus)
    assert ("failed", True) == (push.outcome, push.dead)
    assert ([], [], []) == warnings_of(officer, controller)
    about = {one["incident_id"] for one in controller.heard("alarm") if one["reason"] == "dead_letter"}
    assert {case["id"], None} == about


def test_a_call_is_tried_while_it_can_be_of_use_however_long_the_provider_would_wait(
    campus: CampusStage, google: Google, fcm: Fcm
) -> None:
    """
    Asked for ten minutes, it is tried once more before it is two minutes old.
    """
    pushes_by(campus, fcm, google)
    puts(campus.officer(), "belt")
    google.always(refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", Retry_After="600"))
    campus.student().taps("emergency", at=campus.LIBRARY)
    google.always(OK)

    campus.passes(seconds=109)
    before = len(google.pushed("belt"))
    campus.passes(seconds=2)

    assert (1, 2) == (before, len(google.pushed("belt")))
    assert None is waits_s(campus)


def test_a_handset_that_has_it_is_not_rung_again_for_the_sake_of_another(
    campus: CampusStage, google: Google, fcm: Fcm
) -> None:
    """
    Two phones, one of them busy: the second try is for that one alone.
    """
    pushes_by(campus, fcm, google)
    officer = campus.officer()
    puts(officer, "belt")
    puts(officer, "desk")
    google.answers = lambda asked: stand_in.UNAVAILABLE if asked.target == "desk" else OK
    campus.student().taps("emergency", at=campus.LIBRARY)
    google.answers = Google.well

    campus.passes(seconds=2)

    assert (1, 2) == (len(google.pushed("belt")), len(google.pushed("desk")))
    (push,) = deliveries(campus)
    assert ("sent", 2) == (push.outcome, push.attempts)


def test_a_delivery_that_some_handset_has_is_never_dead(campus: CampusStage, google: Google, fcm: Fcm) -> None:
    """
    The other one stays busy for five tries: no alarm, for the person was told.
    """
    pushes_by(campus, fcm, google)
    officer, controller = campus.officer(), campus.controller()
    puts(officer, "belt")
    puts(officer, "desk")
    google.answers = lambda asked: stand_in.UNAVAILABLE if asked.target == "desk" else OK

    campus.student().taps("emergency", at=campus.LIBRARY)
    campus.passes(seconds=19)

    (push,) = deliveries(campus)
    assert ("sent", False) == (push.outcome, push.dead)
    assert (1, 5) == (len(google.pushed("belt")), len(google.pushed("desk")))
    assert push.incident_id is not None
    assert ("dead_letter", str(push.incident_id)) not in [
        (one["reason"], one["incident_id"]) for one in controller.heard("alarm")
    ]


def test_an_outage_alarms_the_control_room_once_and_calls_go_on(campus: CampusStage, google: Google, fcm: Fcm) -> None:
    """
    Five failures in a row: what may wait is held back without costing it a try, what may not is still sent.
    """
    channel = pushes_by(campus, fcm, google)
    controller = campus.controller()
    campus.policy("help", wanted=1, steps=campus.policy_of("emergency").steps)
    for number in range(3):
        puts(campus.officer(f"officer{number}"), f"belt-{number}")
    google.always(stand_in.UNAVAILABLE)
    campus.student("first").taps("emergency", at=campus.LIBRARY)
    campus.passes(seconds=2)
    assert State.OPEN is channel.state

    google.asked.clear()
    campus.student("second").taps("help", at=campus.LIBRARY)
    held = len(google.asked)
    campus.student("third").taps("emergency", at=campus.LIBRARY)

    assert (0, 3) == (held, len(google.asked))
    assert [0, 0, 0] == [one.attempts for one in deliveries(campus) if one.sentence.startswith("Help")]
    without_case = {one["alarm_id"] for one in controller.heard("alarm") if one["incident_id"] is None}
    assert 1 == len(without_case)
    google.answers = Google.well
    campus.passes(seconds=30)
    assert {"sent"} == {one.outcome for one in deliveries(campus) if one.sentence.startswith("Help")}
