"""The control room has officers asked again: the ladder begins anew, and nobody is asked twice at once."""

from uuid import uuid4

from tests.campus import CampusStage
from tests.journeys.console import API, case_at, lines, phoned_in, refusal


def test_those_who_have_not_answered_ring_again_and_further_ones_are_asked(campus: CampusStage) -> None:
    """
    The same offer rings once more, the next nearest is asked beside it, and each officer has one question.
    """
    controller = campus.controller()
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]
    rung = len(near.heard("offer"))

    seen = controller.posts(case_at(case_id, "ask-again"))
    campus.settles()

    assert (1, rung + 1) == (len(near.offers), len(near.heard("offer")))
    assert (1, True) == (len(far.offers), far.is_ringing)
    assert ["asked_again", "note"] == [line["stage"] for line in seen["progress"]][-2:]
    assert {"near", "far"} == {one["name"] for one in controller.gets(case_at(case_id))["offers"]}
    begun = [line for line in lines(campus, about_id=case_id) if line.action == "ladder.begun_anew"]
    assert [str(controller.id)] == [line.actor for line in begun]


def test_who_declined_may_be_asked_once_more(campus: CampusStage) -> None:
    """
    The control room knows why it asks: what somebody said an hour ago may be different now.
    """
    controller, officer = campus.controller(), campus.officer()
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]
    officer.declines("busy")

    controller.posts(case_at(case_id, "ask-again"))
    campus.settles()

    assert officer.is_ringing


def test_who_said_yes_and_is_not_there_no_longer_counts(campus: CampusStage) -> None:
    """
    They keep the case and may still come; others are asked, and the board shows both.
    """
    controller = campus.controller()
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]
    near.accepts()

    controller.posts(case_at(case_id, "ask-again"))
    campus.settles()
    far.accepts()

    row = controller.gets(f"{API}/board")["items"][0]
    coming = {one["name"]: (one["state"], one["late"]) for one in row["coming"]}
    assert {"near": ("accepted", True), "far": ("accepted", False)} == coming
    assert 1 == row["accepted"]


def test_with_enough_on_scene_nobody_is_asked(campus: CampusStage) -> None:
    """
    Somebody is with the person: the refusal says to assign whoever else is wanted.
    """
    controller, officer = campus.controller(), campus.officer()
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()
    for move in ("en_route", "on_scene"):
        officer.moves(move, case_id)

    assert (409, "enough-there") == refusal(controller, "POST", case_at(case_id, "ask-again"))
    assert [False] == [one["late"] for one in controller.gets(case_at(case_id))["coming"]]


def test_an_officer_off_duty_who_was_recalled_is_not_disturbed_again(campus: CampusStage) -> None:
    """
    The recall they have stays good, and nothing goes to their handset.
    """
    controller = campus.controller()
    home = campus.officer("home", on_duty=False, recall=True, mobile="+447700900456")
    case_id = campus.student().taps("emergency", at=campus.LIBRARY)["id"]
    campus.passes(seconds=91)
    recalled = len(campus.deliveries("sms"))

    controller.posts(case_at(case_id, "ask-again"))
    campus.passes(seconds=95)

    assert recalled == len(campus.deliveries("sms"))
    assert [] == home.heard("offer")
    assert ["home"] == [one["name"] for one in controller.gets(case_at(case_id))["offers"]]


def test_nobody_is_asked_about_a_case_that_is_over_or_not_there(campus: CampusStage) -> None:
    """
    Closed it is a conflict, unknown it is not found.
    """
    controller = campus.controller()
    case_id = phoned_in(controller)["id"]
    controller.posts(case_at(case_id, "resolve"), {})

    assert (409, "incident-closed") == refusal(controller, "POST", case_at(case_id, "ask-again"))
    assert (404, "not-found") == refusal(controller, "POST", case_at(str(uuid4()), "ask-again"))
