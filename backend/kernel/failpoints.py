"""Named places at which a test may kill the process, so that every gap between two side effects is tried."""

import os

_armed: dict[str, int] = {}

#: As the kernel reports a process ended by SIGKILL: nothing runs afterwards, no buffer is flushed.
KILLED = 137


def arm(spec: str) -> None:
    """
    Die at the n-th passing of a point.

    `spec` is `name` or `name:n` (from 1), several joined with commas.
    """
    for part in filter(None, spec.split(",")):
        name, _, hits = part.partition(":")
        _armed[name] = int(hits or 1)


def reach(name: str) -> None:
    """Pass this point; costs one empty-dictionary test when nothing is armed."""
    if not _armed or name not in _armed:
        return
    _armed[name] -= 1
    if _armed[name] <= 0:
        os._exit(KILLED)
