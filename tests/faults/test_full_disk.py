"""The disk fills under a running server: calls for help go on, everything else waits, and it mends itself."""

from pathlib import Path

import pytest
import requests

from tests.faults.life_and_death import check_audit
from tests.phone import LIBRARY, Phone, eventually
from tests.server import Server, running_server
from tests.small_disk import fill, small_disk

pytestmark = [pytest.mark.faults, pytest.mark.small_disk]

PEOPLE = "email,name,roles\nnew@demo.example,Newcomer,\n"

#: More presses than the log of the database can take before it must grow.
ENOUGH = 400


def readiness(server: Server) -> tuple[int, str | None]:
    answer = requests.get(f"{server.url}/readyz", timeout=5)
    return answer.status_code, answer.json().get("disk")


def presses_and_calls_off(student: Phone) -> str:
    """A case of its own, ended at once so that the next press opens another."""
    status, case = student.taps("help")
    assert status == 201, (status, case)
    case_id: str = case["id"]
    assert student.cancels(case_id).status == 200
    return case_id


def imports_people(server: Server, folder: Path) -> tuple[int, str]:
    file = folder / "people.csv"
    file.write_text(PEOPLE)
    told = server.command("people", "import", str(file))
    return told.returncode, told.stdout + told.stderr


def test_taps_are_taken_before_during_and_after_a_full_disk(tmp_path: Path) -> None:
    """
    Every tap is answered 201, an import is refused with a sentence, and once there is room the reserve stands again.
    """
    with (
        small_disk(40) as disk,
        running_server(disk, env={"BLUELIGHT_RESERVE_MB": "8"}) as server,
    ):
        officer, student = Phone(server, "officer1"), Phone(server, "student1")
        officer.goes_on_duty(at=LIBRARY)
        cases = [presses_and_calls_off(student) for _ in range(5)]
        assert eventually((disk / "reserve").exists)
        assert readiness(server) == (200, None)

        filler = fill(disk)
        while readiness(server) == (200, None) and len(cases) < ENOUGH:
            cases.append(presses_and_calls_off(student))
        tight = readiness(server)
        cases += [presses_and_calls_off(student) for _ in range(20)]
        refused = imports_people(server, tmp_path)
        figures = requests.get(f"{server.url}/metrics", timeout=5).text

        filler.unlink()
        mended = eventually(lambda: readiness(server) == (200, None), within_s=15)
        cases += [presses_and_calls_off(student) for _ in range(5)]

        assert tight == (200, "tight")
        assert refused[0] == 1
        assert "kept for calls for help" in refused[1]
        assert "bluelight_disk_tight 1.0" in figures
        assert mended
        assert (disk / "reserve").stat().st_size == 8 << 20
        found = student.asks("GET", "/v1/incidents?limit=100").body["items"]
        assert set(cases[-50:]) <= {case["id"] for case in found}
        assert {"cancelled"} == {student.case(case_id)["state"] for case_id in cases}
        check_audit(server)


def test_when_the_reserve_is_used_up_too_a_tap_says_whom_to_ring(tmp_path: Path) -> None:
    """
    507 with numbers to ring, red for whoever watches; nothing that was answered is lost, and a restart changes nothing.
    """
    with (
        small_disk(40) as disk,
        running_server(disk, env={"BLUELIGHT_RESERVE_MB": "1"}) as server,
    ):
        student = Phone(server, "student2")
        assert eventually((disk / "reserve").exists)
        filler = fill(disk)
        kept: list[str] = []

        while len(kept) < ENOUGH:
            fill(disk)
            status, told = student.taps("help")
            if status not in (200, 201):
                break
            kept.append(told["id"])
            student.cancels(told["id"])
        red = readiness(server)[0]
        server.kill()
        filler.unlink()
        server.start(env={"BLUELIGHT_RESERVE_MB": "1"})

        assert (status, told["type"]) == (507, "/problems/no-room")
        assert told["call"]
        assert red == 507
        assert eventually(lambda: readiness(server) == (200, None), within_s=15)
        assert all(student.case(case_id) for case_id in kept)
        # Somebody else: the last calling off of this student may have found no room, and their case be open still.
        assert presses_and_calls_off(Phone(server, "student3"))
        check_audit(server)
