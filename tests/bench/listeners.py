"""Thousands of handsets of one server, in one process of C: opened, armed, and asked when they were told."""

import select
import subprocess
from pathlib import Path
from typing import NamedTuple

SOURCES = Path(__file__).parent
#: A server that takes so long for one step is stuck.
LONGEST_S = 240.0


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
        """So many in all are connected, and have been let in."""
        self._say(f"open {number}")
        if self._line() != f"open {number}":
            raise RuntimeError("they were not all let in")

    def arm(self) -> None:
        """What comes from now on is counted."""
        self._say("arm")
        if self._line() != "armed":
            raise RuntimeError("what was broadcast before has not come yet")

    def told(self) -> Told:
        """Once the last of them has been told."""
        _, *numbers = self._line().split()
        return Told(*map(int, numbers))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()

    def _say(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words.encode() + b"\n")
        self.process.stdin.flush()

    def _line(self) -> str:
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], LONGEST_S)[0]:
            raise TimeoutError("not everybody was told")
        return self.process.stdout.readline().decode().strip()
