"""The board's line of a case: what nobody has read, who comes, and as many statements however many cases there are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from backend.casework import casework_store
from backend.dispatch import sparing
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, case_at, lines, phoned_in, refusal
from tests.journeys.store_files import forgets


def says(person: Person, case_id: str, text: str, *, at: str = "/v1/incidents") -> str:
    """What this person writes in the case; the message's id."""
    message_id = str(uuid4())
    person.posts(f"{at}/{case_id}/messages", {"message_id": message_id, "text": text}, expecting=201)
    return message_id


def on_board(person: Person) -> dict[str, Any]:
    row: dict[str, Any] = person.gets(f"{API}/board")["items"][0]
    return row


def test_unread_is_what_others_said_since_the_control_room_read(campus: CampusStage) -> None:
    """
    A colleague's words are read by whoever wrote them; the mark is everybody's, and told to every console.
    """
    controller, other = campus.controller(), campus.controller("other")
    student, officer = campus.student(), campus.officer()
    case_id = student.taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()
    first = says(student, case_id, "I am on the stairs")
    says(controller, case_id, "stay there", at=f"{API}/incidents")
    says(officer, case_id, "two minutes")
    campus.settles()
    unread, told = on_board(other)["unread"], [one.get("unread") for one in other.heard("chat")]

    after = controller.posts(case_at(case_id, "messages", "read"), {"up_to": first})
    campus.settles()

    assert (2, [1, 1, 2]) == (unread, told)
    assert (1, 1) == (after["unread"], other.heard("incident")[-1]["unread"])
    assert all("unread" not in one for person in (student, officer) for one in person.heard("chat"))


def test_a_mark_never_goes_back_and_is_for_this_case_alone(campus: CampusStage) -> None:
    """
    Reading again is no line in the log; a message of another case, or of none, is not found.
    """
    controller, student = campus.controller(), campus.student()
    case_id = student.taps("help")["id"]
    first, second = (says(student, case_id, text) for text in ("hello", "anybody?"))
    elsewhere = says(controller, phoned_in(controller)["id"], "noted", at=f"{API}/incidents")
    door = case_at(case_id, "messages", "read")

    seen = [controller.posts(door, {"up_to": up_to})["unread"] for up_to in (second, first, second)]
    student.posts(f"/v1/incidents/{case_id}/cancel", {})
    closed = controller.posts(door, {"up_to": first})["unread"]

    assert ([0, 0, 0], 0) == (seen, closed)
    assert 1 == [line.action for line in lines(campus, about_id=case_id)].count("conversation.read")
    for unknown in (elsewhere, str(uuid4())):
        assert (404, "not-found") == refusal(controller, "POST", door, {"up_to": unknown})


def test_in_their_own_case_a_controller_is_the_person_in_trouble(campus: CampusStage) -> None:
    """
    What they write is unread until a colleague has read it, whatever they read themselves.
    """
    owner, colleague = campus.controller("owner"), campus.controller("colleague")
    case_id = owner.taps("help")["id"]
    said = says(owner, case_id, "in the basement")

    own = owner.posts(case_at(case_id, "messages", "read"), {"up_to": said})["unread"]
    before = on_board(colleague)["unread"]
    after = colleague.posts(case_at(case_id, "messages", "read"), {"up_to": said})["unread"]

    assert (1, 1, 0) == (own, before, after)


def test_the_board_names_who_comes_and_when(campus: CampusStage) -> None:
    """
    As each moves; who only was asked is not coming.
    """
    controller = campus.controller()
    near, _far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    case_id = campus.student().taps("emergency", at=campus.BEIT)["id"]
    asked = on_board(controller)["coming"]

    near.accepts()
    accepted = on_board(controller)["coming"]
    for move in ("en_route", "on_scene"):
        near.moves(move, case_id)
    campus.settles()

    assert [] == asked
    assert [("near", "accepted", False)] == [(one["name"], one["state"], one["late"]) for one in accepted]
    assert accepted[0]["eta_s"] > 60
    expected = [{"officer_id": str(near.id), "name": "near", "state": "on_scene", "eta_s": 0, "late": False}]
    assert (expected, expected) == (on_board(controller)["coming"], controller.heard("incident")[-1]["coming"])


def busy_case(campus: CampusStage, controller: Person, officer: Person, name: str, before: str | None) -> str:
    """Taken, given to an officer, written in and linked with the one before."""
    student = campus.student(name)
    case_id: str = student.taps("help", at=campus.LIBRARY)["id"]
    says(student, case_id, "hello")
    controller.posts(case_at(case_id, "take"))
    controller.posts(case_at(case_id, "assign"), {"officer_id": str(officer.id)})
    if before is not None:
        controller.posts(case_at(case_id, "links"), {"other_id": before})
    return case_id


def test_a_full_board_is_read_in_as_many_statements_as_a_short_one(campus: CampusStage) -> None:
    """
    Two cases or eight: none costs a look of its own.
    """
    controller, officer = campus.controller(), campus.officer()
    counted: list[str] = []
    last = None

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counted.append(statement)

    def statements(work: Callable[[], Any]) -> int:
        counted.clear()
        work()
        return len(counted)

    sa.event.listen(campus.database._reading, "before_cursor_execute", count)
    numbers = []
    for nth in range(8):
        last = busy_case(campus, controller, officer, f"student {nth}", last)
        if nth in (1, 7):
            campus.settles()
            numbers.append(statements(lambda: controller.gets(f"{API}/board")))

    rows = controller.gets(f"{API}/board")["items"]
    assert 5 < numbers[0] == numbers[1] < 25
    assert (8, {1}, {"controller"}) == (
        len(rows),
        {len(row["coming"]) for row in rows},
        {row["taken_by"]["name"] for row in rows},
    )
    assert {1} == {row["unread"] for row in rows}


def test_it_all_goes_with_the_case_and_spares_its_people_until_then(campus: CampusStage) -> None:
    """
    Of a link the other case's side as well; while the case is open nobody who worked on it is forgotten.
    """
    taker, ticker = campus.controller("taker"), campus.controller("ticker")
    case_id, stays = phoned_in(taker)["id"], phoned_in(taker)["id"]
    ticker.posts(case_at(case_id, "links"), {"other_id": stays})
    ticker.asks("PUT", case_at(case_id, "protocol", "place"), {"done": True})
    taker.posts(case_at(case_id, "take"))
    spared = campus.database.read(lambda session: sparing.spared(session, before=campus.clock()).people)

    taker.posts(case_at(case_id, "resolve"), {})
    campus.skips(days=731)
    forgets(campus)

    def left(session: Any) -> tuple[int, int, int]:
        ids = [UUID(case_id)]
        works, done = casework_store.of_cases(session, ids), casework_store.done_steps(session, ids[0])
        return len(works), len(done), casework_store.links(session, UUID(stays))

    assert {taker.id, ticker.id} <= spared
    assert (0, 0, 0) == campus.database.read(left)
