"""Two cases that belong together name each other, on every console and nowhere else."""

from uuid import uuid4

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.console import API, case_at, lines, phoned_in, refusal
from tests.journeys.twins import CANCEL, DURESS, has_pins


def test_linked_cases_name_each_other_until_they_are_taken_apart(campus: CampusStage) -> None:
    """
    From either side, told live to the other console; again is fine, and so is taking apart what is apart.
    """
    controller, other = campus.controller(), campus.controller("other")
    one, two = (phoned_in(controller) for _ in range(2))

    linked = [controller.posts(case_at(one["id"], "links"), {"other_id": two["id"]}) for _ in range(2)]
    campus.settles()
    both = {row["id"]: row["linked"] for row in other.gets(f"{API}/board")["items"]}
    heard = {message["id"]: message["linked"] for message in other.heard("incident")}
    apart = [controller.asks("DELETE", case_at(two["id"], "links", one["id"])) for _ in range(2)]

    expected = {
        one["id"]: [{"id": two["id"], "reference": two["reference"]}],
        two["id"]: [{"id": one["id"], "reference": one["reference"]}],
    }
    assert (expected, expected) == (both, heard)
    assert [expected[one["id"]]] * 2 == [seen["linked"] for seen in linked]
    assert [(200, [])] * 2 == [(answer.status_code, answer.json["linked"]) for answer in apart]
    story = [line["words"] for line in controller.gets(case_at(one["id"]))["progress"] if line["stage"] == "note"]
    assert [f"Linked with {two['reference']}.", f"No longer linked with {two['reference']}."] == story


def test_a_closed_case_can_be_linked_for_a_month(campus: CampusStage) -> None:
    """
    What came before is often known only with the next case; what may no longer be looked at may not be linked.
    """
    controller = campus.controller()
    closed = phoned_in(controller)["id"]
    controller.posts(case_at(closed, "resolve"), {})
    case_id = phoned_in(controller)["id"]

    seen = controller.posts(case_at(closed, "links"), {"other_id": case_id})
    controller.asks("DELETE", case_at(closed, "links", case_id))
    campus.skips(days=31)

    assert [case_id] == [one["id"] for one in seen["linked"]]
    assert (404, "not-found") == refusal(controller, "POST", case_at(case_id, "links"), {"other_id": closed})


def test_a_case_that_is_too_old_to_look_at_can_still_be_taken_off(campus: CampusStage) -> None:
    """
    The open one names it, so it can be corrected there; of the old one nobody is shown anything by it.
    """
    controller, other = campus.controller(), campus.controller("other")
    closed, case_id, unlinked = (phoned_in(controller)["id"] for _ in range(3))
    controller.posts(case_at(closed, "links"), {"other_id": case_id})
    for id_ in (closed, unlinked):
        controller.posts(case_at(id_, "resolve"), {})
    campus.skips(days=31)
    named = [one["id"] for one in controller.gets(case_at(case_id))["linked"]]
    before = len(other.heard("incident"))

    apart = [controller.asks("DELETE", case_at(case_id, "links", closed)).status_code for _ in range(2)]
    campus.settles()

    assert ([closed], [200, 404]) == (named, apart)
    assert [] == controller.gets(case_at(case_id))["linked"]
    assert {case_id} == {message["id"] for message in other.heard("incident")[before:]}
    assert 404 == controller.asks("DELETE", case_at(case_id, "links", unlinked)).status_code
    assert 404 == controller.asks("DELETE", case_at(closed, "links", case_id)).status_code
    told = [line.facts for line in lines(campus, about_id=case_id) if line.action == "incident.unlinked"]
    assert [{"other": closed}] == told


def test_what_cannot_be_linked_says_why(campus: CampusStage) -> None:
    """
    A case and itself, one there is not, and never one of the exercise with a real one.
    """
    controller = campus.controller()
    drill = campus.somebody("drill", Role.CONTROLLER, exercise=True)
    case_id, played = phoned_in(controller)["id"], phoned_in(drill)["id"]

    def refused(other_id: str) -> tuple[int, str]:
        return refusal(controller, "POST", case_at(case_id, "links"), {"other_id": other_id})

    assert (422, "same-case") == refused(case_id)
    assert (404, "not-found") == refused(str(uuid4()))
    assert (404, "not-found") == refused(played)
    assert (404, "not-found") == refusal(drill, "POST", case_at(played, "links"), {"other_id": case_id})
    assert [] == controller.gets(case_at(case_id))["linked"]


def test_a_case_is_linked_with_twenty_others_and_no_more(campus: CampusStage) -> None:
    """
    A line of the board names them all.
    """
    controller = campus.controller()
    first, *others = (phoned_in(controller)["id"] for _ in range(22))
    for other in others[:20]:
        controller.posts(case_at(first, "links"), {"other_id": other})

    assert (409, "too-many-links") == refusal(controller, "POST", case_at(others[20], "links"), {"other_id": first})
    assert 20 == len(controller.gets(case_at(first))["linked"])


def test_no_link_tells_a_controller_of_their_own_case_under_duress(campus: CampusStage) -> None:
    """
    Called off under duress it goes on: their own console shows it as it was, and takes nothing from them.
    """
    forced, other = has_pins(campus.controller("forced")), campus.controller("other")
    case_id = forced.taps("help")["id"]
    other.posts(case_at(case_id, "take"))
    seen = forced.gets(case_at(case_id))
    forced.posts(f"/v1/incidents/{case_id}/cancel", {"pin": DURESS})
    other.asks("PUT", case_at(case_id, "protocol", "services"), {"done": True})
    other.asks("PUT", case_at(case_id, "methane"), {"major_incident": True})

    shown, really = forced.gets(case_at(case_id)), other.gets(case_at(case_id))

    assert CANCEL != DURESS
    assert ("cancelled", "emergency") == (shown["state"], really["kind"])
    assert [seen[name] for name in ("protocol", "questions", "methane", "major", "taken_by")] == [
        shown[name] for name in ("protocol", "questions", "methane", "major", "taken_by")
    ]
    assert (True, True) == (really["major"], any(step["done_at"] for step in really["protocol"]))
    assert (409, "incident-closed") == refusal(forced, "POST", case_at(case_id, "take"))
