"""A case from the press to its end: the member is at one web process, the officers are at the other."""

from uuid import uuid4

import pytest

from tests.both_forms.company import API, Company, case_tapped, done, hears, holes, states
from tests.phone import BEIT, LIBRARY, SHERFIELD, Message, Phone, at_once, eventually, place

#: The first of a form waits until it has started.
pytestmark = pytest.mark.timeout(120)

#: In this order, whoever looks.
ROAD = ["accepted", "en_route", "on_scene", "resolved"]

#: The shortest timer there is: a second and a fifth.
SOON_MIN = 0.02


def is_withdrawn(phone: Phone, case: str) -> Message:
    """Wait until this officer is told that they need not come."""
    return phone.waits_for(lambda one: "offer_withdrawn" == one["type"] and one["data"]["incident_id"] == case)


def test_everybody_is_shown_each_step_in_its_order(company: Company) -> None:
    """
    Its owner, the officer who goes, and the control room; one who was asked and is not needed is told so.
    """
    student, desk = company.member("student1"), company.console()
    going, other = company.officer("officer1"), company.officer("officer2", door=company.form.here)

    case = case_tapped(student, note="third floor")
    offers = [officer.is_asked_about(case) for officer in (going, other)]
    for step in ROAD:
        done(going.accepts(offers[0]) if "accepted" == step else going.moves(case, step))
        for phone in (student, desk) if "resolved" == step else (student, desk, going):
            hears(phone, case, step)
    is_withdrawn(other, case)

    assert ["offered", *ROAD] == [one for one in states(student, case) if "raised" != one]
    assert ["offered", *ROAD] == [one for one in states(desk, case) if "raised" != one]
    assert ROAD[:3] == states(going, case)[:3]
    assert "resolved" == going.case(case)["state"]
    assert [[], [], [], []] == [holes(phone) for phone in (student, desk, going, other)]


def test_a_second_press_with_the_same_id_is_the_same_case(company: Company) -> None:
    """
    At the other process, and at both of them in the same moment.
    """
    form, tap_id, twice = company.form, str(uuid4()), str(uuid4())
    one, again = company.member("student2"), form.phone("student2", form.there)
    two, beside = company.member("student3"), form.phone("student3", form.there)

    first, second = one.taps(tap_id=tap_id), again.taps(tap_id=tap_id)
    both = at_once([lambda: two.taps(tap_id=twice), lambda: beside.taps(tap_id=twice)])

    assert (201, 200, first[1]["id"]) == (first[0], second[0], second[1]["id"])
    assert [200, 201] == sorted(status for status, _ in both)
    assert 1 == len({case["id"] for _, case in both})


def test_of_two_who_accept_at_once_one_has_it(company: Company) -> None:
    """
    At two processes, in the same moment: 200 and 409, and the one who is refused is told who goes.
    """
    student = company.member("student4")
    officers = [company.officer("officer1"), company.officer("officer2", door=company.form.here)]

    case = case_tapped(student, "first_aid")
    offers = [officer.is_asked_about(case) for officer in officers]
    answers = at_once([lambda: officers[0].accepts(offers[0]), lambda: officers[1].accepts(offers[1])])

    assert [200, 409] == sorted(answer.status for answer in answers)
    winner, loser = (0, 1) if 200 == answers[0].status else (1, 0)
    assert [f"Officer {winner + 1}"] == [one["name"] for one in answers[loser].body["taken_by"]]
    is_withdrawn(officers[loser], case)
    assert [f"Officer {winner + 1}"] == [one["name"] for one in student.case(case)["responders"]]


def test_positions_go_both_ways_and_onto_the_map(company: Company) -> None:
    """
    The officer is shown where the member is now, the member when the officer comes, the control room both.
    """
    student, desk, officer = company.member("student5"), company.console(), company.officer("officer1", at=BEIT)
    case = case_tapped(student, at=SHERFIELD)
    done(officer.accepts(officer.is_asked_about(case)))

    done(student.asks("POST", f"/v1/incidents/{case}/positions", {"seq": 1, **place(LIBRARY)}))
    officer.is_at((LIBRARY[0], LIBRARY[1] + 0.0001), seq=1, incident_id=case)

    officer.waits_for(lambda one: seen_at(one, case) == LIBRARY, what="where the member is")
    assert eventually(lambda: LIBRARY in mapped(desk, "cases") and (51.4982, -0.1783) in mapped(desk, "officers"))
    (coming,) = student.case(case)["responders"]
    assert coming["eta_s"] is not None


def seen_at(message: Message, case: str) -> tuple[float, float] | None:
    """Where the case is by this message."""
    told = message["data"].get("position") if message["data"].get("incident_id") == case else None
    return (told["latitude"], told["longitude"]) if told else None


def mapped(desk: Phone, what: str) -> list[tuple[float, float]]:
    """Where the control room's newest picture has the cases, or the officers."""
    pictures = [told for event, told in desk.heard if "position" == event]
    return [(round(one["latitude"], 4), round(one["longitude"], 4)) for one in pictures[-1][what]] if pictures else []


def test_words_go_both_ways_and_the_control_room_reads_along(company: Company) -> None:
    """
    Each message is on every screen once, in one order.
    """
    student, desk, officer = company.member("student6"), company.console(), company.officer("officer1")
    case = case_tapped(student)
    done(officer.accepts(officer.is_asked_about(case)))
    said = ["Behind the stairs.", "Two minutes.", "Stay there."]

    for who, words in zip((student, officer, desk), said, strict=True):
        path = f"{API}/incidents/{case}/messages" if who is desk else f"/v1/incidents/{case}/messages"
        done(who.asks("POST", path, {"message_id": str(uuid4()), "text": words}))
        for phone in (student, desk, officer):
            phone.waits_for(lambda one, words=words: words == one["data"].get("text"), what=words)  # type: ignore[misc]

    for phone in (student, desk, officer):
        assert said == [one["data"]["text"] for one in phone.of_type("chat") if one["data"]["incident_id"] == case]
    assert said == [one["text"] for one in student.conversation(case)]


def test_one_who_declines_is_followed_by_the_next_at_once(company: Company) -> None:
    """
    The nearest says no at one process; the next is asked at the other.
    """
    near, far = company.officer("officer1", at=LIBRARY), company.officer("officer2", at=BEIT, door=company.form.here)
    student = company.member("student7")

    case = case_tapped(student, "help", at=LIBRARY)
    offer = near.is_asked_about(case)
    asked_before = [one for one in far.of_type("offer") if one["data"]["incident_id"] == case]
    done(near.declines(offer))

    assert [] == asked_before
    done(far.accepts(far.is_asked_about(case)))
    hears(student, case, "accepted")


def test_when_nobody_answers_the_next_rung_is_climbed_and_the_control_room_alarmed(company: Company) -> None:
    """
    A desk takes the alarm, and the desk at the other process is shown who has it.
    """
    form = company.form
    desk, beside = company.console("controller1", form.here), company.console("controller2", form.there)
    near, far = company.officer("officer1", at=LIBRARY), company.officer("officer2", at=BEIT)
    student = company.member("student8")

    case = case_tapped(student, "help", at=LIBRARY)
    near.is_asked_about(case)
    far.is_asked_about(case, within_s=10)
    told = desk.waits_for(
        lambda one: "alarm" == one["type"] and one["data"].get("incident_id") == case, 10, what="an alarm"
    )
    alarm = told["data"]["alarm_id"]
    done(desk.asks("POST", f"{API}/alarms/{alarm}/take"))

    assert "unanswered" == told["data"]["reason"]
    taken = beside.waits_for(lambda one: one["data"].get("alarm_id") == alarm and one["data"].get("taken_by"), 5)
    assert desk.asks("GET", "/v1/me").body["id"] == taken["data"]["taken_by"]


def test_a_case_that_is_called_off_stands_everybody_down(company: Company) -> None:
    """
    Whoever was asked has the offer taken back; whoever was coming, and the control room, are shown that it is over.
    """
    student, desk = company.member("student9"), company.console()
    coming, asked = company.officer("officer1"), company.officer("officer2", door=company.form.here)
    case = case_tapped(student)
    asked.is_asked_about(case)
    done(coming.accepts(coming.is_asked_about(case)))

    done(company.form.phone("student9", company.form.there).cancels(case))

    for phone in (student, desk):
        hears(phone, case, "cancelled")
    is_withdrawn(asked, case)
    assert eventually(lambda: "cancelled" == coming.case(case)["state"])
    assert 409 == coming.moves(case, "en_route").status


def test_a_check_in_that_runs_out_is_an_emergency(company: Company) -> None:
    """
    Moved at one process after it was set at the other; nobody's phone has to be on.
    """
    form, officer = company.form, company.officer("officer1")
    student, elsewhere = form.phone("student10", form.here), form.phone("student10", form.there)

    done(student.asks("PUT", "/v1/check-in", {"minutes": 30, "position": place(LIBRARY), "note": "alone in the lab"}))
    done(elsewhere.asks("PUT", "/v1/check-in", {"minutes": SOON_MIN}))
    offer = officer.waits_for(lambda one: "alone in the lab" in str(one["data"]), 10, what="the check-in's offer")
    member = company.member("student10")

    assert ("emergency", "check_in") == tuple(offer["data"]["incident"][name] for name in ("kind", "trigger"))
    hears(member, offer["data"]["incident_id"], "offered")
    assert "ran_out" == student.asks("GET", "/v1/check-in").body["state"]
