"""Each kind of data is gone on its day, out of the files as well, and not a minute before."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.incidents import incident_store
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.console import case_at
from tests.journeys.kept_broadcasts import OF_BROADCASTS
from tests.journeys.kept_things import ABOUT_A_CASE, EVERYTHING, THERE, WHERE, Leaving, number
from tests.journeys.statements import statements
from tests.journeys.store_files import forgets, holds_any
from tests.journeys.trusted import stepped_up

A_MINUTE, A_SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize("leave", [*EVERYTHING, *OF_BROADCASTS], ids=lambda leave: leave.__name__)
def test_it_is_gone_on_its_day(campus: CampusStage, leave: Leaving) -> None:
    """
    A minute before it can be found in the store's files; on the day no byte of it can.
    """
    left = leave(campus)
    day = campus.clock() + left.stays

    campus.clock.now = day - A_MINUTE
    forgets(campus)
    before = holds_any(campus, left.telltales)
    campus.clock.now = day + A_SECOND
    forgets(campus)

    assert before
    assert not holds_any(campus, left.telltales)
    campus.service.rounds.chain()
    assert [] == campus.audit_faults()


def test_all_about_a_case_stays_while_it_is_held(campus: CampusStage) -> None:
    """
    However often its day has come; once a second person has released the case it goes at the next round.
    """
    controller = campus.controller("first")
    left = {leave.__name__: leave(campus) for leave in ABOUT_A_CASE}
    for one in left.values():
        controller.posts(case_at(str(one.case_id), "hold"), {"reason": "The police asked."}, expecting=201)

    campus.clock.now += 2 * max(one.stays for one in left.values())
    forgets(campus)
    held = {name: holds_any(campus, one.telltales) for name, one in left.items()}
    asker, second = campus.somebody("asker", Role.ADMIN), stepped_up(campus.somebody("second", Role.ADMIN))
    for one in left.values():
        asker.posts(case_at(str(one.case_id), "hold", "release"), {"reason": "They have it."}, expecting=202)
        second.posts(case_at(str(one.case_id), "hold", "release", "confirm"), {"because": "They have it."})
    forgets(campus)

    assert dict.fromkeys(left, True) == held
    assert dict.fromkeys(left, False) == {name: holds_any(campus, one.telltales) for name, one in left.items()}
    assert [] == campus.audit_faults()


def test_all_about_a_case_stays_while_it_is_open(campus: CampusStage) -> None:
    """
    Nobody is forgotten who still waits, however long.
    """
    note = "somebody has collapsed"
    student = campus.student()
    case_id = student.taps("emergency", at=THERE, note=note)["id"]

    campus.clock.now += timedelta(days=5_000)
    forgets(campus)

    assert holds_any(campus, number(WHERE)[:2])
    assert (note, WHERE) == campus.database.read(_note_and_latitude, UUID(case_id))
    assert [] == campus.audit_faults()


def test_whom_open_cases_spare_is_not_looked_up_where_nothing_is_that_old(campus: CampusStage) -> None:
    """
    With thousands of open cases it would be asked for once for each kind of data, and keep a core from every tap.
    """
    with statements() as of_an_empty_campus:
        campus.service.rounds.forget()
    campus.student().taps("emergency", at=THERE)

    with statements() as beside_a_case:
        campus.service.rounds.forget()

    assert set(beside_a_case) <= set(of_an_empty_campus)
    assert len(beside_a_case) <= len(of_an_empty_campus)


def _note_and_latitude(session: Session, case_id: UUID) -> tuple[str | None, float | None]:
    case = incident_store.by_id(session, case_id)
    assert case is not None
    return case.note, case.latitude
