"""A responder: an officer as dispatch sees them, and whether a call would reach them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.kernel.vocabulary import DutyState

#: A position older than this no longer says where an officer is.
STALE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Responder:
    """
    An officer as dispatch sees them.

    `reachable`: a socket is open, a push target stands, or a request came in
    the last ten minutes. `skills` are those valid today.
    """

    id: UUID
    name: str
    site: str | None
    teams: frozenset[str]
    skills: frozenset[str]
    state: DutyState
    on_duty: bool
    reachable: bool
    recall: bool
    mobile: str | None
    exercise: bool
    since: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    position_at: datetime | None = None

    def fresh(self, *, now: datetime) -> bool:
        """Whether the position still says where the officer is."""
        return self.position_at is not None and now - self.position_at <= STALE
