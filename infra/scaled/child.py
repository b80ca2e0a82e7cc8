"""One program that was started here and ends with us: by its own pid, and by the kernel if we are killed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from backend.kernel.errors import Unavailable

READY_WITHIN_S = 40.0

#: Has the kernel kill a child whose parent has died; where it is not (macOS), a launcher that is killed leaves some.
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")

LOOKS_EVERY_S = 0.05


class Process(Protocol):
    """What is asked of a process that was started here; `subprocess.Popen` is one."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def send_signal(self, sig: int) -> None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def kill(self) -> None: ...


class Child:
    """A program with its two streams in a file, which can be started again with the same words."""

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        folder: Path,
        *,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
        ends_by: signal.Signals = signal.SIGTERM,
        ends_within_s: float = 15.0,
    ) -> None:
        self.name = name
        self.folder = folder
        self.words = list(words)
        self.environment = dict(environment or {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"})
        self._user = user
        self._ends_by = ends_by
        self._ends_within_s = ends_within_s
        self.process: Process | None = None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def written(self) -> Path:
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        self.process = self.bear()

    def bear(self) -> Process:
        """A new process of this program."""
        with self.written.open("ab") as log:
            return subprocess.Popen(
                [*(DIES_WITH_US if shutil.which(DIES_WITH_US[0]) else ()), *self.words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                user=self._user,
                # Ctrl-C at the terminal is the launcher's to answer: it ends its children in their order.
                start_new_session=True,
            )

    def wait_until(self, is_ready: Callable[[], bool], within_s: float = READY_WITHIN_S) -> None:
        """Raises Unavailable with the end of what it wrote."""
        until = time.monotonic() + within_s
        while self.is_running and time.monotonic() < until:
            if is_ready():
                return
            time.sleep(LOOKS_EVERY_S)
        told = self.written.read_text(errors="replace")[-2000:]
        raise Unavailable(f"{self.name} did not start. It wrote: {told}")

    def ask_to_end(self) -> None:
        if self.process is not None and self.is_running:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(self._ends_by)

    def end(self) -> None:
        """Asked to first, then made to; returns when it is gone."""
        self.ask_to_end()
        if self.process is not None:
            try:
                self.process.wait(self._ends_within_s)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """As a power cut ends it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
