"""A server that dies while a broadcast goes out: everybody is told, counted once, and no phone shows it twice."""

import shutil
import time
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from backend.answers.tally import Standing
from backend.kernel.failpoints import KILLED
from infra.fan_out import CHUNK
from notifications.places import CROWD
from tests.faults.test_killed import POINT
from tests.google import OK, UNREGISTERED, Asked, Google, Reply, google_stands_in
from tests.roster_crowd import (
    DEAD,
    Crowd,
    audience_size,
    dead_targets_left,
    enrol_crowd,
    is_done,
    people_on_the_roll,
    standings_of,
    store_of,
    warn_everybody,
)
from tests.server import ROOT, Server, demo_data, running_server

POINTS = POINT.findall((ROOT / "infra" / "fan_out.py").read_text(encoding="utf-8"))

#: What may have been sent and not written down when it was killed, and is sent once more; a phone shows it once.
IN_DOUBT = CROWD


def answers(asked: Asked) -> Reply:
    """Some phones are dead; the others take what a provider takes to answer."""
    time.sleep(0.005)
    return UNREGISTERED if asked.target.startswith(DEAD) else OK


@pytest.mark.timeout(150)
@pytest.mark.parametrize("name", POINTS)
def test_everybody_is_told_and_counted_once_when_the_server_dies_at(name: str, tmp_path: Path) -> None:
    """
    Killed at the second passing of this point and started again: one state a person, and dead targets are gone.
    """
    people, phones, dead = (520, 60, 6)
    with google_stands_in() as google:
        crowd, broadcast_id = _prepared(tmp_path / "data", people, phones, dead)
        with running_server(tmp_path / "data", failpoints=f"{name}:2", env=_settings(google, tmp_path)) as server:
            status = server.wait_until_gone(40)
            server.start(env=_settings(google, tmp_path))
            _wait_until_done(server, broadcast_id)

            assert KILLED == status
            _check(server, google, crowd, broadcast_id)


@pytest.mark.timeout(150)
def test_everybody_is_told_and_counted_once_when_the_server_is_killed_in_the_middle(tmp_path: Path) -> None:
    """
    Six hundred people, and a kill -9 while their phones are being pushed to.
    """
    people, phones, dead = (600, 400, 40)
    with google_stands_in() as google:
        crowd, broadcast_id = _prepared(tmp_path / "data", people, phones, dead)
        with running_server(tmp_path / "data", env=_settings(google, tmp_path)) as server:
            while len(google.asked) < phones // 2:
                time.sleep(0.01)
            server.kill()
            pushed = len(google.asked)
            server.start(env=_settings(google, tmp_path))
            _wait_until_done(server, broadcast_id)

            assert pushed < phones
            _check(server, google, crowd, broadcast_id)


def _prepared(data: Path, people: int, phones: int, dead: int) -> tuple[Crowd, UUID]:
    """The demonstration with a crowd, and a broadcast to everybody that is issued and not yet told."""
    made, _ = demo_data()
    shutil.copytree(made, data)
    with store_of(data) as database:
        crowd = enrol_crowd(database, people, phones=phones, dead=dead)
        return crowd, warn_everybody(database)


def _settings(google: Google, folder: Path) -> dict[str, str]:
    google.answers = answers
    return {
        "BLUELIGHT_FIREBASE_CREDENTIALS": str(google.credentials_in(folder)),
        "BLUELIGHT_FCM_ENDPOINT": google.endpoint,
        "NO_PROXY": "127.0.0.1",
    }


def _wait_until_done(server: Server, broadcast_id: UUID) -> None:
    until = time.monotonic() + 60
    with store_of(server.data_dir) as database:
        while not is_done(database, broadcast_id):
            assert time.monotonic() < until, server.written()[-3000:]
            time.sleep(0.1)


def _check(server: Server, google: Google, crowd: Crowd, broadcast_id: UUID) -> None:
    pushes = [one for one in google.asked if not one.dry_run]
    times = Counter(one.target for one in pushes)
    shown = {(one.target, one.message["android"]["notification"]["tag"], one.message["data"]["hash"]) for one in pushes}
    with store_of(server.data_dir) as database:
        standings = standings_of(database, broadcast_id)
        everybody = audience_size(database)
        on_the_roll, dead_left = people_on_the_roll(database, broadcast_id), dead_targets_left(database)

    assert set(crowd.targets) == set(times)
    # A phone replaces what has the same tag: so many notifications are on so many screens.
    assert len(times) == len(shown)
    assert sum(times.values()) - len(times) <= IN_DOUBT, f"{CHUNK} at a time"
    assert everybody == on_the_roll == sum(standings.values())
    assert {Standing.ACCEPTED: everybody} == standings
    assert 0 == dead_left
