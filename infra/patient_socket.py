"""A bare socket for those who have the time."""

from typing import Any

from gevent.socket import wait_read, wait_write


class PatientSocket:
    """
    `recv` and `send` that wait in their greenlet, as gevent's own socket does.

    Made where somebody waits: gevent's would be seven objects for as long as the connection lives.
    """

    __slots__ = ("_socket",)

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    def recv(self, most: int) -> bytes:
        while True:
            try:
                return bytes(self._socket.recv(most))
            except BlockingIOError:
                wait_read(self._socket.fileno())

    def send(self, data: memoryview) -> int:
        while True:
            try:
                return int(self._socket.send(data))
            except BlockingIOError:
                wait_write(self._socket.fileno())
