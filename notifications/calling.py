"""Climb what is due and tell the officers who were asked, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backend.dispatch.escalating import climb_due
from notifications.relaying import Relayed, relay

#: Cases that are called in a tap's own commit at most: its answer waits for them.
ALONG = 8


@dataclass(frozen=True, slots=True)
class Called:
    """What one look at the ladders did: cases climbed, what was posted, and when the next case is due."""

    cases: int
    relayed: Relayed
    next_due_at: datetime | None


def call(session: Session, *, now: datetime, most: int = 16) -> Called:
    """
    Ask, and put the question into the officers' streams before the commit.

    Climbing and relaying stay two things; done together the offers are out one
    commit sooner. Whatever else waits is relayed by its own round, and what is
    due behind `most` cases is called by the next call.
    """
    climbed = climb_due(session, now=now, most=most)
    relayed = relay(session, now=now) if climbed.cases else Relayed()
    return Called(climbed.cases, relayed, climbed.next_due_at)
