"""The scaled form: what one process takes another shows, and any of them may die in the middle."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.process_store import WORKER, counted
from notifications.delivery import Delivery
from tests.google import INVALID, OK, Asked, Google, Reply, google_stands_in
from tests.haproxy_front import haproxy_before
from tests.phone import LIBRARY, Phone, eventually
from tests.roster_crowd import warn_everybody
from tests.scaled_form import Door, ScaledForm, scaled_form


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    """Takes the pushes of all workers."""
    with google_stands_in() as standing_in:
        yield standing_in


@pytest.fixture(scope="module")
def form(google: Google, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScaledForm]:
    """
    Two web processes and two workers; each test leaves them all running.
    """
    credentials = google.credentials_in(tmp_path_factory.mktemp("google"))
    told = {
        "BLUELIGHT_FIREBASE_CREDENTIALS": str(credentials),
        "BLUELIGHT_FCM_ENDPOINT": google.endpoint,
        "NO_PROXY": "127.0.0.1",
    }
    with scaled_form(more=told) as running:
        yield running


def ready_officer(form: ScaledForm, name: str = "officer1") -> Phone:
    """On duty, with a socket to the second web process."""
    officer = form.phone(name, form.doors[1])
    officer.goes_on_duty(at=LIBRARY)
    officer.connects()
    return officer


def calls_off(phone: Phone, case_id: str) -> None:
    """Or whoever comes on duty in the next test would be asked about this one."""
    assert 200 == phone.asks("POST", f"/v1/incidents/{case_id}/cancel", {}).status


def leaves(officer: Phone) -> None:
    """Off duty, or the next test's case would be offered to this one."""
    officer.goes_off_duty()
    officer.close()


@pytest.mark.timeout(120)
def test_a_press_at_one_process_is_offered_on_a_socket_of_the_other(form: ScaledForm) -> None:
    """
    The officer accepts at the second process, and the first shows the student who is coming.
    """
    officer, student = ready_officer(form), form.phone("student1", form.doors[0])
    student.connects()

    status, case = student.taps()
    offer_id = officer.is_asked_about(case["id"])
    answer = officer.accepts(offer_id)

    assert (201, 200) == (status, answer.status)
    student.waits_for(lambda one: one["type"] == "incident" and one["data"]["state"] == "accepted")
    calls_off(student, case["id"])
    student.close()
    leaves(officer)


def test_a_broadcast_is_seen_on_the_sockets_of_every_process(form: ScaledForm) -> None:
    """
    One is issued beside them all; a phone at each of the two web processes shows it, once.
    """
    phones = [form.phone(f"student{number}", door) for number, door in enumerate(form.doors, 2)]
    for phone in phones:
        phone.connects()

    with form.store() as database:
        broadcast_id = str(warn_everybody(database))

    assert eventually(lambda: all(broadcast_id in shown(phone.heard) for phone in phones))
    assert [1, 1] == [shown(phone.heard).count(broadcast_id) for phone in phones]
    for phone in phones:
        phone.close()


def test_a_phone_at_the_front_gets_its_socket_to_one_of_them(form: ScaledForm) -> None:
    """
    Through nginx, with the origin of the address that everybody knows; more than once.
    """
    phone = form.phone("student12")

    for _ in range(4):
        phone.connects()
        assert phone.is_connected
        phone.close()


@pytest.mark.timeout(120)
def test_behind_haproxy_a_process_that_dies_costs_no_press(form: ScaledForm, tmp_path: Path) -> None:
    """
    With the configuration that we ship: each press is answered, whoever lost their socket has another, and all arrives.
    """
    with haproxy_before(form.machine.ports[:2], tmp_path, in_the_clear=True) as url:
        front = Door(url, form.tokens, form.clients)
        officer, students = form.phone("officer4", front), [form.phone(f"student{k}", front) for k in range(13, 17)]
        officer.goes_on_duty(at=LIBRARY)
        # One of them at each process: HAProxy takes the one with fewer connections.
        for phone in (officer, students[0]):
            phone.connects()

        form.machine.webs[0].kill()
        cases = [student.taps()[1]["id"] for student in students]
        cut_off = [phone for phone in (officer, students[0]) if phone.was_ended.wait(2)]
        for phone in cut_off:
            phone.connects(last_seq=len(phone.messages))
        students[0].waits_for(lambda one: one["type"] == "incident" and one["data"]["incident_id"] == cases[0])
        offers = [officer.is_asked_about(case_id) for case_id in cases]
        form.restart(form.machine.webs[0])

        seqs = [one["seq"] for one in officer.messages]
        assert (1, 4) == (len(cut_off), len(set(offers)))
        assert list(range(1, len(seqs) + 1)) == seqs
        for student, case_id in zip(students, cases, strict=True):
            calls_off(student, case_id)
        leaves(officer)


def test_who_signs_out_at_one_process_is_cut_off_at_the_other(form: ScaledForm) -> None:
    """
    The socket says why, and is closed.
    """
    there, here = form.phone("student4", form.doors[1]), form.phone("student4", form.doors[0])
    there.connects()

    assert here.asks("POST", "/v1/sign-out", {}).status < 300

    there.waits_for(lambda one: one["type"] == "signed_out")
    assert there.was_ended.wait(5)


@pytest.mark.timeout(120)
def test_nothing_is_lost_when_a_web_process_a_worker_and_redis_are_killed_in_the_middle(form: ScaledForm) -> None:
    """
    Students press and try again until they are answered; each case is one, and is offered or told to the control room.
    """
    machine, officer = form.machine, ready_officer(form, "officer2")
    pressing = [form.phone(f"student{number}") for number in range(5, 11)]
    presses = {phone.name: str(uuid4()) for phone in pressing}
    answered: dict[str, set[str]] = {name: set() for name in presses}
    victims = [machine.workers[0], machine.redis, machine.webs[0]]

    for phone in pressing[:3]:
        victim = victims.pop()
        victim.kill()
        press_until_answered(phone, presses[phone.name], answered[phone.name])
    for phone in pressing[3:]:
        press_until_answered(phone, presses[phone.name], answered[phone.name])
    for child in (machine.redis, machine.webs[0], machine.workers[0]):
        form.restart(child)
    for phone in pressing:
        press_until_answered(phone, presses[phone.name], answered[phone.name])

    assert [1] * 6 == [len(cases) for cases in answered.values()]
    wanted = set().union(*answered.values())
    assert eventually(lambda: wanted <= {one["data"]["incident_id"] for one in officer.of_type("offer")}, within_s=10)
    seqs = [one["seq"] for one in officer.messages]
    assert list(range(1, len(seqs) + 1)) == seqs
    for phone in pressing:
        calls_off(phone, *answered[phone.name])
    leaves(officer)


@pytest.mark.timeout(120)
def test_a_worker_that_froze_with_a_push_is_not_believed_when_it_wakes(form: ScaledForm, google: Google) -> None:
    """
    Another has sent it by then, and that stands: no second outcome, no dead letter.
    """
    frozen, other = form.machine.workers
    officer = form.phone("officer3")
    push = {"kind": "fid", "value": "officer3s-phone"}
    answer = officer.asks("PUT", "/v1/handset", {"installation_id": "three", "platform": "android", "push": push})
    assert 200 == answer.status
    officer.goes_on_duty(at=LIBRARY)
    os.kill(other.pid, signal.SIGSTOP)

    def answers(asked: Asked) -> Reply:
        if "officer3s-phone" != asked.target or google.pushed(asked.target)[1:]:
            return OK
        os.kill(frozen.pid, signal.SIGSTOP)
        os.kill(other.pid, signal.SIGCONT)
        return INVALID

    google.answers = answers
    _, case = form.phone("student11").taps()
    google.waits_for("officer3s-phone", number=2, within_s=40)
    with form.store() as database:
        assert eventually(lambda: ["sent"] == database.read(outcomes, case["id"]), within_s=10)
        assert eventually(lambda: 1 == database.read(living), within_s=15)
        os.kill(frozen.pid, signal.SIGCONT)
        # What it had in its hands is written before, or while, it says that it lives.
        assert eventually(lambda: 2 == database.read(living), within_s=15)

        assert ["sent"] == database.read(outcomes, case["id"])


def outcomes(session: Session, case_id: str) -> list[str | None]:
    """What came of each push about this case."""
    wanted = sa.select(Delivery.outcome).where(Delivery.incident_id == UUID(case_id), Delivery.channel == "push")
    return list(session.scalars(wanted))


def living(session: Session) -> int:
    """How many workers say that they live."""
    return counted(session, now=datetime.now(UTC))[WORKER]


def press_until_answered(phone: Phone, tap_id: str, cases: set[str]) -> None:
    """As a phone does: the same press, again and again; the case it was answered with."""

    def is_answered() -> bool:
        try:
            status, case = phone.taps(tap_id=tap_id)
        except requests.RequestException:
            return False
        if status in (200, 201):
            cases.add(case["id"])
        return status in (200, 201)

    assert eventually(is_answered, within_s=15)


def shown(heard: list[tuple[str, dict[str, str]]]) -> list[str]:
    """The broadcasts that a phone was shown, in their order."""
    return [data["broadcast_id"] for event, data in heard if event == "broadcast"]
