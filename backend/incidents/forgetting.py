"""How long it is kept where the people of closed cases were: on the track, on the case, in what was told of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.inbox import shelf_store as messages
from backend.incidents import shelf_store
from backend.kernel.retention import Count, Rule, Spared

KEY, SINCE = "case_positions_h", "the case was closed"
FORCED = "to its owner the case was over"

#: Cases that are asked about together: a store takes some thousands of values in a statement.
TOGETHER = 500

#: More than there are.
ALL = 1_000_000_000


class TellingMessages:
    """Messages that tell where the person of a closed case was: they stay, and no longer tell it."""

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        def how_many(spared: Spared) -> int:
            return sum(messages.telling_where_count(session, ids) for ids in _placed(session, before, spared))

        due = how_many(spared)
        return Count(due, how_many(Spared()) - due)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[UUID]:
        found = (messages.telling_where(session, ids, most=most) for ids in _placed(session, before, spared))
        return next(filter(None, found), ())

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        return messages.take_out_positions(session, keys, but_not=spared.cases)


class LastPositions:
    """The position on the case itself; the last to go, so that a case is looked at until all others are gone."""

    count = staticmethod(shelf_store.PLACED.count)
    forget = staticmethod(shelf_store.PLACED.forget)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[UUID]:
        found: list[UUID] = []
        for ids in _placed(session, before, spared):
            unready = shelf_store.with_tracks(session, ids) | messages.told_of(session, ids)
            found += [id_ for id_ in ids if id_ not in unready]
            if len(found) >= most:
                break
        return found[:most]


class TellingForced:
    """Messages that tell owners where they were in cases which to them are over, and which go on under duress."""

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        return Count(len(self.find(session, before, spared, ALL)))

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[UUID]:
        # What is told of a case that is closed by now goes with all else of that case.
        closed = set(shelf_store.PLACED.find(session, before, Spared(), ALL))
        forced = [id_ for id_ in shelf_store.FACES.find(session, before, spared, ALL) if id_ not in closed]
        cases = shelf_store.owners_of(session, forced)
        found = (messages.telling_one_where(session, owner_id, case_id) for case_id, owner_id in cases)
        return [id_ for ids in found for id_ in ids][:most]

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        return messages.take_out_positions(session, keys)


def _placed(session: Session, before: datetime, spared: Spared) -> Iterator[Sequence[UUID]]:
    """The closed cases of which a position is left, some at a time."""
    all_of_them = shelf_store.PLACED.find(session, before, spared, ALL)
    return (all_of_them[first : first + TOGETHER] for first in range(0, len(all_of_them), TOGETHER))


CHECK_INS = Rule("check-ins", "check_ins_ended_days", "they were closed", ("check_ins",), shelf_store.CHECK_INS)

#: In this order.
RULES = (
    Rule("positions told of cases called off under duress", KEY, FORCED, ("messages",), TellingForced(), batch=100),
    Rule("positions of cases called off under duress", KEY, FORCED, ("faces",), shelf_store.FACES),
    Rule("positions told of closed cases", KEY, SINCE, ("messages",), TellingMessages(), batch=100),
    Rule("tracks of closed cases", KEY, SINCE, ("fixes",), shelf_store.TRACKS),
    Rule("last positions of closed cases", KEY, SINCE, ("incidents",), LastPositions()),
)
