"""A real server with a stand-in for Twilio: it texts and rings by its settings, and takes what comes back, signed."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests
from sqlalchemy.orm import Session

from backend.kernel.threads import PlainThreads
from backend.people import people_store
from infra.settings import Settings
from infra.wiring import open_database
from tests.journeys.telephones import plan_call, plan_text, warn
from tests.phone import Phone
from tests.server import Server, running_server
from tests.twilio_stand_in import HANGS, OK, Asked, Telephone, TwilioStandIn, refusal, twilio_stands_in

STUDENT, OTHER = "student1", "student2"


@pytest.fixture(scope="module")
def twilio() -> Iterator[TwilioStandIn]:
    """
    One for the tests of this file.
    """
    with twilio_stands_in() as one:
        yield one


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """
    A demonstration that was stopped: what is written now is there at its next start.
    """
    with running_server(tmp_path) as server:
        server.stop()
        yield server


def telephone_of(server: Server, number: str) -> Telephone:
    def post(path: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Any:
        return requests.post(server.url + path, data=dict(form), headers=dict(headers), timeout=10)

    return Telephone(number, server.url, post)


def warn_by_telephone(session: Session, *, now: datetime) -> tuple[UUID, str, str]:
    """A broadcast, a call to one student and a text to another; their numbers."""
    one, other = (people_store.by_email(session, f"{name}@demo.example") for name in (STUDENT, OTHER))
    assert one is not None
    assert other is not None
    one.mobile, other.mobile = "+447700900801", "+447700900802"
    broadcast_id = warn(session, [one.id, other.id], now=now)
    plan_call(session, one.id, broadcast_id, now=now)
    plan_text(session, other.id, broadcast_id, now=now)
    return broadcast_id, one.mobile, other.mobile


def test_a_call_and_a_text_are_answered_and_help_is_called(server: Server, twilio: TwilioStandIn) -> None:
    """
    Keypad and text end to end: the provider is busy once, then rings; two is a case that phone and console see.
    """
    database = open_database(Settings(data_dir=server.data_dir, reserve_mb=1), PlainThreads(), lambda _: None)
    _, rung, texted = database.write(warn_by_telephone, now=datetime.now(UTC))
    database.close()
    busy = iter([refusal(503)])
    twilio.answers = lambda asked: next(busy, OK) if asked.kind == "Calls" else OK
    server.restart(env=twilio.settings(server.url))
    caller, writer = telephone_of(server, rung), telephone_of(server, texted)
    text = twilio.waits_for(lambda: twilio.texts(texted))
    call = caller.picks_up(twilio.waits_for(lambda: answered(twilio.calls(rung))))
    read = call.hears

    said_back = call.presses("2")
    written_back = writer.texts("1 at home")

    student, controller = Phone(server, STUDENT), Phone(server, "controller1", face="console")
    (case,) = student.asks("GET", "/v1/incidents").body["items"]
    board = controller.asks("GET", "/console/api/incidents").body["items"]
    assert "Fire in the library. Leave it now." in read
    assert "Reply 1 SAFE, 2 NEED HELP, 3 NOT HERE." in text.words
    assert "You are down as NEED HELP" in said_back
    assert "You are down as SAFE" in written_back
    assert "broadcast_answer" == case["trigger"]
    assert case["id"] in [one["id"] for one in board]
    assert 403 == caller.sends("/v1/replies/sms", {"Body": "2"}, signature="forged").status_code
    assert "Twilio" not in (server.written().partition("Traceback")[2])


def answered(calls: list[Asked]) -> list[Asked]:
    """Those that were taken: the first was not."""
    return calls[1:]


def test_a_provider_that_hangs_holds_up_neither_taps_nor_the_stop(server: Server, twilio: TwilioStandIn) -> None:
    """
    A tap is taken meanwhile, and the service ends in order; what was on its way is for the next start.
    """
    database = open_database(Settings(data_dir=server.data_dir, reserve_mb=1), PlainThreads(), lambda _: None)
    _, rung, texted = database.write(warn_by_telephone, now=datetime.now(UTC))
    database.close()
    twilio.begins_anew()
    twilio.always(HANGS)
    server.restart(env=twilio.settings(server.url))
    twilio.waits_for(lambda: twilio.texts(texted))
    twilio.waits_for(lambda: twilio.calls(rung))

    status, _ = Phone(server, STUDENT).taps("help")
    ended = server.stop()

    assert (201, 0) == (status, ended)
