"""The parent's side of a sender: a child that is started, spoken to without stopping the hub, and started again."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

import gevent
import structlog
from gevent import os as cooperative
from gevent.event import AsyncResult
from gevent.queue import Queue

from backend.kernel.database import Threads
from infra.settings import PREFIX
from notifications.channels.push import Answer
from notifications.parcel import Outcome

log = structlog.get_logger(__name__)

#: A letter that has no answer by then is taken for not sent: longer than the sender's own waits, shorter than a lease.
DEADLINE_S = 9.0

#: Between a sender's death and the next one's birth: the first time, at most, and after how long a life from anew.
FIRST_S, LONGEST_S, LIVED_S = 0.2, 30.0, 60.0

#: A birth may take this long on a machine that is busy; what has not said a word by then is taken for frozen.
BIRTH_S = 60.0

#: Births in a row that came to nothing, after which the control room must know that nothing goes out.
HOPELESS = 3

CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long its parent waits for it; tests are less patient."""

    deadline_s: float = DEADLINE_S
    first_s: float = FIRST_S


class Told(Protocol):
    """A push or a letter: what can be told to a child in one line."""

    def line(self, number: int) -> bytes: ...


def command_of(module: str) -> tuple[str, ...]:
    """This Python, with the module of a child."""
    return (sys.executable, "-m", module)


class SenderProcess:
    """
    Carries what it is given to a child that sends it.

    There may be several, and none waits for another: a child that hangs holds
    up its own letters only. It is born with `start`, or with the first letter,
    which is then told to come again. When the child dies, what it had in hand is to be tried again. When this
    process ends, in whatever way, its pipe closes and the child ends.
    """

    def __init__(
        self,
        greeting: Mapping[str, Any],
        *,
        name: str,
        threads: Threads,
        command: Sequence[str],
        rhythm: Rhythm | None = None,
        hears: Callable[[bytes], tuple[int, Any]] = Answer.from_line,
    ) -> None:
        """
        `name` is what the log calls it, `hears` reads what it says of a line.

        `greeting` is the first line the child reads: secrets stand neither in
        its arguments nor its environment.
        """
        self.name = name
        self._greeting = json.dumps(greeting).encode() + b"\n"
        self._threads = threads
        self._command = tuple(command)
        self._rhythm = rhythm or Rhythm()
        self._hears = hears
        self._numbers = count(1)
        self._asked: dict[int, AsyncResult] = {}
        self._lines: Queue[bytes] = Queue()
        self._heard_at = self._born_at = 0.0
        self._stillborn = 0
        self._stopping = False
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper: gevent.Greenlet | None = None
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The child's, while there is one."""
        return self._child.pid if self._child is not None else None

    def start(self) -> None:
        self._keeper = gevent.spawn(self._keep)

    def stop(self, *, within_s: float = 2.0) -> None:
        """Let what is on its way come back, then let the child go; the rest is for the next start."""
        until = time.monotonic() + within_s
        while self._asked and time.monotonic() < until:
            gevent.sleep(0.02)
        self._stopping = True
        if self._keeper is not None:
            self._keeper.kill()
        self._bury()

    def carry(self, letters: Sequence[Told]) -> list[Answer]:
        """An answer for each within the deadline; lets the hub turn meanwhile."""
        return self.ask(letters)

    def ask(self, letters: Sequence[Told]) -> list[Any]:
        """The same for a child that says something else of a line: what it said, or an answer of ours in its stead."""
        if letters and self._keeper is None:
            self.start()
            return [UNBORN for _ in letters]
        if self._child is None:
            hopeless = self._stillborn >= HOPELESS
            none = Answer(Outcome.RETRY, "no sender", unwell=True, alarming=hopeless, tried=False)
            return [none for _ in letters]
        numbers = [next(self._numbers) for _ in letters]
        began = time.monotonic()
        for number, letter in zip(numbers, letters, strict=True):
            self._asked[number] = AsyncResult()
            # Since when it waits goes before it: what is not begun in time is not begun at all.
            self._lines.put(b"%.3f " % began + letter.line(number))
        gevent.wait([self._asked[number] for number in numbers], timeout=self._rhythm.deadline_s)
        answers = [self._answer(self._asked.pop(number)) for number in numbers]
        if letters and self._heard_at < began and all(answer is LATE for answer in answers):
            self._doubt()
        return answers

    def _answer(self, asked: AsyncResult) -> Answer:
        found: Answer = asked.get() if asked.ready() else LATE
        return found

    def _keep(self) -> None:
        wait = self._rhythm.first_s
        while not self._stopping:
            self._born_at = time.monotonic()
            try:
                self._live()
            except (OSError, ValueError, TypeError, KeyError):
                log.exception("sender.failed", sender=self.name)
            self._bury()
            heard = self._heard_at >= self._born_at
            self._stillborn = 0 if heard else self._stillborn + 1
            if heard and time.monotonic() - self._born_at > LIVED_S:
                wait = self._rhythm.first_s
            log.warning("sender.gone", sender=self.name, again_in_s=wait)
            gevent.sleep(wait)
            wait = min(LONGEST_S, wait * 2)
            self.restarts += 1

    def _live(self) -> None:
        """From its first breath to its last: a sender's life is over when its pipe is."""
        child = self._threads.call(self._bear)
        assert child.stdin is not None
        assert child.stdout is not None
        for pipe in (child.stdin, child.stdout):
            cooperative.make_nonblocking(pipe.fileno())
        self._lines = Queue()
        self._lines.put(self._greeting)
        self._child = child
        writer = gevent.spawn(self._write, child.stdin.fileno(), self._lines)
        try:
            self._read(child.stdout.fileno())
        finally:
            writer.kill()

    def _bear(self) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        pipe = subprocess.PIPE
        return subprocess.Popen(self._command, stdin=pipe, stdout=pipe, bufsize=0, env=environment)

    def _write(self, pipe: int, lines: "Queue[bytes]") -> None:
        for line in lines:
            rest = line
            # The end of the pipe is its reader's to find, who says what to do.
            with suppress(OSError):
                while rest:
                    rest = rest[cooperative.nb_write(pipe, rest) :]

    def _read(self, pipe: int) -> None:
        rest = b""
        while chunk := cooperative.nb_read(pipe, CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                number, answer = self._hears(line)
                self._heard_at = time.monotonic()
                if number in self._asked:
                    self._asked[number].set(answer)

    def _doubt(self) -> None:
        """It has said nothing to anybody for a whole deadline: unless it is still being born, it is ended."""
        is_being_born = self._heard_at < self._born_at and time.monotonic() - self._born_at < BIRTH_S
        if self._child is not None and not is_being_born:
            log.error("sender.frozen", sender=self.name, pid=self._child.pid)
            self._child.kill()

    def _bury(self) -> None:
        """Nothing of it is left; what it had in hand may have been sent or not."""
        child, self._child = self._child, None
        if child is not None:
            with suppress(OSError):
                child.kill()
            self._threads.call(child.wait)
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()
        for asked in self._asked.values():
            if not asked.ready():
                asked.set(Answer(Outcome.RETRY, "the sender died", unwell=True))


#: What is said of a letter whose answer did not come in time; the provider may have taken it.
LATE = Answer(Outcome.RETRY, "no answer in time", unwell=True)

#: What is said of the very first: its sender is being born.
UNBORN = Answer(Outcome.RETRY, "the sender is being started", tried=False)
