"""Servers in processes of their own: started, waited for, and ended by their pid."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.http_line import Line, request

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 60.0
STOPPED_WITHIN_S = 20.0


@contextmanager
def bluelight(data: Path) -> Iterator[int]:
    """The embedded form on this data directory, as `make run` starts it; its port."""
    program = Path(sys.executable).with_name("bluelight")
    port = free_port()
    with _serving([str(program), "run", "--demo", "--port", str(port), "--data", str(data)], data, port):
        yield port


@contextmanager
def on_postgres(data: Path, url: str) -> Iterator[int]:
    """The same doors and rounds on a PostgreSQL database; its port."""
    port = free_port()
    with _serving([sys.executable, "-m", "tests.bench.on_postgres", url, str(data), str(port)], data, port):
        yield port


@contextmanager
def no_store(scratch: Path) -> Iterator[int]:
    """The peer that keeps nothing; its port."""
    port = free_port()
    with _serving([sys.executable, "-m", "tests.bench.peers.no_store", str(port)], scratch, port):
        yield port


def free_port() -> int:
    """A port of the loopback that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def _serving(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{port}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=written, stderr=written, env=environment()
        )
    try:
        until_ready(process, port, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOPPED_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment() -> dict[str, str]:
    """This one without what would change the measurement."""
    # Settings of the caller would change what is measured; one line a tap in the log would too.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BLUELIGHT_", "PG"))}
    return {**kept, "BLUELIGHT_LOG_LEVEL": "warning"}


def until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until it can commit a tap; `log` is what is shown when it cannot."""
    give_up = time.monotonic() + READY_WITHIN_S
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError(f"the server on port {port} did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


def _is_ready(port: int) -> bool:
    try:
        line = Line(port)
    except OSError:
        return False
    line.send(request("GET", "/readyz"))
    answer = None
    while answer is None:
        answer = line.take()
    line.close()
    return answer.status == 200
