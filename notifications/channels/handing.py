"""How something leaves for open sockets: to one, or the same to many."""

from collections.abc import Collection
from typing import Any, Protocol

from backend.kernel.rooms import CONSOLE, HANDSET
from notifications.channels.connection import Connection


class Emit(Protocol):
    """Puts one event on one socket; never blocks."""

    def __call__(self, event: str, data: dict[str, Any], *, sid: str, namespace: str) -> None: ...


class Hand(Protocol):
    """Hands a payload that is ready to everybody in a room, or to these sids; the one seam of all that goes to many."""

    def __call__(self, event: str, data: dict[str, Any], *, room: str | list[str], namespace: str) -> None: ...


def hand_to(hand: Hand, connections: Collection[Connection], event: str, data: dict[str, Any]) -> None:
    """The same to all of these, encoded once a face."""
    for namespace in (CONSOLE, HANDSET):
        sids = [one.sid for one in connections if one.namespace == namespace]
        if sids:
            hand(event, data, room=sids, namespace=namespace)
