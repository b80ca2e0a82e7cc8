"""The sender of broadcasts to phones: a child of its own, which writes thousands of pushes in one thread."""

import json
import os
import sys
from collections import deque
from contextlib import suppress
from typing import Any

from infra import logs
from infra.sending_child import outlive_signals, own_output
from notifications.channels.fcm import Patience
from notifications.channels.fcm_crowd import FcmCrowd
from notifications.channels.sheaf import Sheaf, answers_line

#: As much of the pipe as is read at once.
CHUNK = 1 << 16


def live() -> None:
    """Read the greeting, then serve until the parent closes the pipe: by ending in whatever way."""
    outlive_signals()
    answers = own_output()
    lines = Lines(sys.stdin.fileno())
    while lines.is_open and not lines.whole:
        lines.read()
    # A parent that is killed reads nothing more.
    with suppress(BrokenPipeError):
        if lines.whole:
            crowd = _set_up(json.loads(lines.whole.popleft()))
            _tell(answers.fileno(), answers_line(0, []))
            _serve(crowd, lines, answers.fileno())
    # What it was given is rows, and tried again.
    os._exit(0)


class Lines:
    """A pipe that is read when there is something to read."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe
        self.is_open = True
        self.whole: deque[bytes] = deque()
        self._rest = b""

    def read(self) -> None:
        """Wait for more, and put the lines that are whole by now to the others."""
        part = os.read(self.pipe, CHUNK)
        self.is_open = bool(part)
        *whole, self._rest = (self._rest + part).split(b"\n")
        self.whole.extend(whole)


def _set_up(greeting: dict[str, Any]) -> FcmCrowd:
    logs.set_up(greeting["log_level"], pretty=False)
    return FcmCrowd(
        greeting["account"],
        endpoint=greeting["endpoint"],
        patience=Patience(**greeting["patience"]),
        per_second=greeting["per_second"],
    )


def _serve(crowd: FcmCrowd, lines: Lines, answers: int) -> None:
    while lines.is_open:
        while lines.whole:
            since, _, told = lines.whole.popleft().partition(b" ")
            number, sheaf = Sheaf.from_line(told)
            crowd.take(number, sheaf, since=float(since))
        for number, found in crowd.turn():
            _tell(answers, answers_line(number, found))
        if crowd.wait((lines.pipe,)):
            lines.read()


def _tell(pipe: int, line: bytes) -> None:
    while line:
        line = line[os.write(pipe, line) :]


if __name__ == "__main__":
    live()
