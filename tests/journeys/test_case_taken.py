"""Who of the control room looks after a case: taken, taken over, and seen by everybody there."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from backend.dispatch import working
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import Role
from backend.people.signing_in import recognise
from tests.campus import CampusStage
from tests.journeys.console import API, case_at, ids, lines, phoned_in, refusal


def test_whoever_takes_a_case_has_it_on_every_console(campus: CampusStage) -> None:
    """
    The board, the case and the other console's live message name them; taking it again changes nothing.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = campus.student().taps("emergency")["id"]
    before = second.gets(f"{API}/board")["items"][0]

    taken = [first.posts(case_at(case_id, "take")) for _ in range(2)]
    campus.settles()

    has_it = {"id": str(first.id), "name": "first"}
    assert (None, None) == (before["taken_by"], before["taken_at"])
    assert [has_it] * 2 == [one["taken_by"] for one in taken]
    assert has_it == second.gets(f"{API}/board")["items"][0]["taken_by"]
    assert has_it == second.heard("incident")[-1]["taken_by"]
    assert ["Took the case."] == [line["words"] for line in taken[1]["progress"] if line["stage"] == "note"]
    assert 1 == [line.action for line in lines(campus, about_id=case_id)].count("incident.taken")


def test_a_colleague_takes_a_case_over_and_both_see_it(campus: CampusStage) -> None:
    """
    The story and the log name both; who only wanted a free one is told whose it is.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = phoned_in(first)["id"]
    first.posts(case_at(case_id, "take"), {"over": False})

    refused = second.asks("POST", case_at(case_id, "take"), {"over": False})
    seen = second.posts(case_at(case_id, "take"))
    campus.settles()

    assert (409, [{"name": "first"}]) == (refused.status_code, refused.json["taken_by"])
    assert "second" == seen["taken_by"]["name"]
    assert "second" == first.heard("incident")[-1]["taken_by"]["name"]
    story = [(line["by"], line["words"]) for line in seen["progress"] if line["stage"] == "note"]
    assert [("first", "Took the case."), ("second", "Took the case over.")] == story
    taken = [line for line in lines(campus, about_id=case_id) if line.action == "incident.taken"]
    assert [None, str(first.id)] == [line.facts["before"] for line in taken]


@pytest.mark.parametrize(("over", "refused"), [(False, 3), (True, 0)], ids=["only-if-free", "over"])
def test_four_who_take_a_case_in_the_same_moment_never_have_it_together(
    campus: CampusStage, over: bool, refused: int
) -> None:
    """
    Each that came through is one line of the story; who only wanted a free one is told that it is taken.
    """
    people = [campus.controller(f"controller {nth}") for nth in range(4)]
    case_id = campus.student().taps("emergency")["id"]
    everybody = [campus.database.read(recognise, one.token, now=campus.clock()) for one in people]

    def takes(by):
        try:
            campus.database.write(working.take_case, UUID(case_id), over=over, by=by, now=campus.clock())
        except Conflict as refusal:
            return refusal.kind
        return None

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(takes, everybody))

    seen = people[0].gets(case_at(case_id))
    notes = [line["by"] for line in seen["progress"] if line["stage"] == "note"]
    assert ["case-taken"] * refused == [answer for answer in answers if answer]
    assert 4 - refused == len(notes)
    assert notes[-1] == seen["taken_by"]["name"]
    assert [] == campus.alarms(standing_only=True)


def test_taking_a_case_takes_the_alarms_that_stand_and_no_later_one(campus: CampusStage) -> None:
    """
    Who looks after the case looks after what stands about it; the ladder goes on, and what it raises sounds anew.
    """
    controller, other = campus.controller(), campus.controller("other")
    case_id = campus.student().taps("emergency", at=campus.LIBRARY)["id"]
    standing = [one["reason"] for one in other.gets(f"{API}/alarms")["items"]]

    controller.posts(case_at(case_id, "take"))
    left = other.gets(f"{API}/alarms")["items"]
    campus.passes(seconds=46)

    assert ["nobody_reachable"] == standing
    assert [] == left
    assert {"unanswered"} <= {one["reason"] for one in other.gets(f"{API}/alarms")["items"]}


def test_taking_a_case_asks_nobody_less(campus: CampusStage) -> None:
    """
    It ends a sound in the control room and nothing else: officers go on being asked.
    """
    controller = campus.controller()
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]

    controller.posts(case_at(case_id, "take"))
    campus.passes(seconds=121)

    assert (True, True) == (near.is_ringing, far.is_ringing)


def test_what_the_control_room_does_nobody_else_sees(campus: CampusStage) -> None:
    """
    Owner and officer read the same case as before, word for word.
    """
    controller, student = campus.controller(), campus.student()
    related, officer = phoned_in(controller)["id"], campus.officer()
    case_id = student.taps("help", at=campus.LIBRARY)["id"]
    officer.posts(f"/v1/offers/{officer.offers[-1]['id']}/accept", {})
    at = f"/v1/incidents/{case_id}"
    before = [person.gets(at) for person in (student, officer)]
    heard = [len(person.messages()) for person in (student, officer)]

    controller.posts(case_at(case_id, "take"))
    controller.asks("PUT", case_at(case_id, "protocol", "what"), {"done": True})
    controller.asks("PUT", case_at(case_id, "methane"), {"major_incident": True})
    controller.posts(case_at(case_id, "links"), {"other_id": related})
    campus.settles()

    assert before == [person.gets(at) for person in (student, officer)]
    assert heard == [len(person.messages()) for person in (student, officer)]


def test_what_cannot_be_taken_says_why(campus: CampusStage) -> None:
    """
    A closed case, one's own, one there is not, and one of the other world.
    """
    controller = campus.controller()
    drill = campus.somebody("drill", Role.CONTROLLER, exercise=True)
    case_id, closed = phoned_in(controller)["id"], phoned_in(controller)["id"]
    controller.posts(case_at(closed, "resolve"), {})
    own = controller.taps("help")["id"]

    assert (409, "incident-closed") == refusal(controller, "POST", case_at(closed, "take"))
    assert (409, "own-case") == refusal(controller, "POST", case_at(own, "take"))
    assert (404, "not-found") == refusal(controller, "POST", case_at(str(uuid4()), "take"))
    assert (404, "not-found") == refusal(drill, "POST", case_at(case_id, "take"))
    assert [] == ids(drill.gets(f"{API}/board"))
