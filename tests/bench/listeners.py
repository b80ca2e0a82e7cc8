"""Thousands of handsets of one server, in one process of C: opened, armed, and asked when they were told."""

import select
import subprocess
from pathlib import Path
from typing import NamedTuple

SOURCES = Path(__file__).parent
#: A server that takes so long to let some thousands in, or to tell them, is stuck.
OPENED_S, TOLD_S = 150.0, 30.0


class CannotGoOn(RuntimeError):
    """This server does not hold so many; there is nothing to measure."""


class Told(NamedTuple):
    """When a broadcast came, on the clock that the server's own stamps are of: nanoseconds."""

    number: int
    first: int
    middle: int
    p99: int
    last: int


def compiled(source: Path, folder: Path) -> Path:
    """The program that this C source makes."""
    program = folder / source.stem
    subprocess.run(["gcc", "-O2", "-o", str(program), str(source)], check=True)
    return program


class Listeners:
    """The handsets of one server; `raw` ones say nothing and are told frames all the same."""

    def __init__(self, program: Path, port: int, tokens: Path, *, raw: bool = False) -> None:
        words = [str(program), str(port), "raw" if raw else "socketio", str(tokens)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def open(self, number: int) -> None:
        """So many in all are connected, and have been let in. Raises CannotGoOn."""
        self._say(f"open {number}")
        if (said := self._line(OPENED_S)) != f"open {number}":
            raise CannotGoOn(f"of {number:,} handsets it hung up on one: {said}")

    def arm(self) -> None:
        """What comes from now on is counted."""
        self._say("arm")
        if self._line() != "armed":
            raise CannotGoOn("what was broadcast before has not come yet")

    def told(self) -> Told:
        """Once the last of them has been told. Raises CannotGoOn."""
        _, *numbers = self._line().split()
        return Told(*map(int, numbers))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()

    def _say(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words.encode() + b"\n")
        self.process.stdin.flush()

    def _line(self, within_s: float = TOLD_S) -> str:
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], within_s)[0]:
            raise CannotGoOn(f"not everybody was let in or told in {within_s:.0f} s")
        return self.process.stdout.readline().decode().strip()
