"""The figures of this process: counted as they happen, measured when somebody asks."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from sqlalchemy.orm import Session

from backend.kernel import outbox
from mobile_api.anonymous.scrubbing import ANONYMOUS

#: Seconds; a tap that takes longer than the last of these is an outage.
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

#: The door of a press, and the answers that mean it was not written down.
TAP = "taps.raise_tap"
NOBODY_SERVED = ("500", "503", "507")

#: Where the application keeps it, for what is measured elsewhere.
REGISTRY = "metrics"


class Metrics:
    """
    One registry a process: each process has its own `/metrics`.

    What else is measured registers its collector there (`infra.wiring`). Labels
    are doors and lanes, never people, places or cases.
    """

    def __init__(self, app: Flask) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "bluelight_requests", "Requests by door and status", ["door", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "bluelight_request_seconds", "How long a door took", ["door"], registry=self.registry, buckets=BUCKETS
        )
        for status in NOBODY_SERVED:
            # There before it happens: of a series that begins at one nobody can say that it rose.
            self.requests.labels(TAP, status)
        app.extensions[REGISTRY] = self.registry
        app.before_request(self._begin)
        app.after_request(self._count)

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


def can_commit(session: Session) -> None:
    """Take a real write transaction and change nothing: what readiness means."""
    outbox.touch(session)
