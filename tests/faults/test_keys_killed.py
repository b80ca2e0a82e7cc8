"""The command that turns the key ring dies at any moment, beside a server that runs: everything still opens."""

import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from backend.kernel.threads import PlainThreads
from backend.people.sealed_store import pieces_by_key
from infra.keyring_file import KeyringFile
from infra.settings import Settings
from infra.wiring import open_database
from tests.phone import Phone
from tests.server import FORKS, Server, live, running_server, told_nothing

PEOPLE = 6
DEATHS = 4


def rotating(server: Server) -> BaseProcess:
    """`bluelight keys rotate` on the server's data, in a process of its own."""
    words = ["--data", str(server.data_dir), "keys", "rotate"]
    process = FORKS.Process(target=live, args=(words, told_nothing(), server.data_dir / "rotate.log"))
    process.start()
    return process


@pytest.mark.long
@pytest.mark.timeout(180)
def test_every_profile_opens_however_a_rotation_dies(tmp_path: Path) -> None:
    """
    Killed while it starts, draws, wraps or ends; the server goes on, and the next one that lives ends the work.
    """
    chance = random.Random(3)
    with running_server(tmp_path / "data") as server:
        students = [Phone(server, f"student{number}") for number in range(1, PEOPLE + 1)]
        told = {one.name: one.asks("PUT", "/v1/profile", {"medical_notes": one.name}).body for one in students}

        began = time.monotonic()
        whole = rotating(server)
        whole.join(60)
        lasts = time.monotonic() - began
        for place in range(DEATHS):
            dying = rotating(server)
            time.sleep(lasts * (place + chance.random()) / DEATHS)
            dying.kill()
            dying.join(10)
            assert told == {one.name: one.asks("GET", "/v1/profile").body for one in students}
        assert students[0].taps("help")[0] == 201
        ended = rotating(server)
        ended.join(60)

        assert [0, 0] == [whole.exitcode, ended.exitcode]
        ring = KeyringFile(server.data_dir)()
        server.restart()
        assert told == {one.name: one.asks("GET", "/v1/profile").body for one in students}
        assert {ring.newest: 3 * PEOPLE} == pieces_in(server)


def pieces_in(server: Server) -> dict[str, int]:
    """How many pieces each key seals, looked at beside the server that runs."""
    database = open_database(Settings(data_dir=server.data_dir), PlainThreads(), lambda _: None)
    try:
        return database.read(pieces_by_key)
    finally:
        database.close()
