"""One broadcast as it is shown, version by version."""

from typing import Any
from uuid import UUID

from notifications.airing import Airing

BROADCAST = UUID(int=1)


def airing(version: int, *, ended: bool = False, **more: Any) -> Airing:
    """This version, everybody's unless said otherwise."""
    told = {"exercise": False, "is_everyones": True, "data": {"version": version, "ended": ended}, **more}
    return Airing(BROADCAST, version, 4 * version + 2 * ended + 1, ended=ended, **told)
