"""A network fails while a socket is being opened: nobody is taken for reachable who has gone by then."""

import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from infra.wiring import DATABASE_FILE
from tests.faults.raw_sockets import RawSocket
from tests.phone import eventually
from tests.server import Server, running_server, sign_in


@contextmanager
def store_held(server: Server) -> Iterator[None]:
    """Somebody else writes, and everybody waits."""
    other = sqlite.connect(server.data_dir / DATABASE_FILE, isolation_level=None, timeout=10)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def open_ones(server: Server) -> tuple[int, int]:
    """How many handsets' sockets the process holds open, and how many rows say so."""
    held = server.figures()['bluelight_sockets_open{face="handset"}']
    with closing(sqlite.connect(f"file:{server.data_dir / DATABASE_FILE}?mode=ro", uri=True, timeout=10)) as reading:
        (rows,) = reading.execute("SELECT count(*) FROM sockets").fetchone()
    return int(held), rows


def enters(raw: RawSocket, token: str) -> None:
    assert raw.text().startswith(b"0{")
    raw.send(f"40/handset,{json.dumps({'token': token})}".encode())


def test_a_socket_that_is_cut_while_the_store_is_waited_for_is_not_open(tmp_path: Path) -> None:
    """
    Its connection is gone before it is in: nothing is kept of it, and its person is not reachable by it.
    """
    with running_server(tmp_path / "data") as server:
        token = sign_in(server, "officer1")["access_token"]
        with store_held(server):
            for _ in range(3):
                with RawSocket(server.port) as raw:
                    enters(raw, token)
                    # So that it is taken, and waits for the store.
                    time.sleep(0.3)
        with RawSocket(server.port) as raw:
            enters(raw, token)
            # Written behind the others, so they have been: what is left of them would be left for good.
            assert raw.text().startswith(b"40/handset,")
            assert eventually(lambda: open_ones(server) == (1, 1)), open_ones(server)
        assert eventually(lambda: open_ones(server) == (0, 0)), open_ones(server)
