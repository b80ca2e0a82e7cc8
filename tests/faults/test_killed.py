"""The server dies at every gap between two side effects; what was answered stands, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
import socketio.exceptions

from backend.kernel.failpoints import KILLED
from tests.faults.life_and_death import Journal, check, presses
from tests.faults.run_out import timers_run_out
from tests.phone import LIBRARY, Message, Phone
from tests.server import ROOT, Server, demo_data, running_server
from tests.socket_line import Refused

POINT = re.compile(r'\breach\("(\w+)"\)')

#: Passed by every write, the start's own among them: their first passings are over before anybody has pressed.
EVERY_WRITE = ("backend/kernel", "notifications", "infra")

#: At which passing the server dies.
EARLY, LATER = (1, 2), (4, 10, 17, 28)
LONG = tuple(range(1, 40, 2))

#: What comes by the points of these files, where no shift of an officer does.
STORIES = {"backend/incidents/expiring.py": timers_run_out}

#: Points that no press comes by, and where each of them is tried.
TRIED_ELSEWHERE = {"infra/fan_out.py": "tests/faults/test_broadcast_killed.py"}

#: What a client meets when the server has gone.
GONE = (requests.RequestException, socketio.exceptions.SocketIOError, Refused, AssertionError)


def points() -> dict[str, str]:
    """Every failpoint of the source, and the file it stands in."""
    files = [
        file for name in ("backend", "mobile_api", "notifications", "infra") for file in (ROOT / name).rglob("*.py")
    ]
    return {
        name: file.relative_to(ROOT).as_posix()
        for file in sorted(files)
        for name in POINT.findall(file.read_text(encoding="utf-8"))
        if file.relative_to(ROOT).as_posix() not in TRIED_ELSEWHERE
    }


def test_every_gap_of_a_tap_an_offer_and_a_yes_can_be_tried() -> None:
    """
    The points that are tried are those of the source, and each slice on the way of a press has one.
    """
    found = points()

    slices = {"/".join(file.split("/")[:2]) for file in found.values()}

    assert {"backend/incidents", "backend/dispatch", "backend/kernel", "mobile_api/taps.py"} <= slices
    assert {"before_commit", "after_commit", "after_commit_before_bell", "after_commit_before_reply"} <= set(found)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(points()))
def test_nothing_is_lost_or_done_twice_when_the_server_dies_at(name: str, tmp_path: Path) -> None:
    """
    Killed at this point, early and later, and started again: each answered tap and yes stands once, somebody is asked.
    """
    demo_data()
    passings = LATER if points()[name].startswith(EVERY_WRITE) else EARLY

    with ThreadPoolExecutor(2) as both:
        died = list(both.map(lambda nth: _dies_and_comes_back(tmp_path / str(nth), name, nth), passings))

    assert any(died), f"nothing that was done here passes {name}: let the story of this test come by it"


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", sorted(points()))
def test_nothing_is_lost_or_done_twice_at_any_passing_of(name: str, tmp_path: Path) -> None:
    """
    The same at twenty different passings of the point.
    """
    demo_data()

    with ThreadPoolExecutor(2) as both:
        died = list(both.map(lambda nth: _dies_and_comes_back(tmp_path / str(nth), name, nth), LONG))

    assert any(died)


def _dies_and_comes_back(folder: Path, name: str, nth: int) -> bool:
    """A life that ends at the nth passing of this point, and the check after the next start; whether it died."""
    journal, lived = Journal(), dict[str, list[Message]]()
    with running_server(folder, failpoints=f"{name}:{nth}") as server:
        officer = Phone(server, "officer1")
        try:
            STORIES.get(points()[name], _a_shift)(server, officer, journal)
        except GONE as fault:
            # Only a dead server excuses what a client met.
            if server.wait_until_gone() is None:
                raise AssertionError(server.written()[-4000:]) from fault
        status = server.wait_until_gone(0.5)
        assert status in (None, KILLED), server.written()[-4000:]
        lived[officer.name] = list(officer.messages)

        server.restart()
        officer.goes_on_duty(at=LIBRARY)
        check(server, journal, [officer], lived)
    return status == KILLED


def _a_shift(server: Server, officer: Phone, journal: Journal) -> None:
    """Press, ask, say yes, go and end it, for as long as the server lives."""
    # A sleeping phone is rung as well: so the story passes the gaps around a push.
    push = {"kind": "token", "value": "a-sleeping-phone"}
    officer.asks("PUT", "/v1/handset", {"installation_id": "sleeping", "platform": "android", "push": push})
    officer.goes_on_duty(at=LIBRARY)
    officer.connects()
    for number in range(1, 9):
        kind = ("emergency", "first_aid", "help")[number % 3]
        student = Phone(server, f"student{number}")
        press = journal.will_press(student.name, kind)
        if not presses(student, press):
            raise requests.ConnectionError("the tap was not answered")
        assert press.case_id
        offer_id = officer.is_asked_about(press.case_id, 3)
        officer.confirms([one["id"] for one in officer.of_type("offer")])
        answer = officer.accepts(offer_id)
        assert answer.status == 200, answer
        journal.was_accepted(officer.name, offer_id, press.case_id)
        officer.moves(press.case_id, "en_route")
