"""What the dry run says is what goes; and whoever dies half way leaves nothing odd behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch.offer import Offer
from backend.incidents.incident import Fix, Incident, Progress, Said, Tap
from backend.kernel.database import Database
from infra.forgetting import REGISTER, Finding, Forgetting
from tests.campus import CampusStage
from tests.journeys.kept_broadcasts import OF_BROADCASTS
from tests.journeys.kept_things import EVERYTHING
from tests.journeys.store_files import forgets, holds_any

#: Each transaction alone: as many places to die at as there are things.
ONE_BY_ONE = [replace(rule, batch=1) for rule in REGISTER]

#: Of a case that goes on under duress while to its owner it is over: the journeys of duress have one. And of whom only
#: a roll still tells: here every roll goes before its people. Concerns are nobody's, silence at a console ends with the
#: shift: they have journeys of their own.
NOT_HERE = {
    "silent consoles",
    "positions told of cases called off under duress",
    "what rolls tell of accounts that are gone",
    "anonymous concerns",
    "mailboxes of concerns",
}

PARTS = (Tap, Progress, Said, Fix, Offer)


class Died(BaseException):
    """The process is gone: nothing catches this."""


class Mortal:
    """A database whose process dies when one of its transactions is about to begin: the one before it is committed."""

    def __init__(self, database: Database, *, at: int) -> None:
        self._database = database
        self._left = at
        self.read, self.write = database.read, database.write
        self.give_way, self.room = database.give_way, database.room

    def write_what_can_wait(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._left -= 1
        if self._left == 0:
            raise Died
        return self._database.write_what_can_wait(use_case, *args, **kwargs)


@pytest.fixture
def old(campus: CampusStage) -> CampusStage:
    """A campus with some of everything, all of it past its day."""
    left = [leave(campus) for leave in (*EVERYTHING, *OF_BROADCASTS)]
    campus.clock.now += max(one.stays for one in left) + timedelta(days=1)
    campus.telltales = tuple(telltale for one in left for telltale in one.telltales)  # type: ignore[attr-defined]
    return campus


def test_the_dry_run_says_what_the_round_removes(old: CampusStage) -> None:
    """
    Kind by kind, and looking changes nothing.
    """
    forgetting = Forgetting(old.database, old.service.rounds.write_anchor)

    said, again = forgetting.look(now=old.clock()), forgetting.look(now=old.clock())
    done = forgetting.forget(now=old.clock())

    assert counts(said) == counts(again) == counts(done)
    assert NOT_HERE == {finding.rule.what for finding in said if finding.count.due == 0}
    assert {} == {what: due for what, due in counts(forgetting.look(now=old.clock())).items() if due}


def test_whoever_dies_half_way_leaves_whole_things(old: CampusStage) -> None:
    """
    Killed again and again, each life a step longer: a case is there whole or gone whole, and the log stands.
    """
    deaths = 0
    while dies(old, at=deaths + 1):
        deaths += 1
        old.service.rounds.chain()
        assert set() == old.database.read(without_a_case)
        assert [] == old.audit_faults()
    forgets(old)

    assert deaths > 10
    assert not holds_any(old, old.telltales)  # type: ignore[attr-defined]
    assert [] == old.audit_faults()


def dies(campus: CampusStage, *, at: int) -> bool:
    """One round, in a process that dies at this transaction; whether it came so far."""
    database: Any = Mortal(campus.database, at=at)
    try:
        Forgetting(database, campus.service.rounds.write_anchor, ONE_BY_ONE).forget(now=campus.clock())
    except Died:
        return True
    return False


def counts(findings: list[Finding]) -> dict[str, int]:
    return {finding.rule.what: finding.count.due for finding in findings}


def without_a_case(session: Session) -> set[str]:
    """Tables in which something is left of a case that is gone."""
    cases = sa.select(Incident.id)
    return {
        part.__tablename__
        for part in PARTS
        if session.scalar(sa.select(sa.exists().where(part.incident_id.not_in(cases))))
    }
