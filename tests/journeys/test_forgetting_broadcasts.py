"""What is kept of broadcasts is gone on its day, out of the files as well, and not a minute before."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Part
from backend.people.account import Account
from notifications.wave import Wave
from tests.campus import CampusStage
from tests.journeys.broadcast_scenes import follows, issues, roll
from tests.journeys.kept_things import keeps
from tests.journeys.store_files import forgets

A_MINUTE, A_SECOND = timedelta(minutes=1), timedelta(seconds=1)


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


def _left(session: Session) -> list[int]:
    tables = (Broadcast, Version, RollEntry, Wave)
    return [session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables]
