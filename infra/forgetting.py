"""The register of all that is forgotten, and the round that goes through it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from backend.alarms import forgetting as alarms
from backend.approvals import forgetting as approvals
from backend.broadcasts import forgetting as broadcasts
from backend.campus import campus_store, forgetting as campus
from backend.campus.campus import Keeping
from backend.concerns import forgetting as concerns
from backend.dispatch import forgetting as dispatch
from backend.dispatch.sparing import spared
from backend.inbox import forgetting as inbox
from backend.incidents import forgetting as incidents
from backend.kernel import audit, chaining, forgetting as kernel
from backend.kernel.aging import take_turns
from backend.kernel.chaining import Head
from backend.kernel.database import Database
from backend.kernel.errors import Unavailable
from backend.kernel.retention import Count, Rule
from backend.people import forgetting as people
from notifications import forgetting as notifications

log = structlog.get_logger(__name__)

#: Everything that has its day, in the order in which it goes: positions while their case is there to say whose they
#: are, the case after its parts that have a shorter day, people after their cases, and the log of it all at the end.
REGISTER: tuple[Rule, ...] = (
    *incidents.RULES,
    inbox.OFFICERS,
    people.WHEREABOUTS,
    inbox.STREAMS,
    notifications.DELIVERIES,
    notifications.WAVES,
    broadcasts.POSITIONS,
    broadcasts.ROLLS,
    broadcasts.BROADCASTS,
    notifications.REPLIES,
    kernel.TOLD,
    kernel.DEAD,
    people.HANDSETS,
    people.SIGN_INS,
    people.FAILURES,
    people.INVITATIONS,
    people.HUSHES,
    alarms.ALARMS,
    incidents.CHECK_INS,
    dispatch.CASES,
    campus.VERSIONS,
    concerns.CONCERNS,
    concerns.MAILBOXES,
    people.ACCOUNTS,
    broadcasts.LEAVERS,
    approvals.APPROVALS,
    kernel.LINES,
)

#: The tables that no rule names, and why.
WITHOUT_A_DAY = {
    "concern_advisers": "who advises is told to reporters; a row goes with its account (concerns/keeping_keys.py)",
    "concern_keys": "the public half of an adviser's key goes with its adviser, the recovery key's opens nothing",
    "concern_tallies": "a number for each academic year, of nobody",
    "concern_days": "the days on which the desk was last reminded and rewritten, and no others",
    "devices": "a button is the institution's, which removes it by hand; of a person it holds an id",
    "processes": "a row is about a server and goes an hour after it was heard of last",
    "sockets": "a row goes when its socket closes, or thirty seconds after its process no longer says that it is open",
}

#: Tables from which something goes.
TABLES = frozenset(table for rule in REGISTER for table in rule.tables)

#: How often a reader who is in the way of the scrubbing is waited for before the round gives up until later.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One kind of data: how old it may get, and how much is older; `failed` when a fault ended its forgetting.

    `age` is None for what carries its own last day.
    """

    rule: Rule
    age: timedelta | None
    count: Count
    failed: bool = False


class Forgetting:
    """
    Goes through the register, a small transaction at a time.

    `announce` writes outside the database up to where the log is about to be
    forgotten: whoever has database and key cannot do that afterwards.
    """

    def __init__(
        self, database: Database, announce: Callable[[Head], None], register: Sequence[Rule] = REGISTER
    ) -> None:
        self._database = database
        self._announce = announce
        self._register = register

    def look(self, *, now: datetime) -> list[Finding]:
        """What would be forgotten at this moment; changes nothing."""
        keeping = self._database.read(campus_store.keeping)
        return [self._look(rule, _age(keeping, rule), now=now) for rule in self._register]

    def forget(self, *, now: datetime) -> list[Finding]:
        """Forget all that is past its day; what cannot be forgotten is logged, and holds up nothing else."""
        keeping = self._database.read(campus_store.keeping)
        if self._database.room.is_tight():
            # Deleting needs room in the log first and gives none back before the scrub: on the reserve it would take
            # that of calls for help. It is asked again in an hour.
            log.warning("forgetting.waits", why="the disk's last room is kept for calls for help")
            return [Finding(rule, _age(keeping, rule), Count(0), failed=True) for rule in self._register]
        if self._database.read(people.somebody_left):
            self._database.write(people.notice_leavers, now=now)
        return [self._go(rule, _age(keeping, rule), now=now) for rule in self._register]

    def scrub(self, *, rewrite: bool = False) -> bool:
        """Let what was deleted leave the files as well; False when it has to be tried again."""
        for _ in range(TRIES):
            if self._database.scrub(TABLES, rewrite=rewrite):
                return True
            self._database.give_way()
        return False

    def _look(self, rule: Rule, age: timedelta | None, *, now: datetime) -> Finding:
        before = now - (age or timedelta())

        def count(session: Session) -> Count:
            return rule.things.count(session, before, spared(session, before=before))

        return Finding(rule, age, self._database.read(count))

    def _go(self, rule: Rule, age: timedelta | None, *, now: datetime) -> Finding:
        gone, failed = 0, False
        before = now - (age or timedelta())
        try:
            for keys in self._found(rule, before):
                if isinstance(rule.things, kernel.OldLines):
                    self._announce(self._database.read(chaining.head_at, keys[-1], forgotten=True))
                gone += self._database.write_what_can_wait(_forget, rule, keys, before=before, now=now)
                self._database.give_way()
        except Unavailable as refusal:
            log.warning("forgetting.waits", what=rule.what, why=refusal.title)
            failed = True
        except Exception:
            log.exception("forgetting.failed", what=rule.what)
            failed = True
        return Finding(rule, age, Count(gone), failed)

    def _found(self, rule: Rule, before: datetime) -> Iterator[Sequence[Any]]:
        """What is due, some at a time, until nothing is; what comes twice cannot be forgotten and ends it."""
        last: Sequence[Any] = ()
        while (keys := self._database.read(_find, rule, before)) and keys != last:
            yield keys
            last = keys


def _age(keeping: Keeping, rule: Rule) -> timedelta | None:
    return None if rule.dated else keeping.age(rule.key)


def _find(session: Session, rule: Rule, before: datetime) -> Sequence[Any]:
    return rule.things.find(session, before, spared(session, before=before), rule.batch)


def _forget(session: Session, rule: Rule, keys: Sequence[Any], *, before: datetime, now: datetime) -> int:
    """One batch and its audit line, which tells of numbers alone."""
    take_turns(session)
    alone = spared(session, before=before)
    gone = rule.things.forget(session, keys, before=before, spared=alone, now=now)
    if gone:
        audit.record(
            session,
            "data.forgotten",
            actor=None,
            about="keeping",
            about_id=rule.key,
            at=now,
            what=rule.what,
            number=gone,
        )
    return gone
