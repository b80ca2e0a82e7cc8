"""What the kernel keeps for a time: events that were told, and the oldest lines of the audit log."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from backend.kernel import chaining, outbox
from backend.kernel.retention import Count, Rule, Spared


class OldLines:
    """
    The lines at the beginning of the audit's chain, in their order.

    A line about a case that is spared keeps all that follow it: a chain can only
    be shortened at its beginning.
    """

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        due = len(chaining.forgettable(session, before, _ids(spared)))
        return Count(due, len(chaining.forgettable(session, before, ())) - due)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[int]:
        return chaining.forgettable(session, before, _ids(spared))[:most]

    def forget(self, session: Session, keys: Sequence[int], *, before: datetime, spared: Spared, now: datetime) -> int:
        return chaining.shorten(session, keys[-1], before=before, spared=_ids(spared), now=now)


def _ids(spared: Spared) -> list[str]:
    return [str(case) for case in spared.cases]


#: Ids and words only, never what was said: they are kept for whoever looks into what went wrong.
TOLD = Rule("events that were told", "events_told_days", "they were told", ("outbox",), outbox.TOLD)
DEAD = Rule("events that could not be told", "cases_days", "they were given up", ("outbox",), outbox.DEAD)
LINES = Rule("lines of the audit log", "audit_days", "they were written", ("audit",), OldLines())
