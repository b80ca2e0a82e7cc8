"""What is kept of broadcasts is gone on its day, out of the files as well, and not a minute before."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts import roll_store
from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Part
from backend.campus.geofence import Position
from backend.people.account import Account
from notifications.wave import Wave
from tests.campus import CampusStage
from tests.journeys.broadcast_scenes import follows, issues, roll
from tests.journeys.kept_things import Left, keeps, number, of_id
from tests.journeys.store_files import forgets, holds_any

A_MINUTE, A_SECOND = timedelta(minutes=1), timedelta(seconds=1)

#: Digits of a latitude that stand nowhere else.
WHERE = 51.49833456


def position_of_an_answer(campus: CampusStage) -> Left:
    """Where somebody was who answered."""
    controller, student = campus.controller(), campus.student()
    broadcast_id = issues(campus, controller)

    def says_where(session: Session) -> None:
        entry = roll_store.locked_or_added(session, broadcast_id, session.get_one(Account, student.id))
        entry.move_to(Position(WHERE, -0.177, 8.0, campus.clock()), seq=None, received_at=campus.clock())

    campus.database.write(says_where)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    return Left(number(WHERE), keeps(campus, "case_positions_h"))


def words(campus: CampusStage) -> Left:
    """What was said, to whom, and what they answered."""
    controller = campus.controller()
    broadcast_id = issues(campus, controller)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    return Left((b"Leave Beit now by the nearest exit.",), keeps(campus, "broadcasts_days"))


def wave(campus: CampusStage) -> Left:
    """Whom a wave was for, which names them only while it goes; the row itself goes on its day."""
    controller = campus.controller()
    broadcast_id = issues(campus, controller)
    (row,) = campus.database.read(_waves_of, broadcast_id)
    return Left(of_id(row), keeps(campus, "deliveries_days"))


@pytest.mark.parametrize("leave", [position_of_an_answer, words, wave], ids=lambda leave: leave.__name__)
def test_it_is_gone_on_its_day(campus: CampusStage, leave: Callable[[CampusStage], Left]) -> None:
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


def test_what_is_in_force_stays_however_long(campus: CampusStage) -> None:
    """
    Only what has ended has a day.
    """
    broadcast_id = issues(campus, campus.controller())

    campus.clock.now += timedelta(days=5_000)
    forgets(campus)

    assert 1 == len(roll(campus, broadcast_id))


def test_a_broadcast_goes_with_its_versions_and_its_roll(campus: CampusStage) -> None:
    """
    Nothing of it is left in any table.
    """
    controller = campus.controller()
    broadcast_id = issues(campus, controller)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)

    campus.clock.now += keeps(campus, "broadcasts_days") + A_SECOND
    forgets(campus)

    assert [0, 0, 0, 0] == campus.database.read(_left)


def test_an_account_that_goes_takes_its_places_on_rolls_along(campus: CampusStage) -> None:
    """
    What a person answered is not kept longer than the person.
    """
    controller, student = campus.controller(), campus.student()
    broadcast_id = issues(campus, controller)

    campus.database.write(lambda session: session.execute(sa.delete(Account).where(Account.id == student.id)))
    forgets(campus)

    assert {controller.id} == set(roll(campus, broadcast_id))


def _waves_of(session: Session, broadcast_id: UUID) -> list[UUID]:
    return list(session.scalars(sa.select(Wave.id).where(Wave.broadcast_id == broadcast_id)))


def _left(session: Session) -> list[int]:
    tables = (Broadcast, Version, RollEntry, Wave)
    return [session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables]
