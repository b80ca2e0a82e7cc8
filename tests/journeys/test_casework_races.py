"""Two consoles at one case in the same moment: whoever was first, the case and its story say the same of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

from backend.casework.methane import Methane
from backend.dispatch import working
from backend.dispatch.acknowledging import assign
from backend.dispatch.alarming import take_known
from backend.dispatch.standing_down import resolve
from backend.kernel.errors import Refusal
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, case_at, phoned_in
from tests.journeys.trusted import principal_of

ROUNDS = 5
CLOSED = {"incident-closed"}


def at_once(*deeds: Callable[[], Any]) -> list[str | None]:
    """Each in a thread of its own: what was refused, by its kind."""

    def done(deed: Callable[[], Any]) -> str | None:
        try:
            deed()
        except Refusal as refusal:
            return refusal.kind
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


def words_of(seen: dict[str, Any], beginning: str) -> int:
    return sum((line["words"] or "").startswith(beginning) for line in seen["progress"])


def test_a_link_has_two_sides_whoever_made_it_and_whoever_takes_it_away(campus: CampusStage) -> None:
    """
    From both ends, twice and apart at once: no refusal, no half of a link, and as many lines on either side.
    """
    people = [campus.controller(name) for name in ("one", "other")]
    write, now = campus.database.write, campus.clock()
    ids = [UUID(phoned_in(people[0])["id"]) for _ in range(2)]
    ends = [ids, ids[::-1]]
    deeds = [
        partial(write, deed, *end, by=principal_of(person), now=now)
        for person, end, deed in product(people, ends, (working.link_cases, working.unlink_cases))
    ]

    refused = [kind for _ in range(ROUNDS) for kind in at_once(*deeds) if kind]

    one, two = (people[0].gets(case_at(str(id_))) for id_ in ids)
    made, taken = words_of(one, "Linked with"), words_of(one, "No longer linked")
    assert [] == refused
    assert len(one["linked"]) == len(two["linked"]) == made - taken
    assert (made, taken) == (words_of(two, "Linked with"), words_of(two, "No longer linked"))


def test_a_case_that_is_closed_meanwhile_takes_nothing_more(campus: CampusStage) -> None:
    """
    Taken with its alarm, reported, given to an officer and closed at once: each deed came first or was refused.
    """
    one, other = campus.controller("one"), campus.controller("other")
    officer = campus.officer("olga")
    write, clock = campus.database.write, campus.clock

    for nth in range(ROUNDS):
        id_ = UUID(campus.student(f"student {nth}").taps("help", at=campus.LIBRARY)["id"])
        campus.passes(46)
        standing = [alarm for alarm in one.gets(f"{API}/alarms")["items"] if alarm["incident_id"] == str(id_)]
        by = {"by": principal_of(one), "now": clock()}
        theirs = {"by": principal_of(other), "now": clock()}
        refused = at_once(
            partial(write, working.take_case, id_, over=True, **by),
            partial(write, working.take_case, id_, over=True, **theirs),
            partial(write, working.report_methane, id_, Methane(major_incident=True), **by),
            partial(write, working.report_methane, id_, Methane(major_incident=False), **theirs),
            partial(write, assign, id_, officer.id, **by),
            partial(write, resolve, id_, None, **theirs),
            *(partial(write, take_known, UUID(alarm["alarm_id"]), **theirs) for alarm in standing),
        )

        assert {kind for kind in refused if kind} <= CLOSED | {"alarm-taken"}
        agrees(one, id_, took=refused[:2].count(None), reported=refused[2:4].count(None))

    assert [] == campus.audit_faults()


def agrees(controller: Person, id_: UUID, *, took: int, reported: int) -> None:
    """What the case is, is what its story tells, and nothing stands that was taken."""
    seen = controller.gets(case_at(str(id_)))
    assert "resolved" == seen["state"]
    assert took == words_of(seen, "Took the case")
    assert reported == words_of(seen, "METHANE") == (seen["methane"] or {"version": 0})["version"]
    assert [] == [alarm for alarm in controller.gets(f"{API}/alarms")["items"] if alarm["incident_id"] == str(id_)]
