"""One row of the outbox that cannot be told holds up nobody else."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.outbox import OutboxRow
from backend.kernel.vocabulary import Lane
from tests.campus import CampusStage
from tests.journeys.couriers import each_second


def poisons(campus: CampusStage, name: str = "ThingThatNeverWas", **facts: Any) -> int:
    """A row that no version of ours can read, in the most urgent lane."""

    def insert(session: Session) -> int:
        row = OutboxRow(lane=int(Lane.EMERGENCY), name=name, facts=facts, at=campus.clock(), done=False, attempts=0)
        session.add(row)
        session.flush()
        return row.id

    row_id: int = campus.database.write(insert)
    return row_id


def row_of(campus: CampusStage, row_id: int) -> OutboxRow:
    found: OutboxRow = campus.database.read(lambda session: session.get_one(OutboxRow, row_id))
    return found


def test_a_row_that_cannot_be_told_holds_up_nobody(campus: CampusStage) -> None:
    """
    The press behind it reaches officer, owner and control room in the same go.
    """
    poisons(campus)
    officer, controller, student = campus.officer(), campus.controller(), campus.student()

    student.taps("emergency", at=campus.LIBRARY)

    assert officer.is_ringing
    assert controller.heard("incident")
    assert student.heard("incident")


def test_it_is_tried_five_times_and_then_dead_with_an_alarm(campus: CampusStage) -> None:
    """
    After 1, 2, 4 and 8 seconds; then it stays for the operator, with what went wrong (promise I9).
    """
    controller = campus.controller()
    row_id = poisons(campus)
    attempts = []

    campus.settles()
    for wait in (1, 2, 4, 8):
        attempts.append(row_of(campus, row_id).attempts)
        each_second(campus, wait)

    dead = row_of(campus, row_id)
    assert attempts == [1, 2, 3, 4]
    assert (dead.attempts, dead.done, dead.relayed_at, dead.last_fault) == (5, True, None, "KeyError")
    assert dead.dead_at == campus.clock()
    assert [one["reason"] for one in controller.heard("alarm")] == ["dead_letter"]


def test_a_dead_row_is_not_tried_again_and_not_forgotten(campus: CampusStage) -> None:
    """
    It stays where the operator finds it, however long ago it was.
    """
    row_id = poisons(campus)
    campus.settles()
    each_second(campus, 20)

    campus.clock.now += timedelta(days=100)
    campus.service.rounds.forget()
    campus.settles()

    assert row_of(campus, row_id).attempts == 5


def test_an_event_whose_facts_are_missing_is_poison_too(campus: CampusStage) -> None:
    """
    The control room is told once, however many rows died.
    """
    controller = campus.controller()
    poisons(campus, "IncidentRaised")
    poisons(campus, "AlarmRaised", alarm_id="not an id", reason="x")

    each_second(campus, 20)

    assert [one["reason"] for one in controller.heard("alarm")] == ["dead_letter"]
    assert campus.database.read(
        lambda session: list(session.scalars(sa.select(OutboxRow.attempts).where(OutboxRow.dead_at.is_not(None))))
    ) == [5, 5]


def test_facts_of_a_newer_version_are_passed_over(campus: CampusStage) -> None:
    """
    While a new version is rolled out the old one still tells what the new one wrote.
    """
    officer, student = campus.officer(), campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    before = len(student.heard("incident"))

    poisons(campus, "TapJoined", incident_id=case["id"], kind="help", invented_later=True)
    campus.settles()

    assert len(student.heard("incident")) == before + 1
    assert officer.is_ringing
