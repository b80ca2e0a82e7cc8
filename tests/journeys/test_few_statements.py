"""What a press costs the store: statements, counted where they reach it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from tests.campus import CampusStage

#: What belongs to a press beside its case.
ROWS = {"progress", "taps", "fixes", "audit", "outbox"}


@contextmanager
def statements(campus: CampusStage) -> Iterator[list[str]]:
    """Every statement that writers run meanwhile."""
    seen: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = campus.database._writing
    sa.event.listen(engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", see)


def test_the_rows_of_a_press_are_one_round_to_a_store_that_is_far_away(campus: CampusStage) -> None:
    """
    After the case itself, whose number is told at once: one statement on PostgreSQL, and one each where none travels.
    """
    student = campus.student("presses")

    with statements(campus) as seen:
        student.taps(at=CampusStage.LIBRARY)

    writes = [rows for one in seen if (rows := {table for table in ROWS if f"INSERT INTO {table} " in one})]
    together = campus.database._writing.dialect.name == "postgresql"
    expected = [ROWS] if together else [{"progress"}, {"audit"}, {"outbox"}, {"taps"}, {"fixes"}]
    assert expected == writes[: len(expected)]


def test_a_rush_is_told_by_hardly_more_statements_than_one_case(campus: CampusStage) -> None:
    """
    What owners and boards are shown is looked up together, and all their numbers are taken together.
    """
    campus.controller("watches")
    people = [campus.student(f"presses {n}") for n in range(7)]
    people[0].taps(at=CampusStage.LIBRARY)
    campus.service.rounds.escalate()
    with statements(campus) as of_one:
        campus.service.rounds.relay()
    for person in people[1:]:
        person.taps(at=CampusStage.LIBRARY)
    campus.service.rounds.escalate()

    with statements(campus) as of_six:
        campus.service.rounds.relay()

    assert len(of_six) < len(of_one) + 12
