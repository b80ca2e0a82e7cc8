"""What passes between an HTTP connection, the WebSocket it becomes, and whom that belongs to."""

from typing import Any, Protocol

#: In the environ of every request: gives the connection away, and HTTP is over on it.
TAKE_OVER = "bluelight.take_over"


class Upgraded(Protocol):
    """What a connection became when HTTP ended on it."""

    def close(self, code: int) -> None: ...

    def cut(self) -> None: ...


class TakeOver(Protocol):
    """
    Ends HTTP on a connection for the one who asks, and who closes it from then on.

    Returns a bare socket, or gevent's where it is TLS; the bytes that came early,
    behind the request; and all that were upgraded and are not over, this one among them.
    """

    def __call__(self, upgraded: Upgraded) -> tuple[Any, bytes, set[Any]]: ...


class Session(Protocol):
    """Whom a WebSocket belongs to; each of these in a greenlet, which may wait, save `is_there`."""

    def begins(self, websocket: Any) -> None:
        """Frames may be sent."""

    def is_there(self) -> None:
        """It answered a ping. Never waits."""

    def hears(self, message: str | bytes) -> bool:
        """One whole message; False when none is wanted behind it. Raises ValueError for what is none."""
        ...

    def ends(self) -> None:
        """No frame is sent any more, and no message comes."""
