"""Whom a rung asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, strategies as st

from backend.campus.campus import Step, Team
from backend.campus.configuration import read_campus
from backend.campus.geofence import Position
from backend.dispatch.choosing import Candidate, Place, choose, first_reachable, qualified
from backend.kernel.vocabulary import DutyState
from backend.people.responder import Responder
from tests.campus import IMPERIAL

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
CAMPUS = read_campus(IMPERIAL)
SHERFIELD = Position(51.4985, -0.1770, 8.0, NOW)
HERE = Place(SHERFIELD, "south-kensington")


def officer(number: int, latitude: float | None = None, longitude: float = -0.177, **more: Any) -> Responder:
    plain = Responder(
        id=UUID(int=number),
        name=f"Officer {number}",
        site="south-kensington",
        teams=frozenset({"security"}),
        skills=frozenset(),
        state=DutyState.ON_PATROL,
        on_duty=True,
        reachable=True,
        recall=False,
        mobile=None,
        exercise=False,
        latitude=latitude,
        longitude=longitude if latitude is not None else None,
        position_at=NOW if latitude is not None else None,
    )
    return replace(plain, **more)


def chosen(step: Step, officers: list[Responder], place: Place = HERE) -> list[int]:
    return [one.responder.id.int for one in choose(step, officers, place, CAMPUS.geofence, now=NOW)]


def test_the_nearest_come_first_and_no_more_than_the_count() -> None:
    """
    By great circle from the case.
    """
    officers = [officer(1, 51.4998), officer(2, 51.4986), officer(3, 51.4980)]

    assert [2, 3] == chosen(Step(0, "nearest", count=2), officers)


def test_the_same_site_comes_before_a_nearer_stranger() -> None:
    """
    Somebody at the site beats somebody who happens to stand nearer outside it.
    """
    outside = officer(1, 51.4969, site="white-city")
    inside = officer(2, 51.5002)

    assert [2] == chosen(Step(0, "nearest", count=1), [outside, inside])


def test_without_a_position_nearest_is_everybody() -> None:
    """
    Nobody can be near to nowhere.
    """
    officers = [officer(number, 51.4985) for number in range(1, 6)]

    assert [1, 2, 3, 4, 5] == sorted(chosen(Step(0, "nearest", count=1), officers, Place(None, None)))


def test_the_team_at_a_site_leaves_out_the_other_sites() -> None:
    """
    Where an officer is counts; a stale position falls back to the site they belong to.
    """
    at_white_city = officer(1, 51.5166, -0.2244)
    stale = officer(2, 51.5166, -0.2244, position_at=NOW - timedelta(minutes=10))

    assert [2] == chosen(Step(20, "team_at_site"), [at_white_city, stale])


def test_only_a_valid_certificate_in_the_same_world_is_qualified() -> None:
    """
    The skill the team requires, and never an exercise player for a real case.
    """
    team = Team("first-aid", "First aiders", requires_skill="first_aid")
    medic = officer(1, skills=frozenset({"first_aid"}))
    player = officer(3, skills=frozenset({"first_aid"}), exercise=True)

    assert [medic] == qualified([medic, officer(2), player], team, exercise=False)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12), st.integers(1, 4))
def test_as_many_reachable_as_wanted_are_always_among_the_chosen(kinds: list[tuple[bool, bool]], count: int) -> None:
    """
    Unless there are fewer; and nobody reachable beyond the count is woken.
    """
    candidates = [
        Candidate(officer(number, reachable=reachable), 10.0 * number if known else None, same_site=True)
        for number, (reachable, known) in enumerate(kinds)
    ]

    taken = first_reachable(candidates, count)

    reachable_in_all = sum(reachable for reachable, _ in kinds)
    assert min(count, reachable_in_all) == sum(one.responder.reachable for one in taken)


def test_why_somebody_was_asked_is_said_in_words() -> None:
    """
    With the distance where it is known.
    """
    (one,) = choose(Step(0, "nearest", count=1), [officer(1, 51.4998)], HERE, CAMPUS.geofence, now=NOW)

    assert ("nearest, 145 m away", 145) == (one.because, one.distance_m)
