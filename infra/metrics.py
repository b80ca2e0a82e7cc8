"""The figures of this process: counted as they happen, measured when somebody asks."""

import time
from dataclasses import dataclass
from datetime import datetime
from math import nan

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.broadcasts import broadcast_store
from backend.incidents import incident_store, played_case_store
from backend.incidents.played_case_store import Flight
from backend.kernel import outbox
from backend.kernel.database import Database
from backend.kernel.vocabulary import Lane
from mobile_api.anonymous.scrubbing import ANONYMOUS
from notifications import delivery_store, wave_store
from notifications.wave_store import Waiting

#: Seconds; a tap that takes longer than the last of these is an outage.
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

#: Free room is told in steps of 16 MiB.
FREE_STEP = 1 << 24

#: Where the application keeps it, for what is measured elsewhere.
REGISTRY = "metrics"


@dataclass(frozen=True, slots=True)
class Figures:
    """What the database says of itself at one moment."""

    waiting: dict[int, datetime]
    due: dict[int, datetime]
    dead: int
    alarms: int
    open_cases: int
    flight: Flight | None
    fallen: int
    waves: Waiting
    rolls: int


class Metrics:
    """
    One registry a process: each process has its own `/metrics`.

    Labels are routes and lanes, never people, places or cases.
    """

    def __init__(self, app: Flask) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "bluelight_requests", "Requests by door and status", ["door", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "bluelight_request_seconds", "How long a door took", ["door"], registry=self.registry, buckets=BUCKETS
        )
        self.oldest_event = self._gauge("outbox_oldest_seconds", "Age of the oldest event not yet told", ["lane"])
        self.oldest_due = self._gauge("deliveries_oldest_due_seconds", "Age of the longest-due delivery", ["lane"])
        self.oldest_wave = self._gauge("waves_oldest_due_seconds", "Age of the longest-due wave of a broadcast")
        self.waves = self._gauge("waves_waiting", "Waves of broadcasts that are not done, due or not")
        self.rolls = self._gauge("broadcasts_rolls_waiting", "Broadcasts of which not everybody is on the roll yet")
        self.dead = self._gauge("dead_letters", "Deliveries that were given up")
        self.alarms = self._gauge("alarms_standing", "Alarms nobody has taken")
        self.open_cases = self._gauge("incidents_open", "Open cases")
        self.free = self._gauge("disk_free_bytes", "Room on the data directory's disk beside the reserve")
        self.reserve = self._gauge("disk_reserve_kept", "1 while the disk's reserve stands")
        self.tight = self._gauge("disk_tight", "1 while the disk is full and only calls for help are written")
        app.extensions[REGISTRY] = self.registry
        self.canary_age = self._gauge("canary_last_success_age_seconds", "Since the test press last came through")
        self.canary_trip = self._gauge("canary_round_trip_seconds", "From the last test press to the end of its case")
        self.canary_fallen = self._gauge("canary_failures", "Test presses of the last day that did not come through")
        app.before_request(self._begin)
        app.after_request(self._count)

    def measure(self, database: Database, *, now: datetime) -> None:
        """Bring what the database knows up to date."""
        figures = database.read(figures_of)
        for gauge, oldest in ((self.oldest_event, figures.waiting), (self.oldest_due, figures.due)):
            for lane in Lane:
                since = oldest.get(lane)
                gauge.labels(lane.name.lower()).set(max(0.0, (now - since).total_seconds()) if since else 0)
        since = figures.waves.oldest_due_at
        self.oldest_wave.set(max(0.0, (now - since).total_seconds()) if since else 0)
        self.waves.set(figures.waves.waves)
        self.rolls.set(figures.rolls)
        self.dead.set(figures.dead)
        self.alarms.set(figures.alarms)
        self.open_cases.set(figures.open_cases)
        free = database.room.free_bytes()
        if free is not None:
            # In steps that a concern, which is an image at most, hardly ever passes.
            self.free.set(free // FREE_STEP * FREE_STEP)
            self.reserve.set(database.room.is_kept())
            self.tight.set(database.room.is_tight())
        flight = figures.flight
        # Not a number, rather than nought, where no canary has ever sung.
        self.canary_age.set((now - flight.closed_at).total_seconds() if flight else nan)
        self.canary_trip.set((flight.closed_at - flight.received_at).total_seconds() if flight else nan)
        self.canary_fallen.set(figures.fallen)

    def _gauge(self, name: str, meaning: str, labels: list[str] | None = None) -> Gauge:
        return Gauge(f"bluelight_{name}", meaning, labels or [], registry=self.registry)

    def _begin(self) -> None:
        g.begun = time.perf_counter()

    def _count(self, response: Response) -> Response:
        if ANONYMOUS in request.environ:
            # A figure that moves tells the minute of whoever moved it.
            return response
        door = request.endpoint or "none"
        self.requests.labels(door, str(response.status_code)).inc()
        if "begun" in g:
            self.seconds.labels(door).observe(time.perf_counter() - g.begun)
        return response


def figures_of(session: Session) -> Figures:
    return Figures(
        waiting=outbox.oldest_waiting(session),
        due=delivery_store.oldest_due(session),
        dead=delivery_store.dead_count(session),
        alarms=len(alarm_store.standing(session)),
        open_cases=len(incident_store.open_cases(session)),
        flight=played_case_store.last_flight(session),
        fallen=played_case_store.failed_flights(session),
        waves=wave_store.waiting(session),
        rolls=broadcast_store.fanning_out_count(session),
    )


def can_commit(session: Session) -> None:
    """Take a real write transaction and change nothing: what readiness means."""
    outbox.touch(session)
