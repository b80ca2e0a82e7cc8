"""At nine something waits: about earlier days, in the same words for everybody, and nothing that fits one report."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from backend.concerns import keeping_keys, key_store
from backend.concerns.adviser import Adviser
from backend.concerns.concern import Copy, Recusal
from backend.kernel.outbox import OutboxRow
from backend.kernel.vocabulary import Role
from notifications.recipes import WAITS
from tests.campus import CampusStage
from tests.journeys.lodged import Desk, Lodged, copies_of, rows_of

#: A Tuesday, as it is in London.
TUESDAY = datetime(2026, 10, 6, tzinfo=ZoneInfo("Europe/London"))


class Mornings:
    """A desk of two advisers, whose clock is set to a day and an hour."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.people = [campus.somebody(name, Role.ADVISER) for name in ("one", "two")]
        self.desk = Desk(campus.database, [person.id for person in self.people])

    def comes(self, day: int, hour: int, minute: int = 0) -> None:
        """This many days after that Tuesday, at this hour in London; every round of the desk looks."""
        self.campus.clock.now = (TUESDAY + timedelta(days=day)).replace(hour=hour, minute=minute)
        self.campus.service.rounds.concerns.remind()
        self.campus.settles()

    def lodged(self, day: int = 0) -> Lodged:
        return self.desk.lodges(on=(TUESDAY + timedelta(days=day)).date())

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Who was told by which channel, in which words."""
        names = {person.id: person.name for person in self.people}
        found = self.campus.deliveries("push", "email", "sms", "voice")
        return sorted((names[one.person_id], one.channel, one.sentence) for one in found if one.person_id in names)


@pytest.fixture
def mornings(campus: CampusStage) -> Mornings:
    return Mornings(campus)


def to(*names: str) -> list[tuple[str, str, str]]:
    return sorted((name, channel, WAITS) for name in names for channel in ("push", "email"))


def test_advisers_are_told_at_nine_of_earlier_days_alone(mornings: Mornings) -> None:
    """
    Neither on the day it came nor before nine on the next; then once, however often the rounds look.
    """
    mornings.comes(0, 8)
    mornings.lodged()
    for hour in (9, 12, 17):
        mornings.comes(0, hour)
    mornings.comes(1, 8, 59)
    before = mornings.told

    mornings.comes(1, 9)
    mornings.lodged(1)
    mornings.comes(1, 9, 30)

    assert [] == before
    assert to("one", "two") == mornings.told


def test_ten_are_told_like_one_and_without_a_name(mornings: Mornings) -> None:
    """
    The rows that tell of it hold who is told, and no number or id of what waits.
    """
    lodged = [mornings.lodged() for _ in range(10)]

    mornings.comes(1, 9)

    rows = [row for row in rows_of(mornings.campus.database, OutboxRow) if "ConcernsWait" in row]
    assert to("one", "two") == mornings.told
    assert sorted(str(person.id) for person in mornings.people) == sorted(
        facts["person_id"] for row in rows for facts in row if isinstance(facts, dict)
    )
    assert all({"person_id"} == set(facts) for row in rows for facts in row if isinstance(facts, dict))
    sent = repr(
        [vars(one.parcel) if hasattr(one.parcel, "__dict__") else one.parcel for one in mornings.campus.recorder.sent]
    )
    assert not any(str(one.id) in sent for one in lodged)


def test_nobody_is_told_at_the_weekend_or_in_the_evening(mornings: Mornings) -> None:
    """
    What came on Friday waits for Monday; a server that was off all day says nothing at night.
    """
    mornings.lodged(3)
    mornings.comes(4, 9)
    mornings.comes(5, 9)
    mornings.comes(6, 19)
    before = mornings.told

    mornings.comes(7, 11)

    assert [] == before
    assert to("one", "two") == mornings.told


def test_who_is_on_leave_or_has_stepped_back_is_not_told(mornings: Mornings) -> None:
    """
    One is away that day, the other may not read it.
    """
    one, two = mornings.desk.advisers
    lodged = mornings.lodged()

    def change(session: sa.orm.Session) -> None:
        session.get_one(Adviser, one).away_from = TUESDAY.date()
        session.add(Recusal(concern_id=lodged.id, adviser_id=two, day=TUESDAY.date()))

    mornings.campus.database.write(change)
    mornings.comes(1, 9)

    assert [] == mornings.told


def test_who_is_no_adviser_any_more_is_not_told(mornings: Mornings) -> None:
    """
    Although the last copy stays with them: it opens nothing without the role, and no colleague has one.
    """
    database, (one, two) = mornings.campus.database, mornings.desk.advisers
    recovery = database.read(key_store.recovery_ids)
    lodged = mornings.lodged()
    database.write(lambda session: session.execute(sa.delete(Copy).where(Copy.key_id.in_(recovery))))

    for adviser_id in (one, two):
        now = mornings.campus.clock()
        database.write(keeping_keys.retire_of, adviser_id, by=None, today=TUESDAY.date(), now=now)
    mornings.comes(1, 9)

    assert 1 == len(copies_of(database, lodged))
    assert [] == mornings.told


def test_a_case_waits_for_its_own_two_until_one_has_written(mornings: Mornings) -> None:
    """
    Assigned to one of them, it waits for that one alone, each working day, and no longer once there is an answer.
    """
    one, two = mornings.desk.advisers
    lodged = mornings.lodged()
    mornings.desk.assigns(lodged, one, on=TUESDAY.date())
    mornings.comes(1, 9)
    first = mornings.told

    mornings.desk.replies(lodged, one, on=(TUESDAY + timedelta(days=1)).date())
    mornings.comes(2, 9)

    assert to("one") == first == mornings.told
    assert two not in {person.id for person in mornings.people if person.name == "one"}


def test_what_came_an_hour_ago_is_no_earlier_day_anywhere(mornings: Mornings) -> None:
    """
    In Sydney it is nine in the morning while UTC still has the day before: what came on that day is not told yet.
    """
    mornings.campus.configure(time_zone="Australia/Sydney")
    mornings.campus.clock.now = datetime(2026, 10, 6, 22, 30, tzinfo=UTC)
    mornings.desk.lodges(on=mornings.campus.clock.now.date())

    mornings.campus.service.rounds.concerns.remind()
    mornings.campus.settles()
    too_early = mornings.told
    mornings.campus.clock.now += timedelta(days=1)
    mornings.campus.service.rounds.concerns.remind()
    mornings.campus.settles()

    assert [] == too_early
    assert to("one", "two") == mornings.told
