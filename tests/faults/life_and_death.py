"""What clients wrote down before and after each call, and what must be true of it once the server is back."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

from backend.kernel import chaining
from backend.kernel.threads import PlainThreads
from infra.settings import Settings
from infra.wiring import open_database
from tests.phone import Message, Phone, eventually
from tests.server import Server


@dataclass
class Press:
    """One tap as its phone knows it: `case_id` is None until an answer came."""

    student: str
    kind: str
    tap_id: str = field(default_factory=lambda: str(uuid4()))
    case_id: str | None = None
    given_up: bool = False


class Journal:
    """Every press, and every yes that was answered 200; written to by many threads."""

    def __init__(self) -> None:
        self.presses: list[Press] = []
        self.accepted: dict[str, tuple[str, str]] = {}
        self._writing = threading.Lock()

    def will_press(self, student: str, kind: str) -> Press:
        """Written down before the call."""
        press = Press(student, kind)
        with self._writing:
            self.presses.append(press)
        return press

    def was_accepted(self, officer: str, offer_id: str, incident_id: str) -> None:
        with self._writing:
            self.accepted[offer_id] = (officer, incident_id)

    @property
    def cases(self) -> set[str]:
        return {press.case_id for press in self.presses if press.case_id}


def presses(phone: Phone, press: Press) -> bool:
    """Send a tap once; whether it was answered. A later answer must name the case of the first."""
    try:
        status, case = phone.taps(press.kind, tap_id=press.tap_id)
    except requests.RequestException:
        return False
    assert status in (200, 201), (status, case)
    assert press.case_id in (None, case["id"]), "one tap_id led to two cases"
    assert press.case_id is None or status == 200
    press.case_id = case["id"]
    return True


def check(server: Server, journal: Journal, officers: Iterable[Phone], lived: dict[str, list[Message]]) -> None:
    """
    Everything a client was told still holds; what was never answered happens once when it is sent again.

    `lived` is what each officer's handset got before the last death.
    """
    students = {press.student: Phone(server, press.student) for press in journal.presses}
    for press in journal.presses:
        for _ in range(2):
            assert presses(students[press.student], press)
    for name, student in students.items():
        known = {press.case_id for press in journal.presses if press.student == name}
        mine = [case["id"] for case in _pages(student, "/v1/incidents")]
        assert len(mine) == len(set(mine))
        assert known == set(mine), "a case that no tap of this person led to, or a tap without its case"
    console = Phone(server, "controller1", face="console")
    wanted = journal.cases - {press.case_id for press in journal.presses if press.given_up}
    crew = list(officers)
    assert eventually(lambda: wanted <= _told_of(crew, console), within_s=8), wanted - _told_of(crew, console)
    for officer in crew:
        check_stream(officer, lived.get(officer.name, []))
    _check_accepted(journal, crew, students)
    check_audit(server)


def check_stream(officer: Phone, lived: list[Message]) -> None:
    """Contiguous, no offer twice, and nothing was told that is not there (promise I3)."""
    kept = officer.stream()
    assert list(range(1, len(kept) + 1)) == [one["seq"] for one in kept]
    ids = {one["seq"]: (one["id"], one["type"]) for one in kept}
    assert [
        (one["seq"], (one["id"], one["type"])) for one in lived if ids.get(one["seq"]) != (one["id"], one["type"])
    ] == []
    offers = [one["data"]["offer_id"] for one in kept if one["type"] == "offer"]
    assert len(offers) == len(set(offers)), "an offer was told twice"
    cases = [one["data"]["incident_id"] for one in kept if one["type"] == "offer"]
    assert len(cases) == len(set(cases)), "one officer was asked twice about one case"


def check_audit(server: Server) -> None:
    """The log stands, with every head that was anchored; looked at beside the server that runs."""
    settings = Settings(data_dir=server.data_dir)
    database = open_database(settings, PlainThreads(), lambda _: None)
    try:
        anchors = chaining.read_anchors(settings.anchor.read_text(encoding="utf-8"))
        assert [] == database.read(lambda session: list(chaining.faults_of(session, anchors=anchors)))
    finally:
        database.close()


def _told_of(officers: Iterable[Phone], console: Phone) -> set[str]:
    """The cases that an officer was offered, or the control room was alarmed about."""
    told = [one for officer in officers for one in officer.stream() if one["type"] == "offer"]
    told += [one for one in _console_stream(console) if one["type"] == "alarm"]
    return {one["data"]["incident_id"] for one in told if one["data"].get("incident_id")}


def _console_stream(console: Phone) -> list[Message]:
    """A console has no stream by HTTP: its socket is opened, and the messages are those it gets."""
    if not console.is_connected:
        console.connects(last_seq=max((one["seq"] for one in console.messages), default=0))
    return list(console.messages)


def _check_accepted(journal: Journal, officers: list[Phone], students: dict[str, Phone]) -> None:
    """A yes that was answered 200 is a yes for ever: the same again is 200, and the person is told who comes."""
    by_name = {officer.name: officer for officer in officers}
    owners = {press.case_id: students[press.student] for press in journal.presses}
    over = {press.case_id for press in journal.presses if press.given_up}
    for offer_id, (officer, incident_id) in journal.accepted.items():
        if incident_id in over:
            continue
        # Before the retry: it would be a yes of its own.
        case = owners[incident_id].case(incident_id)
        assert case["state"] not in ("raised", "offered")
        assert case["responders"]
        assert by_name[officer].accepts(offer_id).status == 200


def _pages(phone: Phone, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = phone.asks("GET", f"{path}?limit=100{cursor}")
        assert answer.status == 200, answer
        found += answer.body["items"]
        if answer.body["next_cursor"] is None:
            return found
        cursor = f"&cursor={answer.body['next_cursor']}"
