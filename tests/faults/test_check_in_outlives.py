"""A check-in outlives the phone and the server."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.faults.life_and_death import check_audit
from tests.faults.run_out import sets_timer
from tests.phone import LIBRARY, Phone, eventually
from tests.server import running_server

#: How late a running server may be (promise I6), and one that was down over the second once it is ready again.
ON_TIME_S, AFTER_START_S = 1.0, 2.0


def cases_of(student: Phone) -> list[dict[str, Any]]:
    answer = student.asks("GET", "/v1/incidents")
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["items"]
    return found


@pytest.mark.timeout(60)
def test_it_is_raised_once_though_phone_and_server_were_dead_over_the_second(tmp_path: Path) -> None:
    """
    Phones off, the server killed and started again: what fell due meanwhile at once, what falls due later on time.
    """
    with running_server(tmp_path) as server:
        officer = Phone(server, "officer1")
        officer.goes_on_duty(at=LIBRARY)
        missed, later = Phone(server, "student1"), Phone(server, "student2")
        _, missed_at = sets_timer(missed, 2 / 60, note="alone in the lab")
        _, later_at = sets_timer(later, 8 / 60)

        server.kill()
        time.sleep(max(0.0, (missed_at - datetime.now(UTC)).total_seconds()))
        server.start()
        ready_at = datetime.now(UTC)
        raised = eventually(lambda: bool(cases_of(missed)), within_s=AFTER_START_S)
        too_soon = cases_of(later)
        in_time = eventually(lambda: bool(cases_of(later)), within_s=10)
        officer.connects()
        asked = [officer.is_asked_about(cases_of(one)[0]["id"]) for one in (missed, later)]
        server.restart()

        assert (True, [], True) == (raised, too_soon, in_time)
        assert missed_at < ready_at < later_at, "the server was not down over the second: the test shows nothing"
        ((first,), (second,)) = cases_of(missed), cases_of(later)
        assert ("check_in", "check_in") == (first["trigger"], second["trigger"])
        assert (datetime.fromisoformat(first["received_at"]) - ready_at).total_seconds() < AFTER_START_S
        late_s = (datetime.fromisoformat(second["received_at"]) - later_at).total_seconds()
        assert 0 <= late_s < ON_TIME_S
        assert 2 == len(set(asked))
        check_audit(server)
