"""The sender of pushes, a process of its own: lines in, lines out, and never the database."""

import json
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

from infra import logs
from notifications.channels.fcm import AT_ONCE, Fcm, Patience
from notifications.channels.push import Answer, Push
from notifications.parcel import Outcome

#: The first line back: whatever the parent sends from now on is answered.
READY = Answer(Outcome.SENT, "ready").line(0)


def main() -> None:
    """Read the greeting and then pushes, until the parent closes the pipe: by ending in whatever way."""
    # They go to the whole process group: the parent ends in order, and closes the pipe when it has.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    answers = _own_output()
    greeting = json.loads(sys.stdin.buffer.readline() or b"null")
    if greeting is not None:
        logs.set_up(greeting["log_level"], pretty=False)
        _serve(_fcm(greeting), sys.stdin.buffer, answers)
    # Threads that hang on the provider would hold up an orderly end; their pushes are rows, and tried again.
    os._exit(0)


def _fcm(greeting: dict[str, Any]) -> Fcm:
    return Fcm(greeting["account"], endpoint=greeting["endpoint"], patience=Patience(**greeting["patience"]))


def _serve(fcm: Fcm, pushes: BinaryIO, answers: BinaryIO) -> None:
    turn = threading.Lock()

    def send(line: bytes) -> None:
        number, push = Push.from_line(line)
        answer = fcm.send(push)
        with turn:
            answers.write(answer.line(number))
            answers.flush()

    threads = ThreadPoolExecutor(AT_ONCE)
    answers.write(READY)
    answers.flush()
    for line in pushes:
        threads.submit(send, line)


def _own_output() -> BinaryIO:
    """The pipe to the parent, kept from whatever a library may print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


if __name__ == "__main__":
    main()
