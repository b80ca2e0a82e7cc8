"""On SQLite the officers are asked in the very commit that takes a tap, and a tap never waits for them to be found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch import escalating
from backend.dispatch.offer import Offer
from backend.inbox.message import Message
from notifications.calling import call
from tests.campus import CampusStage
from tests.campus_people import Person

pytestmark = pytest.mark.usefixtures("begun")


@pytest.fixture
def begun(campus: CampusStage) -> None:
    """
    As a process that serves begins.
    """
    campus.service.rounds.call_along()


def offers_made(session: Session) -> int:
    return session.scalars(sa.select(sa.func.count()).select_from(Offer)).one()


def cannot_climb(*_: Any, **__: Any) -> None:
    raise LookupError


def presses(person: Person) -> str:
    """One tap and nothing after it; the case's id."""
    answer = person.asks("POST", "/v1/taps", {"tap_id": str(uuid4()), "kind": "emergency"})
    assert 201 == answer.status_code
    return str(answer.json["id"])


def test_officers_are_asked_in_the_tap_s_own_commit(campus: CampusStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The round only hands over what is written; on PostgreSQL it asks, as ever: a tap would wait for others' rows.
    """
    handed: list[Message] = []
    monkeypatch.setattr(campus.service.rounds.sockets, "hand_over", handed.extend)
    campus.officer()
    student = campus.student()
    handed.clear()

    case = presses(student)

    follows = campus.database._writing.dialect.name == "sqlite"
    assert campus.database.read(offers_made) == (1 if follows else 0)

    campus.service.rounds.escalate()

    assert 1 == campus.database.read(offers_made)
    assert [case] == [one.data["incident"]["id"] for one in handed if one.type == "offer"]


def test_a_ladder_that_cannot_be_climbed_costs_no_tap(campus: CampusStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The tap is taken, and the round asks the officers once that is possible.
    """
    campus.officer()
    student = campus.student()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(escalating, "_climb", cannot_climb)
        presses(student)
    assert 0 == campus.database.read(offers_made)

    campus.settles()

    assert 1 == campus.database.read(offers_made)


def test_what_was_called_along_is_handed_over_however_long_others_are_called(
    campus: CampusStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    In a rush the round finds somebody to call at every turn; who was called meanwhile does not wait for its end.
    """
    handed: list[Message] = []
    pressed: list[str] = []
    campus.officer()
    first, second = campus.student("first"), campus.student("second")
    monkeypatch.setattr(campus.service.rounds.sockets, "hand_over", handed.extend)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(escalating, "_climb", cannot_climb)
        pressed.append(presses(first))

    @contextmanager
    def presses_behind_the_call(module: str) -> Iterator[None]:
        yield
        if module == call.__module__ and len(pressed) < 2:
            pressed.append(presses(second))

    campus.database.watched = presses_behind_the_call

    campus.service.rounds.escalate()

    assert pressed == [one.data["incident"]["id"] for one in handed if one.type == "offer"]
