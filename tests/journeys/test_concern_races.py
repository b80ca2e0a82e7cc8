"""At the same moment: two assign, a reporter adds while it is assigned, a role is taken while copies are given."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from backend.concerns import keeping_keys
from tests.campus import CampusStage
from tests.journeys.desk import Adviser, Lodged, adds, adviser, holders, lodged, recovery_key, today, waits_a_day
from tests.journeys.trusted import stepped_up

TRIES = 6


def at_once(*deeds: Any) -> list[Any]:
    """Each in a thread of its own."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(deed) for deed in deeds]]


def asks(one: Adviser, concern: Lodged, what: str, body: Any) -> int:
    """Without stepping up anew, which would be a race of its own."""
    status: int = one.person.asks("POST", f"/console/api/concerns/{concern.id}/{what}", body).status_code
    return status


def two(*some: Adviser) -> dict[str, Any]:
    return {"adviser_ids": [one.id for one in some]}


def test_of_two_assignments_at_once_one_stands(campus: CampusStage) -> None:
    """
    Two people hold it then, not three: the second is told that it was assigned, or finds it no more.
    """
    ada, ben, cleo, dan = (adviser(campus, name) for name in ("ada", "ben", "cleo", "dan"))
    concerns = [lodged(campus, str(number)) for number in range(TRIES)]
    waits_a_day(campus)
    for one in (ada, dan):
        stepped_up(one.person)

    for concern in concerns:
        told = at_once(
            partial(asks, ada, concern, "assign", two(ada, ben)),
            partial(asks, dan, concern, "assign", two(cleo, dan)),
        )

        assert sorted(told) in ([204, 404], [204, 409])
        assert holders(campus, concern) in ({ada.key_id, ben.key_id}, {cleo.key_id, dan.key_id})


def test_what_is_added_while_it_is_assigned_is_for_the_two_alone(campus: CampusStage) -> None:
    """
    No copy is left for somebody it was taken from a moment ago.
    """
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    concerns = [lodged(campus, str(number)) for number in range(TRIES)]
    waits_a_day(campus)
    stepped_up(ada.person)

    for concern in concerns:
        at_once(
            partial(asks, ada, concern, "assign", two(ada, ben)),
            partial(adds, campus, concern, "more"),
        )

        assert {ada.key_id, ben.key_id} == holders(campus, concern)
        assert len(ada.reads(concern)) == len(ben.reads(concern)) == 2
    assert cleo.lists() == []


def test_who_loses_the_role_while_a_place_is_handed_to_them_keeps_nothing(campus: CampusStage) -> None:
    """
    Whichever comes first: they are not given it, or it is taken from them at once.
    """
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    recovery_key(campus)
    concerns = [lodged(campus, str(number)) for number in range(TRIES)]
    waits_a_day(campus)
    for concern in concerns:
        ada.assigns(concern, ada, ben)

    for number, concern in enumerate(concerns):
        late = adviser(campus, f"late{number}")
        given = {"leaver": ben.id, "newcomer": late.id, "copies": ben.copies_for(concern, late)}
        leaving = partial(keeping_keys.retire_of, adviser_id=late.person.id, by=None, today=today(campus))
        told, _ = at_once(
            partial(asks, ben, concern, "hand-over", given),
            partial(campus.database.write, leaving, now=campus.clock()),
        )

        assert told in (204, 409)
        assert late.key_id not in holders(campus, concern)
        assert late.id not in {place["adviser_id"] for place in ada.opens(concern)["places"]}
