"""Rows of many at once: one person's hundred presses, phones whose clocks are wrong, eight writers beside a backup."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from tests.faults.run.kept import look
from tests.faults.run.rows import Row
from tests.faults.run.served import on_sqlite, store_of
from tests.faults.test_backup import Command
from tests.phone import LIBRARY, Phone, eventually, place


def hundred_presses(folder: Path) -> Row:
    """A hundred taps of one person in ten seconds, by ten of their phones."""
    with on_sqlite(folder) as server:
        officer = Phone(server, "officer1")
        officer.goes_on_duty(at=LIBRARY)
        officer.connects()
        answers: list[tuple[int, str]] = []

        def presses() -> None:
            phone = Phone(server, "student1")
            for _ in range(10):
                status, case = phone.taps("emergency")
                answers.append((status, case.get("id", "")))
                time.sleep(0.8)

        began = time.monotonic()
        _together([presses] * 10)
        took = time.monotonic() - began
        offers = officer.of_type("offer")
        lost = [f"a press was answered {status}" for status, _ in answers if status not in (200, 201)]
        if len({case for _, case in answers}) != 1:
            lost.append(f"{len({case for _, case in answers})} cases")
        if len(offers) != 1:
            lost.append(f"the officer was asked {len(offers)} times")
    told = f"{len(answers)} presses in {took:.0f} s"
    return Row("100 taps by one person in 10 s", told, "one case, 100 answers 2xx, one offer", not lost, lost=lost)


def wrong_clocks(folder: Path, *, seed: int) -> Row:
    """Phones ten minutes behind and ahead, and times of the hour that happens twice, each with its offset."""
    chance = random.Random(seed)
    lost: list[str] = []
    with on_sqlite(folder) as server:
        officer = Phone(server, "officer1")
        officer.goes_on_duty(at=LIBRARY)
        officer.connects()
        told = 0
        for number, minutes in enumerate((-10, 10, -10, 10, 0), start=1):
            phone = Phone(server, f"student{number}")
            now = datetime.now(UTC)
            wrong = now + timedelta(minutes=minutes)
            where = {**place(LIBRARY), "recorded_at": _local(wrong, chance)}
            body = {"tap_id": str(uuid4()), "kind": "emergency", "pressed_at": _local(wrong, chance), "position": where}
            answer = phone.asks("POST", "/v1/taps", body)
            if answer.status != 201:
                lost.append(f"a phone {minutes:+} minutes off was answered {answer.status}")
                continue
            told += 1
            case = answer.body
            received = datetime.fromisoformat(case["received_at"])
            if abs((received - now).total_seconds()) > 30:
                lost.append(f"the case was received at {received}, by the phone's clock")
            if not eventually(partial(_is_asked, officer, case["id"])):
                lost.append(f"nobody was asked about the case of a phone {minutes:+} minutes off")
            lost += _moves_on(phone, case["id"], timedelta(minutes=minutes))
    return Row(
        "clocks ±10 min on phones",
        f"{told} phones",
        "dispatched by our clock; newest position stands",
        not lost,
        lost=lost,
    )


def eight_writers(folder: Path) -> Row:
    """Eight members who press and call off without a pause while a backup is made; nobody meets a locked store."""
    with on_sqlite(folder / "data") as server:
        answers: list[tuple[float, int]] = []
        done = threading.Event()

        def writes(number: int) -> None:
            phone = Phone(server, f"student{number}")
            while not done.is_set():
                began = time.monotonic()
                status, case = phone.taps("help")
                answers.append((time.monotonic() - began, status))
                if status < 300:
                    phone.cancels(case["id"])

        def backs_up() -> None:
            time.sleep(2)
            told.append(Command(folder, "--data", server.data_dir, "backup", folder / "shelf").ends())
            done.set()

        told: list[tuple[int | None, str]] = []
        _together([*(partial(writes, number) for number in range(1, 9)), backs_up])
        with store_of(server) as database:
            kept = database.read(lambda session: look(session, [], now=datetime.now(UTC)))
        lost = [f"a press was answered {status}" for _, status in answers if status not in (200, 201)]
        lost += kept.broken + [f"the backup: {said}"[:300] for status, said in told if status or "Proved" not in said]
        if "locked" in server.written():
            lost.append("the store was locked")
    waits = sorted(wait for wait, _ in answers)
    did = f"{len(answers)} presses, p99 {1000 * waits[int(len(waits) * 0.99)]:.0f} ms"
    return Row(
        "eight writers with a backup running", did, "none refused, never locked, the backup proved", not lost, lost=lost
    )


def _is_asked(officer: Phone, case: str) -> bool:
    return any(one["data"].get("incident_id") == case for one in officer.of_type("offer"))


def _moves_on(phone: Phone, case: str, wrong: timedelta) -> list[str]:
    """A newer position by this phone's own clock stands, and an older one that comes after it does not replace it."""
    newer = datetime.now(UTC) + wrong
    older = newer - timedelta(seconds=1)
    for seq, at, north in ((2, newer, 51.4990), (1, older, 51.4970)):
        told = {"seq": seq, "latitude": north, "longitude": -0.1770, "accuracy_m": 5.0, "recorded_at": at.isoformat()}
        phone.asks("POST", f"/v1/incidents/{case}/positions", told)
    stands = phone.case(case)["position"]["latitude"]
    return [] if stands == 51.4990 else [f"the older position stands: {stands}"]


def _local(at: datetime, chance: random.Random) -> str:
    """The same instant as a phone somewhere writes it."""
    offset = timedelta(hours=chance.choice((-8, 0, 1, 5)))
    return (
        (at + offset).replace(tzinfo=None).isoformat()
        + ("-" if offset < timedelta() else "+")
        + f"{abs(offset.total_seconds()) // 3600:02.0f}:00"
    )


def _together(works: Sequence[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
