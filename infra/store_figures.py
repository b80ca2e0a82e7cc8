"""What the database says of the service at one moment: read in one go when somebody asks, by indices alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import nan

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.broadcasts import broadcast_store
from backend.dispatch import offer_store
from backend.incidents import incident_store, played_case_store
from backend.incidents.played_case_store import Flight
from backend.kernel import chaining, outbox
from backend.kernel.database import Database
from backend.kernel.errors import Refusal
from backend.kernel.vocabulary import Lane
from backend.people import responder_store
from infra.backup.written_down import proved_at
from infra.hot_path import EXERCISE, REAL
from notifications import delivery_store, wave_store
from notifications.wave_store import Waiting

#: Unlinked lines are counted up to here: what is more is no better known by a number.
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Figures:
    """One reading."""

    waiting: dict[int, datetime]
    due: dict[int, datetime]
    waves: Waiting
    rolls: int
    offers: dict[bool, tuple[int, datetime]]
    dead: int
    untold: int
    alarms: tuple[int, datetime | None]
    open_cases: int
    on_duty: int
    unlinked: tuple[int, datetime | None]
    backup_at: datetime | None
    flight: Flight | None
    fallen: int


class StoreFigures(Collector):
    """
    Of several processes on one database one kind registers it: the figures are the same from each.

    A store that does not answer is a figure as well, and hides none of the process's own.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        now = self._clock()
        try:
            figures = self._database.read(figures_of, now=now)
        except Refusal:
            yield _gauge("store_answers", "1 when the database could be read", 0)
            return
        yield _gauge("store_answers", "1 when the database could be read", 1)
        yield from _lanes(figures, now)
        yield from _people(figures, now)
        yield from _proofs(figures, now)


def figures_of(session: Session, *, now: datetime) -> Figures:
    return Figures(
        waiting=outbox.oldest_waiting(session),
        due=delivery_store.oldest_due(session),
        waves=wave_store.waiting(session),
        rolls=broadcast_store.fanning_out_count(session),
        offers=offer_store.unanswered(session),
        dead=delivery_store.dead_count(session),
        untold=outbox.dead_count(session),
        alarms=alarm_store.untaken(session),
        open_cases=incident_store.open_count(session),
        on_duty=responder_store.on_duty_count(session, now=now),
        unlinked=chaining.unlinked(session, most=MOST_LINES),
        backup_at=proved_at(session),
        flight=played_case_store.last_flight(session),
        fallen=played_case_store.failed_flights(session),
    )


def _lanes(figures: Figures, now: datetime) -> Iterator[Metric]:
    """What waits to be told and carried."""
    yield _by_lane("outbox_oldest_seconds", "Age of the oldest event not yet told", figures.waiting, now)
    yield _by_lane("deliveries_oldest_due_seconds", "Age of the longest-due delivery", figures.due, now)
    oldest = _age(figures.waves.oldest_due_at, now, 0)
    yield _gauge("waves_oldest_due_seconds", "Age of the longest-due wave of a broadcast", oldest)
    yield _gauge("waves_waiting", "Waves of broadcasts that are not done, due or not", figures.waves.waves)
    yield _gauge("broadcasts_rolls_waiting", "Broadcasts of which not everybody is on the roll yet", figures.rolls)
    yield _gauge("dead_letters", "Deliveries that were given up", figures.dead)
    yield _gauge("events_untold", "Events that could not be told, and were given up", figures.untold)


def _people(figures: Figures, now: datetime) -> Iterator[Metric]:
    """Who has to answer: how many, and for how long; never who."""
    number = GaugeMetricFamily("bluelight_offers_unanswered", "Officers who are being asked", labels=["world"])
    age = GaugeMetricFamily(
        "bluelight_offers_unanswered_oldest_seconds", "Since when the longest is being asked", labels=["world"]
    )
    for world, exercise in ((REAL, False), (EXERCISE, True)):
        count, since = figures.offers.get(exercise, (0, None))
        number.add_metric([world], count)
        age.add_metric([world], _age(since, now, 0))
    yield number
    yield age
    standing, since = figures.alarms
    yield _gauge("alarms_standing", "Alarms nobody has taken", standing)
    yield _gauge("alarms_oldest_seconds", "Since when the oldest of them stands, exercises apart", _age(since, now, 0))
    yield _gauge("incidents_open", "Open cases", figures.open_cases)
    yield _gauge("officers_on_duty", "Officers on duty, exercises apart", figures.on_duty)


def _proofs(figures: Figures, now: datetime) -> Iterator[Metric]:
    """What shows that tomorrow will find everything as it is."""
    lines, since = figures.unlinked
    yield _gauge("audit_unlinked_lines", f"Audit lines not yet linked, up to {MOST_LINES:,}", lines)
    yield _gauge("audit_unlinked_oldest_seconds", "Age of the oldest of them", _age(since, now, 0))
    # Not a number, rather than nought, where no backup was ever proved and no canary has ever sung.
    yield _gauge("backup_age_seconds", "Since the newest good backup was proved", _age(figures.backup_at, now, nan))
    flight = figures.flight
    sang = _age(flight.closed_at if flight else None, now, nan)
    yield _gauge("canary_last_success_age_seconds", "Since the test press last came through", sang)
    trip = (flight.closed_at - flight.received_at).total_seconds() if flight else nan
    yield _gauge("canary_round_trip_seconds", "From the last test press to the end of its case", trip)
    yield _gauge("canary_failures", "Test presses of the last day that did not come through", figures.fallen)


def _by_lane(name: str, meaning: str, oldest: Mapping[int, datetime], now: datetime) -> Metric:
    found = GaugeMetricFamily(f"bluelight_{name}", meaning, labels=["lane"])
    for lane in Lane:
        found.add_metric([lane.name.lower()], _age(oldest.get(lane), now, 0))
    return found


def _age(since: datetime | None, now: datetime, otherwise: float) -> float:
    return otherwise if since is None else max(0.0, (now - since).total_seconds())


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"bluelight_{name}", meaning, value=value)
