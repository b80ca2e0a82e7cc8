"""Both clocks of a concern do what its reporter was told: the mailbox ends, and then everything."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from backend.concerns.concern import Assignee, Concern, Copy, Entry, Recusal, Referral
from backend.concerns.ending import destroy
from backend.concerns.lodging import add
from backend.concerns.sealing import REPORTER, seal
from backend.kernel.audit import AuditLine
from infra.forgetting import Finding, Forgetting
from tests.campus import CampusStage
from tests.journeys.lodged import Desk, Lodged, copies_of, rows_of
from tests.journeys.store_files import forgets, holds_any

ALL = (Concern, Entry, Copy, Assignee, Recusal, Referral)


@pytest.fixture
def desk(campus: CampusStage) -> Desk:
    return Desk(campus.database)


def today(campus: CampusStage) -> datetime:
    return campus.clock.now


def whole(desk: Desk, campus: CampusStage) -> Lodged:
    """A concern with a row in every table."""
    day = today(campus).date()
    lodged = desk.lodges(on=day)
    desk.assigns(lodged, *desk.advisers, on=day)
    desk.replies(lodged, desk.advisers[0], on=day)

    def more(session: sa.orm.Session) -> None:
        entry_id = session.scalars(sa.select(Entry.id).where(Entry.concern_id == lodged.id)).first()
        session.add(Recusal(concern_id=lodged.id, adviser_id=desk.advisers[1], day=day))
        session.add(
            Referral(
                entry_id=entry_id,
                concern_id=lodged.id,
                decided_by=desk.advisers[0],
                day=day,
                consent="given",
                legal_basis="public_task",
            )
        )

    desk.database.write(more)
    return lodged


def looked(campus: CampusStage) -> dict[str, Finding]:
    found = Forgetting(campus.database, lambda head: None).look(now=campus.clock.now)
    return {one.rule.what: one for one in found}


def test_one_that_is_destroyed_leaves_no_row_and_takes_no_other_along(campus: CampusStage, desk: Desk) -> None:
    """
    In every table of the desk; and it is gone once, however often it is asked for.
    """
    gone, other = whole(desk, campus), whole(desk, campus)
    before = {entity: len(rows_of(desk.database, entity)) for entity in ALL}

    first, second = (desk.database.write(destroy, gone.id) for _ in range(2))

    assert [True, False] == [first, second]
    assert {entity: number // 2 for entity, number in before.items()} == {
        entity: len(rows_of(desk.database, entity)) for entity in ALL
    }
    assert [other.id] == [row[0] for row in rows_of(desk.database, Concern)]


def test_after_its_last_day_all_of_it_is_destroyed(campus: CampusStage, desk: Desk) -> None:
    """
    Not on that day; and the audit is told a number, never which one.
    """
    lodged = whole(desk, campus)
    desk.changes(lodged, data_until=today(campus).date(), mailbox_until=today(campus).date())
    campus.service.rounds.forget()
    on_its_last_day = [len(rows_of(desk.database, entity)) for entity in ALL]

    campus.clock.now += timedelta(days=1)
    foreseen = looked(campus)["anonymous concerns"]
    forgets(campus)

    assert [1, 2, 7, 2, 1, 1] == on_its_last_day
    assert (1, 0) == (foreseen.count.due, foreseen.count.spared)
    assert [0] * len(ALL) == [len(rows_of(desk.database, entity)) for entity in ALL]
    assert not holds_any(campus, (lodged.tail,))
    told = [row for row in rows_of(desk.database, AuditLine) if "data.forgotten" in row]
    assert len(told) == 1
    assert str(lodged.id) not in repr(rows_of(desk.database, AuditLine))


def test_a_hold_spares_the_data_and_not_the_mailbox(campus: CampusStage, desk: Desk) -> None:
    """
    Nothing that was written goes; the reporter's own copies and the way back by the receipt do.
    """
    lodged = whole(desk, campus)
    over = today(campus).date() - timedelta(days=1)
    desk.changes(lodged, data_until=over, mailbox_until=over, held=True)
    foreseen = looked(campus)

    campus.service.rounds.forget()

    assert (0, 1) == (foreseen["anonymous concerns"].count.due, foreseen["anonymous concerns"].count.spared)
    assert [1, 2, 6, 2, 1, 1] == [len(rows_of(desk.database, entity)) for entity in ALL]
    assert REPORTER not in copies_of(desk.database, lodged)
    assert 0 == looked(campus)["mailboxes of concerns"].count.due


def test_a_mailbox_that_has_ended_is_nobodys(campus: CampusStage, desk: Desk) -> None:
    """
    Neither name nor key of the receipt is left in the store, and what is added goes nowhere; the case goes on.
    """
    lodged = whole(desk, campus)
    desk.changes(lodged, mailbox_until=today(campus).date() - timedelta(days=1))

    forgets(campus)
    keys = dict.fromkeys(copies_of(desk.database, lodged), lodged.reply_key)
    desk.database.write(add, lodged.mailbox, seal(b"More.", keys), today=today(campus).date())

    assert 2 == len(rows_of(desk.database, Entry))
    assert not holds_any(campus, (lodged.mailbox.encode(), lodged.reply_key))


def test_a_day_ends_with_that_of_all_servers(campus: CampusStage, desk: Desk) -> None:
    """
    An hour after London's midnight in summer: where the server stands has no part in what a reporter is told.
    """
    lodged = whole(desk, campus)
    campus.clock.now = campus.clock.now.replace(month=7, day=1, hour=23, minute=59)
    desk.changes(lodged, data_until=campus.clock.now.date(), mailbox_until=campus.clock.now.date())

    campus.service.rounds.forget()
    before_midnight = len(rows_of(desk.database, Concern))
    campus.clock.now += timedelta(minutes=2)
    campus.service.rounds.forget()

    assert 1 == before_midnight
    assert [] == rows_of(desk.database, Concern)
