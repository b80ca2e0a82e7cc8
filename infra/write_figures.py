"""How long writes take in this process, and how many wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from prometheus_client import Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

#: Seconds from the queue to the commit.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)

#: What reporters and advisers write is not counted at all: a figure that moves tells the minute.
UNCOUNTED = ("backend.concerns", "backend.casework", "mobile_api.anonymous")


class WriteFigures(Collector):
    """What a `Database` is `watched` by."""

    def __init__(self) -> None:
        self._seconds = Histogram(
            "bluelight_write_seconds", "From the queue to the commit of a write", registry=None, buckets=BUCKETS
        )
        self._lock = Lock()
        self._waiting = 0

    @contextmanager
    def watch(self, module: str) -> Iterator[None]:
        """Around one write of a use case of this module, whichever way it ends."""
        if module.startswith(UNCOUNTED):
            yield
            return
        began = time.perf_counter()
        self._move(1)
        try:
            yield
        finally:
            self._move(-1)
            self._seconds.observe(time.perf_counter() - began)

    def collect(self) -> Iterator[Metric]:
        yield from self._seconds.collect()
        yield GaugeMetricFamily("bluelight_writes_waiting", "Writes queued and not yet committed", value=self._waiting)

    def _move(self, by: int) -> None:
        with self._lock:
            self._waiting += by
