"""Thousands of handsets cut at one instant, and back: all are served again, and presses in between are answered."""

import resource
import select
import shutil
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.listening import App
from tests.faults.run.rows import Row
from tests.faults.run.served import on_sqlite
from tests.phone import LIBRARY, Phone
from tests.roster_crowd import enrol_crowd, store_of
from tests.server import demo_data

#: All are back within a minute, and one in a thousand may be dropped a second time (reliability.md, F18).
BACK_S, DROPPED = 60.0, 0.001

#: Ours: whoever presses while thousands of sockets close at once, and open again, waits no longer.
PRESS_S = 3.0

#: Descriptors that are not a handset's.
OTHERS = 500

#: So many connect at the same moment: a handset that is cut does not wait for the others.
AT_ONCE = 32


class Herd:
    """Open apps that answer pings; `dropped` counts those on whom the server has hung up."""

    def __init__(self, port: int, tokens: Sequence[str]) -> None:
        self.dropped = 0
        self._apps: dict[int, App] = {}
        self._poll = select.epoll()
        self._ended = threading.Event()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        with ThreadPoolExecutor(AT_ONCE) as all_of_them:
            list(all_of_them.map(lambda token: self._add(App(port, token)), tokens))

    @property
    def size(self) -> int:
        return len(self._apps)

    def cut(self) -> None:
        """All connections are gone at once; nothing is said."""
        self._ended.set()
        self._reader.join(10)
        for app in self._apps.values():
            app.socket.close()
        self._poll.close()

    def _add(self, app: App) -> None:
        self._apps[app.fileno()] = app
        self._poll.register(app.fileno(), select.EPOLLIN)

    def _listen(self) -> None:
        while not self._ended.is_set():
            for number, _ in self._poll.poll(0.2):
                try:
                    self._apps[number].take()
                except OSError:
                    self._poll.unregister(number)
                    self.dropped += 1


def cut_and_back(folder: Path, *, handsets: int) -> Row:
    """Every socket is closed at once; each handset opens another, and whoever presses meanwhile is answered."""
    handsets = min(handsets, _descriptors() - OTHERS)
    made, _ = demo_data()
    shutil.copytree(made, folder)
    with store_of(folder) as database:
        tokens = enrol_crowd(database, handsets, phones=0, dead=0, signed_in=handsets).tokens
    with on_sqlite(folder) as server:
        server.tokens = dict(demo_data()[1])
        officer, student = Phone(server, "officer1"), Phone(server, "student1")
        officer.goes_on_duty(at=LIBRARY)
        officer.connects()
        Herd(server.port, tokens).cut()
        since = time.monotonic()
        waits: list[float] = []
        lost: list[str] = []
        all_back = threading.Event()

        def presses() -> None:
            while not all_back.is_set():
                began = time.monotonic()
                try:
                    status, case = student.taps("emergency")
                except OSError as fault:
                    lost.append(f"a press was not answered: {type(fault).__name__}")
                    continue
                waits.append(time.monotonic() - began)
                if status not in (200, 201):
                    lost.append(f"a press was answered {status}")
                student.cancels(case["id"])

        presser = threading.Thread(target=presses)
        presser.start()
        again = Herd(server.port, tokens)
        back = time.monotonic() - since
        all_back.set()
        presser.join(30)
        _, case = Phone(server, "student2").taps("emergency")
        officer.is_asked_about(case["id"], 10)
        time.sleep(3)
        if again.size < handsets or again.dropped > handsets * DROPPED:
            lost.append(f"{again.size} of {handsets} are back, {again.dropped} were dropped a second time")
        again.cut()
    slowest = max(waits, default=float("inf"))
    told = f"{len(waits)} presses meanwhile, the slowest answered in {slowest:.2f} s"
    met = not lost and back <= BACK_S and slowest <= PRESS_S
    promise = f"all back within {BACK_S:.0f} s, each press answered within {PRESS_S:.0f} s"
    return Row(f"{handsets:,} handsets cut and back at once", told, promise, met, f"{back:.1f} s", lost)


def _descriptors() -> int:
    """As many as this machine allows a process; the server is started by one that has the same."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
