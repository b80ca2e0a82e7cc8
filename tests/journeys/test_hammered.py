"""One person who sends without end costs the others nothing that grows with it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.campus.geofence import Position
from backend.dispatch.tracing import trace
from backend.incidents import incident_store, track_store
from backend.people import handset_store
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import case_at
from tests.journeys.trusted import principal_of


def test_a_case_tells_of_its_newest_two_hundred_presses(campus: CampusStage) -> None:
    """
    A press is never refused, however many came before; what a console reads of the case stays of a size.
    """
    student, controller = campus.student(), campus.controller()
    case_id = student.taps("help")["id"]
    first, last = uuid4(), uuid4()

    def press(session: Session, tap_id: UUID) -> None:
        row = {"person_id": student.id, "tap_id": tap_id, "incident_id": UUID(case_id), "at": campus.clock()}
        incident_store.add_tap(session, {**row, "pressed_at": None, "trigger": "button", "note": "help " * 400})

    campus.passes(1)
    campus.database.write(press, first)
    campus.passes(1)
    for _ in range(199):
        campus.database.write(press, uuid4())
    campus.passes(1)
    campus.database.write(press, last)

    taps = [tap["tap_id"] for tap in controller.gets(case_at(case_id))["taps"]]

    assert (200, str(last)) == (len(taps), taps[-1])
    assert str(first) not in taps


def test_a_person_has_twenty_handsets_at_most_and_the_last_used_stay(campus: CampusStage) -> None:
    """
    Every broadcast goes to each of a person's targets: the one that was silent longest gives way, and nobody else's.
    """
    student, other = campus.student(), campus.student("other")
    enrols(other, "theirs", "their-target")
    for number in range(21):
        campus.passes(1)
        enrols(student, f"phone-{number}", f"target-{number}")
    campus.passes(1)
    enrols(student, "phone-1", "target-1")

    kept = campus.database.read(handset_store.of_people, [student.id, other.id])

    assert {f"phone-{number}" for number in range(1, 21)} == {one.installation_id for one in kept[student.id]}
    assert ["theirs"] == [one.installation_id for one in kept[other.id]]


def enrols(person: Person, installation: str, value: str) -> None:
    body = {"installation_id": installation, "platform": "android", "push": {"kind": "fid", "value": value}}
    assert person.asks("PUT", "/v1/handset", body).status_code == 200


def test_the_api_s_document_is_made_once_however_often_it_is_asked_for(campus: CampusStage) -> None:
    """
    Anybody may read it, and making it stops the whole service for a while.
    """
    first = campus.client.get("/v1/openapi.json").json
    api = next(iter(campus.service.app.extensions["flask-smorest"]["blp_name_to_api"].values()))
    api.spec.components.schema("Later", {"type": "object"})

    again = campus.client.get("/v1/openapi.json")

    assert ("application/json", 200) == (again.mimetype, again.status_code)
    assert "/v1/taps" in again.json["paths"]
    assert set(first["components"]["schemas"]) == set(again.json["components"]["schemas"])


def test_a_body_of_more_than_anything_has_is_not_read(campus: CampusStage) -> None:
    """
    Each value would cost time that every tap waits for, and a sentence in the answer; a tap itself stands all the same.
    """
    student = campus.student()
    case_id = student.taps("help")["id"]
    positions = f"/v1/incidents/{case_id}/positions"
    odd = {f"odd-{number}": number for number in range(30_000)}

    refused = [
        student.asks("POST", positions, {"items": [{}] * 10_000}).status_code,
        student.asks("POST", "/v1/receipts", {"message_ids": [0] * 50_000, "stage": "displayed"}).status_code,
        campus.client.post("/v1/sign-in", json=odd).status_code,
        campus.client.post("/v1/sign-in", json={"email": [[]] * 50_000}).status_code,
    ]
    too_long = student.asks("POST", positions, {"items": [{}] * 501})
    tapped = student.asks("POST", "/v1/taps", {"kind": "help", "tap_id": str(uuid4()), **odd})

    assert [413] * 4 == refused
    assert (422, 1) == (too_long.status_code, len(too_long.json["errors"]))
    assert (200, case_id) == (tapped.status_code, tapped.json["id"])


def test_an_hour_s_positions_hold_the_writer_no_longer_than_one_statement(campus: CampusStage) -> None:
    """
    They come in one request, and every tap waits for whoever writes.
    """
    student = campus.student()
    case_id = UUID(student.taps("help")["id"])
    counts = []
    for first, many in ((1, 2), (10, 400)):
        numbered = [(seq, Position(51.4988, -0.1749, 8.0, None)) for seq in range(first, first + many)]
        counts.append(statements(campus, partial(trace, incident_id=case_id, positions=numbered), student))

    track = campus.database.read(track_store.track_of, case_id)

    assert counts[0] == counts[1]
    assert 402 == len(track)


def statements(campus: CampusStage, use_case: Callable[..., Any], person: Person) -> int:
    """How many statements it takes."""
    told: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    def write(session: Session) -> None:
        sa.event.listen(session.get_bind(), "before_cursor_execute", count)
        try:
            use_case(session, by=principal_of(person), now=campus.clock())
        finally:
            sa.event.remove(session.get_bind(), "before_cursor_execute", count)

    campus.database.write(write)
    return len(told)
