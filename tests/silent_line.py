"""A line to PostgreSQL that can fall silent: what is sent is taken and never arrives, and nobody is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class SilentLine:
    """Passes on what comes to its own port of loopback to a server's Unix socket; while silent it swallows it."""

    def __init__(self, to: Path) -> None:
        self._to = str(to)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.is_silent = False
        threading.Thread(target=self._accept, daemon=True).start()

    def falls_silent(self) -> None:
        """From now on no byte arrives in either direction, and no connection is reset."""
        self.is_silent = True

    def mends(self) -> None:
        """New connections pass; those that stood have lost what was swallowed and stay dead, as after a long cut."""
        self.is_silent = False

    def leads_to(self, to: Path) -> None:
        """New connections go there, as an address does that moves to another machine."""
        self._to = str(to)

    def close(self) -> None:
        with self._lock:
            ends = [*self._open, self._listener]
        for end in ends:
            _shut(end)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self._join(near)

    def _join(self, near: socket.socket) -> None:
        far = socket.socket(socket.AF_UNIX)
        # The server may be down: then it is the server who refuses, not this line that ends.
        try:
            far.connect(self._to)
        except OSError:
            _shut(near)
            return
        lost = threading.Event()
        if self.is_silent:
            lost.set()
        with self._lock:
            self._open |= {near, far}
        for ends in ((near, far), (far, near)):
            threading.Thread(target=self._pass_on, args=(*ends, lost), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while heard := near.recv(1 << 16):
                if self.is_silent:
                    lost.set()
                if not lost.is_set():
                    far.sendall(heard)
        for end in (near, far):
            _shut(end)
        with self._lock:
            self._open -= {near, far}


@contextmanager
def silent_line(to: Path) -> Iterator[SilentLine]:
    """A line to this Unix socket, whole at first."""
    line = SilentLine(to)
    try:
        yield line
    finally:
        line.close()


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        end.close()
