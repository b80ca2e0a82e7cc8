"""A sleeping phone rings: a real server, its real child and Google's real client, with a stand-in for Google."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.google import HANGS, OK, QUOTA, Asked, Google, google_stands_in
from tests.phone import LIBRARY, Phone, eventually
from tests.server import Server, running_server

#: The first server of a run also makes the demonstration's data.
pytestmark = pytest.mark.timeout(150)

#: Far less than the four seconds that a hanging provider may take, and the sixty that a 429 asks for.
AT_ONCE_S = 2.0


@contextmanager
def pushing_server(folder: Path, google: Google) -> Iterator[Server]:
    """A demonstration with push set up."""
    env = {
        "BLUELIGHT_FIREBASE_CREDENTIALS": str(google.credentials_in(folder)),
        "BLUELIGHT_FCM_ENDPOINT": google.endpoint,
        # A proxy that the machine has for the world outside is not asked for 127.0.0.1.
        "NO_PROXY": "127.0.0.1",
    }
    before = google.tokens
    with running_server(folder / "data", env=env) as server:
        # The sender is up: a start is not what is measured here.
        assert eventually(lambda: google.tokens > before, within_s=20)
        yield server


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    """
    One for the tests of this file.
    """
    with google_stands_in() as one:
        yield one


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, google: Google) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with pushing_server(tmp_path_factory.mktemp("push"), google) as one:
        yield one


def carries(phone: Phone, target: str) -> None:
    """This person's handset can be pushed to, and has no socket open."""
    push = {"kind": "fid", "value": target}
    body = {"installation_id": f"phone-{target}", "platform": "android", "push": push, "permissions": {}}
    assert phone.asks("PUT", "/v1/handset", body).status == 200


def on_duty(server: Server, name: str, target: str | None = None) -> Phone:
    officer = Phone(server, name)
    if target:
        carries(officer, target)
    officer.goes_on_duty(at=LIBRARY)
    return officer


def about(google: Google, target: str, incident_id: str) -> list[Asked]:
    """The pushes to this target about this case."""
    return [one for one in google.pushed(target) if one.message["data"]["incident_id"] == incident_id]


def child_of(server: Server) -> int:
    """The process that sends its pushes."""
    tasks = Path(f"/proc/{server.pid}/task").glob("*/children")
    children = [pid for task in tasks for pid in task.read_text().split()]
    senders = [int(pid) for pid in children if b"infra.push_child" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    (pid,) = senders
    return pid


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except FileNotFoundError:
        return True


def test_a_press_pushes_and_tells_the_socket_at_the_same_moment(server: Server, google: Google) -> None:
    """
    Ids and one sentence, at once and beside the socket; the withdrawal stands in its place without a sound.
    """
    google.always(OK)
    officer = on_duty(server, "officer1", "belt-1")
    officer.connects()

    pressed = time.monotonic()
    _, case = Phone(server, "student1").taps("emergency", note="chest pain")
    officer.is_asked_about(case["id"])
    (push,) = google.waits_for("belt-1")
    rang_after = push.at - pressed
    Phone(server, "student1").cancels(case["id"])
    _, back = google.waits_for("belt-1", number=2)

    assert rang_after < AT_ONCE_S
    said = push.message
    assert {"body": "Emergency: open Bluelight"} == said["notification"]
    assert {"incident_id": case["id"], "offer_id": said["data"]["offer_id"]} == said["data"]
    assert ("high", "60s") == (said["android"]["priority"], said["android"]["ttl"])
    assert "chest" not in str(said)
    assert case["id"] == said["android"]["notification"]["tag"] == back.message["android"]["notification"]["tag"]
    assert said["android"]["collapse_key"] == back.message["android"]["collapse_key"]
    assert {"body": "You can stand down: a case no longer needs you"} == back.message["notification"]
    assert back.message["android"]["notification"]["default_sound"] is False
    assert eventually(lambda: server.figures().get('bluelight_deliveries_total{channel="push",outcome="sent"}', 0) >= 2)
    assert 1 == server.figures()['bluelight_push_breaker{state="closed"}']
    officer.goes_off_duty()


@pytest.mark.parametrize("trouble", [HANGS, QUOTA], ids=["hang", "429"])
def test_a_provider_in_trouble_delays_neither_the_next_socket_nor_the_next_push(
    server: Server, google: Google, trouble: Any
) -> None:
    """
    While pushes hang or are refused, another case's offer is on the socket and its push at the provider at once.
    """
    stuck, free = on_duty(server, "officer2", "stuck"), Phone(server, "officer3")
    google.asked.clear()
    google.answers = lambda asked: trouble if asked.target == "stuck" else OK
    Phone(server, "student2").taps("emergency")
    google.waits_for("stuck")
    carries(free, "free")
    free.goes_on_duty(at=LIBRARY)
    free.connects()

    pressed = time.monotonic()
    _, case = Phone(server, "student3").taps("emergency")
    offer = free.waits_for(lambda one: one["type"] == "offer" and one["data"]["incident_id"] == case["id"])
    on_the_socket = free.arrived_at[free.messages.index(offer)] - pressed
    assert eventually(lambda: bool(about(google, "free", case["id"])))
    at_the_provider = about(google, "free", case["id"])[0].at - pressed

    assert on_the_socket < AT_ONCE_S
    assert at_the_provider < AT_ONCE_S
    google.always(OK)
    for student in ("student2", "student3"):
        for open_case in Phone(server, student).asks("GET", "/v1/incidents?open=true").body["items"]:
            Phone(server, student).cancels(open_case["id"])
    for officer in (stuck, free):
        officer.goes_off_duty()


def test_a_sender_that_is_killed_is_started_again_and_its_push_is_sent(server: Server, google: Google) -> None:
    """
    What it had in hand is a row: it rings a moment later.
    """
    officer = on_duty(server, "officer4", "belt-4")
    google.answers = lambda asked: HANGS
    first = child_of(server)
    Phone(server, "student4").taps("emergency")
    google.waits_for("belt-4")
    google.always(OK)

    os.kill(first, signal.SIGKILL)
    google.waits_for("belt-4", number=2)

    assert eventually(lambda: server.figures()["bluelight_push_sender_restarts_total"] >= 1)
    assert first != child_of(server)
    officer.goes_off_duty()


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_the_sender_ends_with_its_server(tmp_path: Path, google: Google, how: str) -> None:
    """
    In order or by a power cut: no sender is left behind.
    """
    with pushing_server(tmp_path, google) as server:
        assert eventually(lambda: bool(child_of(server)))
        child = child_of(server)

        if how == "kill":
            server.kill()
        else:
            server.stop()

        assert eventually(lambda: is_gone(child))
        assert "Push goes out by the Firebase project demo-campus." in server.written()
