"""The sender of pushes by Google: a child of its own, which holds Google's client."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from infra.sending_child import Task, live
from notifications.channels.fcm import AT_ONCE, Fcm, Patience
from notifications.channels.push import Push


def set_up(greeting: dict[str, Any]) -> Callable[[bytes], Task]:
    """What each line is to be done with."""
    fcm = Fcm(greeting["account"], endpoint=greeting["endpoint"], patience=Patience(**greeting["patience"]))
    threads = ThreadPoolExecutor(AT_ONCE)

    def task_of(line: bytes) -> Task:
        number, push = Push.from_line(line)
        return Task(number, threads, partial(fcm.send, push))

    return task_of


if __name__ == "__main__":
    live(set_up)
