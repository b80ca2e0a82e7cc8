"""What one process knows of itself: its sockets, its rounds, its disk, and since when it runs."""

import resource
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.kernel.room import Room
from backend.kernel.vocabulary import Face

#: Free room is told in steps of 16 MiB, that a concern, which is an image at most, hardly ever passes.
FREE_STEP = 1 << 24


class ProcessFigures(Collector):
    """
    Nothing here asks a database.

    Neither processor time nor memory: they move with every request, those of
    reporters too, and what watches the machine tells of them as well as we could.
    """

    def __init__(self, open_sockets: Mapping[str, int], pulse: Callable[[], list[str]], room: Room) -> None:
        """`open_sockets` by face; `pulse` names the rounds that have stopped moving."""
        self._open_sockets = open_sockets
        self._pulse = pulse
        self._room = room
        self._started_at = time.time()

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("bluelight_build", "What runs here", value={"version": version("bluelight")})
        yield _gauge("started_timestamp_seconds", "When this process began", self._started_at)
        limit = float(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        yield _gauge("descriptors_limit", "How many files and sockets this process may have open", limit)
        sockets = GaugeMetricFamily("bluelight_sockets_open", "Open sockets by face", labels=["face"])
        for face in Face:
            sockets.add_metric([face.value], self._open_sockets.get(face.value, 0))
        yield sockets
        stuck = self._pulse()
        yield _gauge("rounds_stuck", "Rounds of this process that have stopped moving", len(stuck))
        named = GaugeMetricFamily("bluelight_round_stuck", "1 for each that has", labels=["round"])
        for name in stuck:
            named.add_metric([name], 1)
        yield named
        free = self._room.free_bytes()
        if free is not None:
            told = "Room on the data directory's disk beside the reserve"
            yield _gauge("disk_free_bytes", told, free // FREE_STEP * FREE_STEP)
            yield _gauge("disk_reserve_kept", "1 while the disk's reserve stands", self._room.is_kept())
            full = "1 while the disk is full and only calls for help are written"
            yield _gauge("disk_tight", full, self._room.is_tight())


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"bluelight_{name}", meaning, value=float(value))
