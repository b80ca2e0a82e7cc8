"""Keep the canary: start its process, start it again, end it with the server, and miss it when it is silent."""

import ipaddress
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import CANARY as TEAM
from backend.dispatch.missing import miss_canary
from backend.inbox import played_stream_store
from backend.kernel.database import Database
from backend.kernel.errors import Refusal, Unavailable
from backend.kernel.vocabulary import Role
from backend.people.player import CANARY, Player
from infra import exercise
from infra.canary.singing import Order
from infra.settings import PREFIX, Settings
from infra.watch import Round

#: So many presses may be missing before the control room is alarmed.
MISSED = 3

#: What a press leaves is kept this long: 1,440 cases a day prove nothing more after that.
KEPT = timedelta(days=1)
CLEARED_EVERY = timedelta(hours=1)

#: How long a process that was told to end may take.
ENDS_WITHIN_S = 5.0

PRESSER = Player(f"presser{CANARY}", "Canary")
ROBOT = Player(f"robot{CANARY}", "Canary's robot", frozenset({Role.OFFICER}), frozenset({TEAM}))

log = structlog.get_logger(__name__)


class Keeper:
    """One canary of one server; everything it does it does as a round."""

    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime], url: str) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._url = url
        self._process: subprocess.Popen[bytes] | None = None
        self._expected_since: datetime | None = None
        self._cleared_at: datetime | None = None
        self._ended = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def round(self) -> Round:
        return Round("canary", self.look, poll_s=min(10.0, self._settings.canary_seconds))

    def look(self) -> float | None:
        """See that it lives, miss it if it is silent, and clear away what it left long ago."""
        if self._ended or not self._database.read(_has_campus):
            return None
        now = self._clock()
        self._expected_since = self._expected_since or now
        patience = timedelta(seconds=MISSED * self._settings.canary_seconds)
        self._database.write(miss_canary, expected_since=self._expected_since, patience=patience, now=now)
        if self._process is None or self._process.poll() is not None:
            self._start()
        if self._cleared_at is None or now - self._cleared_at >= CLEARED_EVERY:
            self._cleared_at = now
            self._clear(now - KEPT)
        return None

    def end(self) -> None:
        """It ends with the server, at once: what it had open is closed by the next one."""
        self._ended = True
        self._let_go()

    def rest(self) -> None:
        """Another server keeps the canary now; this one may again, and expects nothing of the time between."""
        self._expected_since = None
        self._let_go()

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(OSError):
                process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(ENDS_WITHIN_S)
            if process.poll() is None:
                process.kill()
            if process.stdin:
                process.stdin.close()

    def _start(self) -> None:
        """Tokens go by the pipe: arguments and environment can be read by others on the machine."""
        if self._process is not None:
            log.warning("canary.died", status=self._process.returncode)
            if self._process.stdin:
                self._process.stdin.close()
        try:
            presser, robot = exercise.muster(self._database, [PRESSER, ROBOT], self._clock)
        except Refusal as refusal:
            log.warning("canary.not_started", why=refusal.kind)
            self._process = None
            return
        order = Order(
            url=self._url,
            presser=presser.token,
            robot=robot.token,
            every_s=self._settings.canary_seconds,
            position=self._database.read(_somewhere),
            deadman_url=self._settings.deadman_url,
            log_level=self._settings.log_level,
        )
        if self._ended:
            return
        # In a session of its own: a Ctrl-C at the terminal is the server's to answer.
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.canary"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
            process.stdin.flush()
        self._process = process
        log.info("canary.started", pid=process.pid)

    def _clear(self, before: datetime) -> None:
        players: list[UUID] = exercise.of_domain(self._database, CANARY)
        exercise.clear(self._database, players, self._clock, closed_before=before)
        self._database.write(played_stream_store.shorten, players, before=before)


def environment() -> dict[str, str]:
    """The server's own, without a setting or a secret of Bluelight's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def reached_at(host: str, port: int) -> str:
    """Where a process of this machine finds what listens on this address."""
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        address = ipaddress.ip_address("::1" if address.version == 6 else "127.0.0.1")
    return f"http://[{address}]:{port}" if address.version == 6 else f"http://{address}:{port}"


def _has_campus(session: Session) -> bool:
    """Before a campus is imported nobody's press is taken, and nothing need be proved."""
    try:
        campus_store.newest(session)
    except Unavailable:
        return False
    return True


def _somewhere(session: Session) -> dict[str, Any] | None:
    """A place on the campus, so that the press finds its zone like any other."""
    sites = campus_store.newest(session).sites
    if not sites:
        return None
    middle = sites[0].geometry.representative_point()
    return {"latitude": middle.y, "longitude": middle.x, "accuracy_m": 5.0}
