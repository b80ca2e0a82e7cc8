"""The scaled form as tests see it: every process of it real, begun on a folder of its own, ended by its pid."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from infra import processes
from infra.scaled.child import Child
from infra.scaled.machine import Machine, Wanted
from infra.wiring import open_database, utc_now
from tests.phone import Phone
from tests.server import FORKS, Closes, free_port, live


class Forked:
    """A process of the fork server, as `subprocess.Popen` would have it."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, sig: int) -> None:
        if self._process.is_alive():
            os.kill(self.pid, sig)

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("bluelight", timeout or 0)
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()


class ForkedChild(Child):
    """One that need not import everything: a process that has done so is forked."""

    def bear(self) -> Forked:
        return Forked(FORKS.Process(target=live, args=(self.words[1:], self.environment, self.written)))


class OffClock(ForkedChild):
    """One whose machine is five seconds ahead if its name ends in an odd number, and five behind if it does not."""

    OFF_S = 5.0

    def bear(self) -> Forked:
        off_s = self.OFF_S if int(self.name[-1]) % 2 else -self.OFF_S
        return Forked(FORKS.Process(target=live_off, args=(off_s, self.words[1:], self.environment, self.written)))


def live_off(off_s: float, words: Sequence[str], environment: Mapping[str, str], written: Path) -> None:
    """The whole life of a process on a machine whose clock is wrong by so much."""
    processes.utc_now = lambda: utc_now() + timedelta(seconds=off_s)  # type: ignore[attr-defined]
    live(words, environment, written)


@dataclass
class Door:
    """One way in, as a phone sees a server: nginx's, or that of one web process."""

    url: str
    tokens: dict[str, str] = field(default_factory=dict)
    clients: list[Closes] = field(default_factory=list)


class ScaledForm:
    """A machine that runs, its doors, and whoever is signed in there."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.tokens: dict[str, str] = {}
        self.clients: list[Closes] = []
        self.front = self._door(machine.url)
        self.doors = [self._door(machine.url_of(web)) for web in machine.webs]

    def phone(self, name: str, door: Door | None = None, *, face: str = "handset") -> Phone:
        """Somebody's device at this door, signed in once however many they have."""
        phone = Phone(door or self.front, name, face=face)
        if name not in self.tokens:
            phone.sign_in()
            assert phone.token is not None
            self.tokens[name] = phone.token
        phone.token = self.tokens[name]
        return phone

    @contextmanager
    def store(self) -> Iterator[Database]:
        """The database, beside the processes."""
        database = open_database(self.machine.settings, PlainThreads(), lambda _: None)
        try:
            yield database
        finally:
            database.close()

    def restart(self, child: Child) -> None:
        """Another process in its place; the one before is killed if it still runs."""
        child.kill()
        child.start()
        if child in (*self.machine.webs, *self.machine.workers):
            self.machine.wait_for(child)

    def written(self) -> str:
        """The end of what each process wrote."""
        found = self.machine.wanted.folder.glob("*.log")
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')[-1500:]}" for file in sorted(found))

    def _door(self, url: str) -> Door:
        return Door(url, self.tokens, self.clients)


@contextmanager
def scaled_form(
    *, webs: int = 2, workers: int = 2, more: dict[str, str] | None = None, kind: type[Child] = ForkedChild
) -> Iterator[ScaledForm]:
    """Everything up and answering; everything gone at the end, whatever happened."""
    # Not pytest's own folder: the server of the database runs as somebody else, who may not go in there.
    folder = Path(tempfile.mkdtemp(prefix="bluelight-scaled-"))
    folder.chmod(0o711)
    machine = Machine(Wanted(folder, "127.0.0.1", free_port(), webs, workers, more, in_a_hurry=True, kind=kind))
    form = None
    try:
        machine.begin()
        form = ScaledForm(machine)
        yield form
    finally:
        for client in form.clients if form is not None else ():
            client.close()
        machine.end()
        shutil.rmtree(folder, ignore_errors=True)
