"""Sockets without a wire: nothing is put anywhere and nothing is read, save what a test says."""

from typing import Any

from notifications.channels.sockets import Sockets


def wireless(**parts: Any) -> Sockets:
    """What begins beside is done at once; `parts` are the ends that this test watches."""
    silent: dict[str, Any] = {
        "emit": lambda event, data, *, sid, namespace: None,
        "hand": lambda event, data, *, room, namespace: None,
        "spawn": lambda work: work(),
        "read_since": lambda recipient, after: [],
        "close": lambda sid, namespace: None,
        "read_air": lambda person_id, exercise, watches: [],
    }
    return Sockets(**{**silent, **parts})
