"""The proof over the rota: what is sound passes, and each hole is named in one sentence."""

from dataclasses import replace
from datetime import date, time
from time import perf_counter

import pytest

from backend.campus.configuration import EscalationPolicy, Route, Step, Team
from backend.dispatch.proving import prove
from backend.kernel.vocabulary import Kind
from tests.unit.campus import imperial
from tests.unit.campus.ladders import SUNDAY_MORNING, only_first_aid, person, shift


def test_the_campus_that_is_shipped_leaves_nobody_alone() -> None:
    """
    Imperial's file with Imperial's people: every path ends well.
    """
    assert prove(imperial.campus(), imperial.people(), start=SUNDAY_MORNING) == []


def test_a_hole_is_named_in_a_sentence_a_duty_manager_understands() -> None:
    """
    The kind, the place, the hour, and everything that failed.
    """
    campus = only_first_aid(rota=(shift("officer1@demo.example", start=time(7), end=time(3)),))
    first_aider = person(skills={"first_aid": date(2026, 11, 26)})

    found = prove(campus, [first_aider], start=SUNDAY_MORNING)

    assert found == [
        (
            "Emergency in South Kensington Campus on Monday 23 November at 03:00: nobody is rostered in First aiders, "
            "and the control room has nobody on shift."
        ),
        (
            "Emergency in South Kensington Campus on Friday 27 November at 00:00: nobody with a valid first-aid "
            "certificate is rostered in First aiders, and the control room has nobody on shift."
        ),
    ]


def test_a_hole_in_one_site_and_hour_is_found_among_all_others() -> None:
    """
    Silwood's help goes to customer services in office hours, and their mailbox is not somebody.
    """
    policy = EscalationPolicy(Kind.HELP, 1, 600, (Step(0, "team"),))
    others = tuple(one for one in imperial.campus().policies if one.kind != Kind.HELP)
    routes = tuple(one for one in imperial.campus().routes if one.subtype is None)
    campus = replace(imperial.campus(), policies=(*others, policy), routes=routes)

    found = prove(campus, imperial.people(), start=SUNDAY_MORNING)

    assert found == [
        (
            "Help in Silwood Park Campus on Monday 23 November at 08:00: nobody is rostered in "
            "Customer Services Centre (its mailbox is not somebody), and no step tells the control room."
        )
    ]


def test_the_same_reason_is_told_once() -> None:
    """
    A manager gets the first of it, not every quarter of an hour in every building.
    """
    campus = replace(imperial.campus(), rota=())
    grounded = [replace(one, recall=False) for one in imperial.people()]

    found = prove(campus, grounded, start=SUNDAY_MORNING)

    assert [line.split(" in ")[0] for line in found] == [
        "Emergency",
        "First aid",
        "Help",
        "Help (accident)",
        "Help (facility defect)",
    ]


def test_a_route_for_one_building_is_walked_apart_from_its_site() -> None:
    """
    The laboratory's own team has no rota, and only the laboratory is named.
    """
    lab = Team("lab", "Laboratory wardens")
    campus = only_first_aid(steps=(Step(0, "team"),))
    campus = replace(
        campus, teams=(*campus.teams, lab), routes=(*campus.routes, Route(Kind.HELP, "lab", zone="blackett"))
    )

    assert prove(campus, [person()], start=SUNDAY_MORNING) == [
        (
            "Help in Blackett Laboratory on Sunday 22 November at 09:30: nobody is rostered in Laboratory wardens, "
            "and no step tells the control room."
        )
    ]


def test_a_policy_nobody_wrote_is_a_bad_end() -> None:
    """
    A kind without a policy asks nobody.
    """
    campus = replace(only_first_aid(), policies=())

    faults = prove(campus, [person()], start=SUNDAY_MORNING)

    assert [fault.partition(": ")[2] for fault in faults] == [
        "no policy says who is asked for emergency.",
        "no policy says who is asked for first aid.",
        "no policy says who is asked for help.",
    ]


def test_a_naive_start_is_refused() -> None:
    """
    Without a time zone nobody knows whose Saturday is meant.
    """
    with pytest.raises(ValueError, match="time zone"):
        prove(imperial.campus(), [], start=SUNDAY_MORNING.replace(tzinfo=None))


def test_the_proof_of_a_fortnight_takes_less_than_two_seconds() -> None:
    """
    What looks the same is walked once; a manager waits for the answer.
    """
    began = perf_counter()

    prove(imperial.campus(), imperial.people(), start=SUNDAY_MORNING)

    assert perf_counter() - began < 2.0
