"""Somebody at home is texted and rung: a yes puts them on duty and has the case, and a late one stands them down."""

from collections.abc import Callable

import pytest

from backend.kernel.vocabulary import Role
from backend.people import people_store
from tests.campus import CampusStage
from tests.journeys.telephones import Exchange, recalled_at_once
from tests.journeys.test_roles_at_the_console import sets_roles
from tests.journeys.trusted import stepped_up
from tests.twilio_stand_in import HANGS, OK, Reply, refusal

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def test_a_text_asks_and_a_yes_has_the_case(campus: CampusStage, exchange: Exchange) -> None:
    """
    The text names the case and nothing else of it; the yes comes on duty first.
    """
    officer, telephone = exchange.officer_at_home()
    recalled_at_once(campus)
    student = campus.student("Sam Student")
    case = student.taps("emergency", at=campus.LIBRARY, note="bleeding badly")
    campus.passes(seconds=1)
    text = exchange.text_to(telephone).words

    said = telephone.texts(f"yes {case['reference']}")

    assert (
        f"Emergency: open Bluelight. Reply YES {case['reference']} to come, NO {case['reference']} if you cannot."
        == text
    )
    assert f"You have {case['reference']} and are on duty from now. Open Bluelight." == said
    assert "on_patrol" == officer.gets("/v1/me")["duty"]
    assert ["home"] == [one["name"] for one in student.looks()["responders"]]
    assert "accepted" == student.looks()["state"]


@one_store
def test_a_key_says_yes_as_well(campus: CampusStage, exchange: Exchange) -> None:
    """
    The call reads the reference, hears it again at a 9, and takes a 1.
    """
    officer, telephone = exchange.officer_at_home()
    recalled_at_once(campus)
    student = campus.student()
    student.taps("emergency")
    campus.passes(seconds=1)
    call = exchange.call_to(telephone)
    read = call.hears

    again, odd, said = call.presses("9"), call.presses("7"), call.presses("1")

    assert "Press 1 if you are coming, 2 if you cannot." in read
    assert read == again
    assert "That is none of the keys." == odd
    assert said.endswith("and are on duty from now. Open Bluelight.")
    assert None is call.action
    assert "on_patrol" == officer.gets("/v1/me")["duty"]


@one_store
@pytest.mark.parametrize("says_no", [lambda case: f"NO {case}", lambda _: "no", lambda _: "2"])
def test_a_no_is_a_no(campus: CampusStage, exchange: Exchange, says_no: Callable[[str], str]) -> None:
    """
    Bare words will do while nothing else was asked; nobody comes on duty by a no.
    """
    officer, telephone = exchange.officer_at_home()
    recalled_at_once(campus)
    student = campus.student()
    case = student.taps("emergency")
    campus.passes(seconds=1)

    said = telephone.texts(says_no(case["reference"]))

    assert f"Thank you. Somebody else is asked about {case['reference']}." == said
    assert "off_duty" == officer.gets("/v1/me")["duty"]
    assert [] == student.looks()["responders"]


def test_of_two_who_say_yes_one_has_it(campus: CampusStage, exchange: Exchange) -> None:
    """
    The other is told to stand down, by text as by key, and stays off duty.
    """
    _, first = exchange.officer_at_home("first", "+447700900101")
    second, late = exchange.officer_at_home("second", "+447700900102")
    recalled_at_once(campus)
    student = campus.student()
    case = student.taps("emergency")
    campus.passes(seconds=1)
    call = exchange.call_to(late)

    first.texts("1")
    by_key, by_text = call.presses("1"), late.texts(f"yes {case['reference']}")

    assert by_key.endswith("now. You can stand down.")
    assert f"Others have {case['reference']} now. You can stand down." == by_text
    assert ["first"] == [one["name"] for one in student.looks()["responders"]]
    assert "off_duty" == second.gets("/v1/me")["duty"]


@one_store
def test_a_yes_after_the_end_stands_down(campus: CampusStage, exchange: Exchange) -> None:
    """
    Who was called off does not set out.
    """
    officer, telephone = exchange.officer_at_home()
    recalled_at_once(campus)
    student = campus.student()
    case = student.taps("emergency")
    campus.passes(seconds=1)
    student.posts(f"/v1/incidents/{case['id']}/cancel", {})

    said = telephone.texts(f"yes {case['reference']}")

    assert f"{case['reference']} no longer needs you. You can stand down." == said
    assert "off_duty" == officer.gets("/v1/me")["duty"]


@one_store
def test_a_case_one_was_not_asked_about_is_not_ones_to_take(campus: CampusStage, exchange: Exchange) -> None:
    """
    Nor one that was offered by the app alone: a number can be feigned, a sign-in cannot.
    """
    officer = campus.officer("on duty", mobile="+447700900101")
    _, telephone = exchange.officer_at_home()
    case = campus.student().taps("help", at=campus.LIBRARY)

    strangers = telephone.texts(f"yes {case['reference']}")
    asked_by_app = exchange.telephone("+447700900101").texts(f"yes {case['reference']}")

    assert strangers.startswith("You were not asked about that case.")
    assert asked_by_app.startswith("You were not asked about that case.")
    assert officer.is_ringing


@one_store
def test_who_is_no_officer_any_more_takes_nothing(campus: CampusStage, exchange: Exchange) -> None:
    """
    A role that was taken meanwhile is taken on the telephone as well.
    """
    officer, telephone = exchange.officer_at_home()
    admin = stepped_up(campus.somebody("admin", Role.ADMIN))
    recalled_at_once(campus)
    student = campus.student()
    case = student.taps("emergency")
    campus.passes(seconds=1)
    assert (200, ["member"]) == sets_roles(admin, officer)

    said = telephone.texts(f"yes {case['reference']}")

    assert f"{case['reference']} no longer needs you. You can stand down." == said
    assert [] == student.looks()["responders"]


def test_two_cases_have_to_be_named(campus: CampusStage, exchange: Exchange) -> None:
    """
    A bare yes to one of two is nobody's guess; the number says which, with or without its year.
    """
    _, telephone = exchange.officer_at_home()
    recalled_at_once(campus)
    one, other = campus.student("one"), campus.student("other")
    one.taps("emergency")
    case = other.taps("emergency")
    campus.passes(seconds=1)

    bare = telephone.texts("yes")
    named = telephone.texts(f"YES e{case['reference'][-4:]}")

    assert bare.startswith("Several cases wait for your answer.")
    assert named.startswith(f"You have {case['reference']}")
    assert ([], ["home"]) == ([*one.looks()["responders"]], [who["name"] for who in other.looks()["responders"]])


@one_store
def test_who_has_answered_is_not_rung_any_more(campus: CampusStage, exchange: Exchange) -> None:
    """
    The provider was busy, the text got through first: the second try of the call is dropped.
    """
    _, telephone = exchange.officer_at_home()
    exchange.twilio.answers = lambda asked: refusal(503) if asked.kind == "Calls" else OK
    recalled_at_once(campus)
    campus.student().taps("emergency")
    campus.passes(seconds=1)

    telephone.texts("1")
    campus.passes(seconds=30)

    assert 1 == len(exchange.twilio.calls(telephone.number))
    assert ["gone"] == [one.outcome for one in campus.deliveries("voice")]


@one_store
@pytest.mark.parametrize(
    ("reply", "outcomes", "alarms"),
    [
        (refusal(400, 21610), {"gone"}, set()),
        (refusal(401, 20003), {None}, {"dead_letter"}),
        (refusal(503), {None}, set()),
        (HANGS, {None}, set()),
        (refusal(400, 21617), {"failed"}, {"dead_letter"}),
    ],
)
def test_what_the_provider_says_comes_of_the_delivery(
    campus: CampusStage, exchange: Exchange, reply: Reply, outcomes: set[str | None], alarms: set[str]
) -> None:
    """
    Somebody who opted out is not tried again, what is busy is, and a refused account alarms the control room.
    """
    officer, _ = exchange.officer_at_home()
    exchange.twilio.always(reply)
    recalled_at_once(campus)
    campus.student().taps("emergency")

    campus.passes(seconds=1)

    assert outcomes == {one.outcome for one in campus.deliveries("sms", "voice")}
    assert alarms == set(campus.alarms()) - {"nobody_reachable", "nobody_answered", "unanswered"}
    assert "+447700900123" == campus.database.read(people_store.by_id, officer.id).mobile
