"""How long it takes from a press to the first officers: to their sockets, and to what their phones say they show."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from prometheus_client import Histogram
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from backend.dispatch import offer_store
from backend.inbox import inbox_store
from backend.inbox.message import Message
from backend.kernel.database import Database
from backend.kernel.errors import Refusal

#: Seconds; beyond the last of them a press has not reached anybody.
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300)

#: Between two looks this many are remembered, and the oldest are let go: a look costs no more than that.
MOST = 2_000

#: The two worlds, as labels: without the canary's the figures of a quiet night would be none at all.
REAL, EXERCISE = "real", "exercise"


@dataclass(frozen=True, slots=True)
class Asked:
    """One officer asked about a case that was received then."""

    incident_id: UUID
    received_at: datetime
    offered_at: datetime
    exercise: bool


class HotPath(Collector):
    """
    On the way itself two deques are appended to; everything else is done when somebody asks.

    Counted are the officers who were asked first. Whom the ladder asks a minute
    later is no slower, but later on purpose.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._put: deque[tuple[dict[str, Any], datetime]] = deque(maxlen=MOST)
        self._shown: deque[UUID] = deque(maxlen=MOST)
        self._to_socket = _histogram("tap_to_socket", "From a press received to the first offers on open sockets")
        self._to_screen = _histogram("tap_to_displayed", "From a press received to the first phones that show it")

    def put(self, message: Message) -> None:
        """This was just put on a socket that had all before it."""
        if message.type == "offer":
            self._put.append((message.data, self._clock()))

    def shown(self, message_ids: Iterable[UUID]) -> None:
        """Phones say that they show these."""
        self._shown.extend(message_ids)

    def collect(self) -> Iterator[Metric]:
        put, ids = _taken(self._put), _taken(self._shown)
        if put or ids:
            try:
                shown, first = self._database.read(_what_became, put, ids)
            except Refusal:
                # A store that does not answer is told of elsewhere; these wait for the next look.
                self._put.extendleft(reversed(put))
                self._shown.extendleft(reversed(ids))
            else:
                _observe(self._to_socket, put, first)
                _observe(self._to_screen, shown, first)
        yield from self._to_socket.collect()
        yield from self._to_screen.collect()


def _what_became(
    session: Session, put: list[tuple[dict[str, Any], datetime]], ids: list[UUID]
) -> tuple[list[tuple[dict[str, Any], datetime]], dict[UUID, datetime]]:
    """What was shown when, and when the first officers of all these cases were asked."""
    shown = inbox_store.shown_offers(session, ids) if ids else []
    cases = {asked.incident_id for data, _ in (*put, *shown) if (asked := _asked(data)) is not None}
    return shown, offer_store.first_asked(session, cases) if cases else {}


def _observe(histogram: Histogram, seen: list[tuple[dict[str, Any], datetime]], first: dict[UUID, datetime]) -> None:
    for data, at in seen:
        asked = _asked(data)
        if asked is not None and first.get(asked.incident_id) == asked.offered_at:
            # Clocks of two machines may differ by more than a fast way takes.
            seconds = max(0.0, (at - asked.received_at).total_seconds())
            histogram.labels(EXERCISE if asked.exercise else REAL).observe(seconds)


def _asked(data: dict[str, Any]) -> Asked | None:
    """What an offer says; None where a resync has left ids alone."""
    case = data.get("incident")
    if not isinstance(case, dict) or "offered_at" not in data:
        return None
    return Asked(
        UUID(case["id"]),
        datetime.fromisoformat(case["received_at"]),
        datetime.fromisoformat(data["offered_at"]),
        bool(case["exercise"]),
    )


def _taken(gathered: deque[Any]) -> list[Any]:
    """What was gathered until now, and taken away from there."""
    return [gathered.popleft() for _ in range(len(gathered))]


def _histogram(name: str, meaning: str) -> Histogram:
    found = Histogram(f"bluelight_{name}_seconds", meaning, ["world"], registry=None, buckets=BUCKETS)
    for world in (REAL, EXERCISE):
        # There from the first look on: a rate needs a nought to begin at.
        found.labels(world)
    return found
