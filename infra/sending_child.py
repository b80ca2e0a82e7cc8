"""The life of a sender, a process of its own: lines in, lines out, and never the database."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, BinaryIO

from infra import logs
from notifications.channels.push import Answer
from notifications.parcel import Outcome

#: The first line back: whatever the parent sends from now on is answered.
READY = Answer(Outcome.SENT, "ready").line(0)

#: What has not begun this many seconds after it was handed over comes back untried: its parent will not wait for it.
STALE_S = 3.0
TOO_LATE = Answer(Outcome.RETRY, "its turn did not come in time", tried=False)


@dataclass(frozen=True, slots=True)
class Task:
    """A line as it was read: whose threads send it, and how."""

    number: int
    threads: Executor
    send: Callable[[], Answer]


def live(set_up: Callable[[dict[str, Any]], Callable[[bytes], Task]]) -> None:
    """Read the greeting, then serve until the parent closes the pipe: by ending in whatever way."""
    outlive_signals()
    answers = own_output()
    greeting = json.loads(sys.stdin.buffer.readline() or b"null")
    if greeting is not None:
        logs.set_up(greeting["log_level"], pretty=False)
        _serve(set_up(greeting), sys.stdin.buffer, answers)
    # Threads that hang on a provider would hold up an orderly end; their letters are rows, and tried again.
    os._exit(0)


def _serve(task_of: Callable[[bytes], Task], lines: BinaryIO, answers: BinaryIO) -> None:
    turn = threading.Lock()

    def work(task: Task, handed_at: float) -> None:
        answer = TOO_LATE if time.monotonic() - handed_at > STALE_S else _sent(task)
        with turn:
            answers.write(answer.line(task.number))
            answers.flush()

    answers.write(READY)
    answers.flush()
    for line in lines:
        handed_at, _, letter = line.partition(b" ")
        task = task_of(letter)
        task.threads.submit(work, task, float(handed_at))


def _sent(task: Task) -> Answer:
    try:
        return task.send()
    except Exception as fault:  # noqa: BLE001 - what nobody foresaw must not keep its parent waiting
        return Answer(Outcome.RETRY, f"unknown fault: {type(fault).__name__}", unwell=True, alarming=True)


def outlive_signals() -> None:
    """They go to the whole process group: the parent ends in order, and closes the pipe when it has."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def own_output() -> BinaryIO:
    """The pipe to the parent, kept from whatever a library may print."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers
