"""A check-in runs on the server: set, changed, reminded of, ended in time, or an emergency."""

from typing import Any

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.console import API
from tests.journeys.timers import reminders, sets
from tests.journeys.twins import CANCEL, DURESS, has_pins


def test_who_never_set_one_has_none(campus: CampusStage) -> None:
    """
    A plain answer, not a refusal: a phone asks at every start.
    """
    student = campus.student()

    assert {"state": "none"} == student.gets("/v1/check-in")
    refused = student.posts("/v1/check-in/end", expecting=404)
    assert "/problems/no-check-in" == refused["type"]


def test_a_check_in_that_is_ended_in_time_raises_nothing_and_forgets_where_one_was(campus: CampusStage) -> None:
    """
    Safe home: no case, and neither the note nor the place stays.
    """
    student = campus.student()
    set_ = sets(student, 30, campus.LIBRARY, note=" walking home ")
    shown = student.gets("/v1/check-in")

    campus.skips(minutes=29)
    ended = student.posts("/v1/check-in/end", {"pin": None})
    again = student.posts("/v1/check-in/end")
    campus.skips(hours=1)

    assert shown == set_
    assert ("open", "walking home", 51.4982) == (shown["state"], shown["note"], shown["position"]["latitude"])
    assert "2026-11-23T14:30:00+00:00" == shown["ends_at"]
    assert ended == again == student.gets("/v1/check-in")
    assert ("ended", None, None) == (ended["state"], ended["note"], ended["position"])
    assert [] == student.gets("/v1/incidents")["items"]
    assert ["open", "open", "ended"] == [one["state"] for one in student.heard("check_in")]


def test_it_runs_out_on_the_second_and_officers_are_asked_with_note_and_place(campus: CampusStage) -> None:
    """
    An emergency like any other, that says it was a check-in.
    """
    officer, student = campus.officer(), campus.student()
    set_ = sets(student, 10, campus.SHERFIELD, note="alone in the lab")

    campus.skips(seconds=599)
    before = officer.is_ringing
    campus.passes(seconds=1)

    assert (False, True) == (before, officer.is_ringing)
    (case,) = student.gets("/v1/incidents")["items"]
    assert ("emergency", "check_in", "sherfield") == (case["kind"], case["trigger"], case["zone"]["id"])
    assert "2026-11-23T14:10:00+00:00" == case["received_at"]
    assert "alone in the lab" == officer.offers[0]["incident"]["note"]
    assert "check_in" == officer.offers[0]["incident"]["trigger"]
    shown = student.gets("/v1/check-in")
    assert ("ran_out", case["id"], set_["id"]) == (shown["state"], shown["incident_id"], shown["id"])
    assert (None, None) == (shown["note"], shown["position"])
    assert student.heard("check_in")[-1]["incident_id"] == case["id"]
    assert campus.audit_faults() == []


def test_ended_too_late_names_the_emergency(campus: CampusStage) -> None:
    """
    The person must know that people are on their way, and which case to call off.
    """
    student = campus.student()
    sets(student, 1)

    campus.passes(seconds=61)
    refused = student.posts("/v1/check-in/end", expecting=409)

    assert "/problems/check-in-ran-out" == refused["type"]
    case_id = refused["incident_id"]
    assert "raised" in refused["title"]
    assert "cancelled" == student.posts(f"/v1/incidents/{case_id}/cancel")["state"]
    student.posts("/v1/check-in/end", expecting=409)


def test_ended_too_late_under_duress_those_who_search_know_the_place(campus: CampusStage) -> None:
    """
    The check-in has forgotten it, and its case was called off; the phone reads what it would have read with any PIN.
    """
    controller, student = campus.controller(), has_pins(campus.student())
    position = {"latitude": campus.SHERFIELD[0], "longitude": campus.SHERFIELD[1]}
    student.asks("PUT", "/v1/check-in", {"minutes": 5, "note": "lab 3", "position": position})
    campus.passes(301)
    (ran_out,) = student.gets("/v1/incidents")["items"]
    student.posts(f"/v1/incidents/{ran_out['id']}/cancel", {"pin": CANCEL})

    answers = [student.asks("POST", "/v1/check-in/end", {"pin": pin}) for pin in (CANCEL, DURESS)]

    campus.settles()
    (hidden,) = controller.gets(f"{API}/board")["items"]
    assert ("duress_pin", "sherfield") == (hidden["trigger"], hidden["zone"] and hidden["zone"]["id"])
    assert 1 == len({(one.status_code, one.text) for one in answers})


def test_an_open_one_is_changed_and_what_is_left_out_stays(campus: CampusStage) -> None:
    """
    Minutes count from now, whether that is later or sooner than before.
    """
    student = campus.student()
    first = sets(student, 10, campus.LIBRARY, note="to the station")
    campus.skips(seconds=540)

    longer = sets(student, 60)
    shorter = sets(student, 5, note="")
    campus.skips(seconds=301)

    assert first["id"] == longer["id"] == shorter["id"]
    assert ("2026-11-23T15:09:00+00:00", "to the station") == (longer["ends_at"], longer["note"])
    assert ("2026-11-23T14:14:00+00:00", None) == (shorter["ends_at"], shorter["note"])
    assert first["position"] == shorter["position"]
    assert "ran_out" == student.gets("/v1/check-in")["state"]


def test_after_one_that_ran_out_another_can_be_set(campus: CampusStage) -> None:
    """
    Under an id of its own, with nothing left of the one before; its run-out joins the case that is still open.
    """
    student = campus.student()
    first = sets(student, 1, campus.LIBRARY, note="one")
    campus.passes(seconds=61)

    second = sets(student, 2)
    campus.passes(seconds=121)

    assert first["id"] != second["id"]
    assert (None, None, None) == (second["note"], second["position"], second["incident_id"])
    assert 1 == len(student.gets("/v1/incidents")["items"])


@pytest.mark.parametrize(("minutes", "warned_after_s"), [(60, 55 * 60), (1, 48)])
def test_its_owner_is_reminded_once_while_there_is_time(
    campus: CampusStage, minutes: float, warned_after_s: int
) -> None:
    """
    Five minutes before, or a fifth of a short one; also when the server starts anew just then.
    """
    student = campus.student()
    sets(student, minutes)
    campus.skips(seconds=warned_after_s - 1)
    before = reminders(campus)

    campus.passes(seconds=1)
    campus.restarts()
    campus.passes(seconds=5)

    assert [] == before
    assert ["Your check-in runs out soon: open Bluelight"] == reminders(campus)
    assert [False, True] == [one["warned"] for one in student.heard("check_in")]


def test_who_moves_the_end_is_reminded_anew(campus: CampusStage) -> None:
    """
    The new end has a reminder of its own.
    """
    student = campus.student()
    sets(student, 60)
    campus.skips(minutes=56)

    sets(student, 60)
    campus.skips(minutes=56)

    assert 2 == len(reminders(campus))


def test_nothing_sounds_while_a_silent_case_is_open(campus: CampusStage) -> None:
    """
    A reminder that buzzes could give away who is hiding; the timer goes on, and what runs out joins the silent case.
    """
    student = campus.student()
    sets(student, 10)
    case = student.taps("emergency", silent=True)

    campus.skips(seconds=500)
    campus.skips(seconds=101)

    assert [] == reminders(campus)
    assert student.heard("check_in")[-2]["quiet"]
    assert [case["id"]] == [one["id"] for one in student.gets("/v1/incidents")["items"]]
    assert case["id"] == student.gets("/v1/check-in")["incident_id"]


def test_what_runs_out_joins_an_open_emergency_as_a_tap_would(campus: CampusStage) -> None:
    """
    One person in trouble is one case; the check-in's note is said in it.
    """
    officer, student = campus.officer(), campus.student()
    sets(student, 10, campus.SHERFIELD, note="I meet somebody I do not know")
    case = student.taps("emergency")

    campus.skips(seconds=500)
    campus.skips(seconds=101)

    assert [case["id"]] == [one["id"] for one in student.gets("/v1/incidents")["items"]]
    assert 1 == len(officer.offers)
    said = student.gets(f"/v1/incidents/{case['id']}/messages")["items"]
    assert ["I meet somebody I do not know"] == [one["text"] for one in said]
    assert "sherfield" == student.looks()["zone"]["id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"minutes": 0},
        {"minutes": -5},
        {"minutes": 1441},
        {"minutes": "soon"},
        {"minutes": None},
        {"minutes": 10, "note": "x" * 2001},
        {"minutes": 10, "position": {"latitude": 91, "longitude": 0}},
        {"minutes": 10, "who": "me"},
    ],
)
def test_a_timer_that_cannot_be_kept_is_refused_and_changes_nothing(campus: CampusStage, body: dict[str, Any]) -> None:
    """
    Between a second and a day; the field that is wrong is named.
    """
    student = campus.student()
    before = sets(student, 20)

    refused = student.asks("PUT", "/v1/check-in", body)

    assert 422 == refused.status_code
    assert refused.json["errors"][0]["field"]
    assert before == student.gets("/v1/check-in")


def test_every_change_leaves_a_line(campus: CampusStage) -> None:
    """
    Who set, changed and ended it, and what the server did by itself.
    """
    student, auditor = campus.student(), campus.somebody("auditor", Role.AUDITOR)
    check_in = sets(student, 10)
    sets(student, 10)
    campus.skips(seconds=500)
    campus.skips(seconds=100)
    sets(student, 10)
    student.posts("/v1/check-in/end")

    lines = auditor.gets(f"{API}/audit?about=check_in&limit=100")["items"][::-1]

    own = [(line["action"], line["actor"] is None) for line in lines if line["about_id"] == check_in["id"]]
    assert [
        ("check_in.set", False),
        ("check_in.changed", False),
        ("check_in.warned", True),
        ("check_in.ran_out", True),
    ] == own
    assert ["check_in.set", "check_in.ended"] == [line["action"] for line in lines[4:]]
