"""A line between a browser and the server that can be cut, for the page and for its service worker alike."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class CutLine:
    """Passes on what comes to its own port; while cut it resets whatever there is, as a lost network does."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.is_cut = False
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing gets through in either direction."""
        self.is_cut = True
        with self._lock:
            ends = list(self._open)
        for end in ends:
            _shut(end)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        _shut(self._listener)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.is_cut:
                    _shut(near)
                else:
                    self._join(near)

    def _join(self, near: socket.socket) -> None:
        far = socket.create_connection(self._to)
        with self._lock:
            self._open |= {near, far}
        for ends in ((near, far), (far, near)):
            threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while (heard := near.recv(1 << 16)) and not self.is_cut:
                far.sendall(heard)
        for end in (near, far):
            _shut(end)
        with self._lock:
            self._open -= {near, far}


@contextmanager
def cut_line(port: int) -> Iterator[CutLine]:
    """A line to this port of loopback, whole at first."""
    line = CutLine(port)
    try:
        yield line
    finally:
        line.close()


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        end.close()
