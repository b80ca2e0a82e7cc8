"""A real server process on a data directory of its own: started, killed, started again."""

import atexit
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

import requests

from infra.cli import bluelight
from infra.demo_keys import folder_of

ROOT = Path(__file__).parent.parent
BLUELIGHT = Path(sys.executable).parent / "bluelight"

#: The demonstration's password, as every start prints it.
PASSWORD = "bluelight-demo"

#: Nothing of the environment that starts the tests may set the server.
PREFIX = "BLUELIGHT_"

#: Data directories are copied here, and many of them are kept.
SMALL = {PREFIX + "RESERVE_MB": "1"}

START_S = 40

DEMO_PEOPLE = (
    *(f"student{number}" for number in range(1, 21)),
    *(f"officer{number}" for number in range(1, 7)),
    "controller1",
    "controller2",
    "auditor1",
)


#: Importing everything costs ten times what starting does: one process has done so, and every server is forked from it.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


class Closes(Protocol):
    """What a server ends with itself."""

    def close(self) -> None: ...


class Served(Protocol):
    """A way in, as a phone sees it: a server's own, or that of a proxy before several."""

    url: str
    tokens: dict[str, str]
    clients: list[Closes]


class Server:
    """
    `bluelight run` as it is seen from outside; the port and the data stay through restarts.

    `tokens` are sign-ins of the demo people that were made before the data was
    copied: a password is slow to check on purpose.
    """

    def __init__(
        self, data_dir: Path, port: int, *, demo: bool, tokens: Mapping[str, str], lan_port: int | None = None
    ) -> None:
        self.data_dir = data_dir
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.tokens = dict(tokens)
        self.clients: list[Closes] = []
        self._demo = demo
        self._lan = [] if lan_port is None else ["--lan", "--lan-port", str(lan_port)]
        self._written = data_dir / "server.log"
        #: What its process runs, and what it is told beside its words: another store has other ones.
        self.target = live
        self.told: Mapping[str, str] = {}
        self.process: BaseProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process.is_alive()

    def written(self) -> str:
        """All that this server, and those before it on the same data, wrote to its two streams."""
        return self._written.read_text(errors="replace")

    def figures(self) -> dict[str, float]:
        """What `/metrics` says, by name and labels as they are written there."""
        lines = requests.get(f"{self.url}/metrics", timeout=10).text.splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    def start(self, *, failpoints: str = "", env: Mapping[str, str] | None = None, wait: bool = True) -> None:
        """
        Start it, and wait until it can commit a tap.

        An armed server may die before that: then this returns, and `is_running` tells.
        """
        told = {
            **told_nothing(),
            PREFIX + "LOG_LEVEL": "warning",
            PREFIX + "FAILPOINTS": failpoints,
            **SMALL,
            **self.told,
            **(env or {}),
        }
        words = ["run", "--port", str(self.port), "--data", str(self.data_dir), *(["--demo"] if self._demo else [])]
        words += self._lan
        words.append("--canary" if PREFIX + "CANARY_SECONDS" in told else "--no-canary")
        self.process = FORKS.Process(target=self.target, args=(words, told, self._written))
        self.process.start()
        if wait:
            self.wait_until_ready(may_die=bool(failpoints))

    def wait_until_ready(self, *, within_s: float = START_S, may_die: bool = False) -> None:
        until = time.monotonic() + within_s
        while self.is_running and time.monotonic() < until:
            try:
                if requests.get(f"{self.url}/readyz", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        if self.is_running or not may_die:
            raise AssertionError(f"the server is not ready: {self.written()[-4000:]}")

    def kill(self) -> None:
        """As a power cut ends it: nothing runs afterwards."""
        self.process.kill()
        self.process.join(15)

    def stop(self) -> int | None:
        """Ask it to end; its exit status."""
        self.process.terminate()
        return self.wait_until_gone(20)

    def restart(self, *, failpoints: str = "", env: Mapping[str, str] | None = None) -> None:
        """Another process on the same data; the one before is killed if it still runs."""
        self.kill()
        self.start(failpoints=failpoints, env=env)

    def wait_until_gone(self, within_s: float = 10) -> int | None:
        """Its exit status (137 is what a reached failpoint gives), or None if it still runs by then."""
        self.process.join(within_s)
        return self.process.exitcode

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another `bluelight` command on the same data, beside the server."""
        command = [str(BLUELIGHT), "--data", str(self.data_dir), *words]
        return subprocess.run(command, cwd=ROOT, env=told_nothing(), capture_output=True, text=True, timeout=60)

    def audit_stands(self) -> str:
        """What `bluelight audit verify` says; fails when it does not stand."""
        told = self.command("audit", "verify")
        assert told.returncode == 0, told.stdout + told.stderr
        assert "The audit stands" in told.stdout
        return told.stdout


def live(words: Sequence[str], environment: Mapping[str, str], written: Path) -> None:
    """The whole life of a server, in its own process: `bluelight run`, with its two streams in a file."""
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    with written.open("ab") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    bluelight(words)


def told_nothing() -> dict[str, str]:
    """The environment without a setting of Bluelight's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


@contextmanager
def running_server(
    data_dir: Path,
    *,
    port: int | None = None,
    failpoints: str = "",
    demo: bool = True,
    env: Mapping[str, str] | None = None,
    lan_port: int | None = None,
) -> Iterator[Server]:
    """
    A server that can commit a tap; it is ended by its pid, and its clients with it.

    With `demo` and an empty directory it begins on a copy of the demonstration,
    everybody already signed in.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    tokens: Mapping[str, str] = {}
    if demo and not any(data_dir.iterdir()):
        made, tokens = demo_data()
        shutil.copytree(made, data_dir, dirs_exist_ok=True)
        shutil.copytree(folder_of(made), folder_of(data_dir), dirs_exist_ok=True)
    server = Server(data_dir, port or free_port(), demo=demo, tokens=tokens, lan_port=lan_port)
    server.start(failpoints=failpoints, env=env)
    try:
        yield server
    finally:
        for client in server.clients:
            client.close()
        server.kill()


@cache
def demo_data() -> tuple[Path, Mapping[str, str]]:
    """The demonstration's data as a first start makes it, and a token of each of its people; made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="bluelight-demo-"))
    for one in (folder, folder_of(folder)):
        atexit.register(shutil.rmtree, one, ignore_errors=True)
    server = Server(folder, free_port(), demo=True, tokens={})
    server.start()
    try:
        tokens = {name: sign_in(server, name)["access_token"] for name in DEMO_PEOPLE}
    finally:
        status = server.stop()
    assert status == 0, server.written()
    return folder, tokens


def sign_in(server: Served, name: str) -> dict[str, str]:
    """What a demo person's sign-in answers."""
    body = {"email": f"{name}@demo.example", "password": PASSWORD}
    answer = requests.post(f"{server.url}/v1/sign-in", json=body, timeout=20)
    assert answer.status_code == 200, answer.text
    welcome: dict[str, str] = answer.json()
    return welcome


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
