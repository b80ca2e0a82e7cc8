"""A story of people whose check-ins run out while nobody's phone is on."""

from datetime import datetime
from uuid import UUID

import requests

from backend.incidents.expiring import tap_id_of
from tests.faults.life_and_death import Journal
from tests.phone import LIBRARY, Phone, eventually, place
from tests.server import Server

#: Two seconds and a half: longer than the calls before it take.
SOON = 2.5 / 60


def sets_timer(student: Phone, minutes: float, note: str | None = None) -> tuple[str, datetime]:
    """The check-in's id and when it runs out."""
    told = {"minutes": minutes, "position": place(LIBRARY), "note": note}
    answer = student.asks("PUT", "/v1/check-in", told)
    assert answer.status == 200, answer
    return answer.body["id"], datetime.fromisoformat(answer.body["ends_at"])


def timers_run_out(server: Server, officer: Phone, journal: Journal) -> None:
    """Three timers, and nobody who ends them: what each becomes is written down as the press that it is."""
    officer.goes_on_duty(at=LIBRARY)
    officer.connects()
    students = [Phone(server, f"student{number}") for number in (1, 2, 3)]
    for student in students:
        check_in_id, _ = sets_timer(student, SOON)
        journal.will_press(student.name, "emergency").tap_id = str(tap_id_of(UUID(check_in_id)))
    if not eventually(lambda: {"ran_out"} == {how_it_stands(one) for one in students}, within_s=8):
        raise requests.ConnectionError("a check-in did not run out")


def how_it_stands(student: Phone) -> str:
    state: str = student.asks("GET", "/v1/check-in").body["state"]
    return state
