"""E-mail and browsers: a real server, its real child, a real mail server and a push service that really decrypts."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.browser_pushes import Browser, PushService
from tests.mail_server import HANGS, MailServer, running_mail_server
from tests.phone import LIBRARY, Phone, eventually
from tests.server import Server, running_server

#: The first server of a run also makes the demonstration's data.
pytestmark = pytest.mark.timeout(150)

TEAM = "facilities@example.ac.uk"

#: Far less than the seconds that a hanging mail server may take.
AT_ONCE_S = 3.0


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """
    One for the tests of this file.
    """
    with running_mail_server() as one:
        yield one


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer) -> Iterator[Server]:
    """
    A demonstration with mail set up, and a stand-in for browsers' makers allowed on this machine.
    """
    env = {
        "BLUELIGHT_SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}?from=Campus%20Safety%20<safety@campus.example>",
        "BLUELIGHT_WEB_PUSH_HOSTS": "127.0.0.1",
        "NO_PROXY": "127.0.0.1",
    }
    with running_server(tmp_path_factory.mktemp("post") / "data", env=env) as one:
        yield one


def reports_a_defect(server: Server, name: str) -> dict[str, Any]:
    """A press that a mailbox team gets."""
    body = {"tap_id": str(uuid4()), "kind": "help", "subtype": "facility_defect", "position": None}
    answer = Phone(server, name).asks("POST", "/v1/taps", {**body, "note": "chest pain"})
    assert answer.status == 201, answer
    case: dict[str, Any] = answer.body
    return case


def opens_in(browser: Browser, phone: Phone) -> None:
    """This person's page is open to pushes, and its socket is not."""
    push = {"kind": "web_push", "value": browser.value}
    body = {"installation_id": f"browser-{browser.client[:8]}", "platform": "web", "push": push, "permissions": {}}
    assert phone.asks("PUT", "/v1/handset", body).status == 200


def child_of(server: Server) -> int:
    """The process that sends its letters."""
    tasks = Path(f"/proc/{server.pid}/task").glob("*/children")
    children = [pid for task in tasks for pid in task.read_text().split()]
    (pid,) = [int(pid) for pid in children if b"infra.post_child" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return pid


def vapid_key(server: Server) -> str:
    key: str = requests.get(f"{server.url}/v1/campus", timeout=5).json()["vapid_key"]
    return key


def test_a_mailbox_team_gets_its_case(server: Server, mail_server: MailServer) -> None:
    """
    Ids and one fixed sentence: what is the matter, and where, is read in Bluelight.
    """
    case = reports_a_defect(server, "student1")

    (got,) = mail_server.waits_for(TEAM)

    assert ("safety@campus.example", (TEAM,)) == (got.sender, got.recipients)
    assert "A case for your team waits in Bluelight" == got.message["Subject"]
    text = got.message.get_content()
    assert case["id"] in text
    assert "chest" not in got.message.as_string()
    assert eventually(
        lambda: 1 <= server.figures().get('bluelight_deliveries_total{channel="email",outcome="sent"}', 0)
    )
    assert 1 == server.figures()['bluelight_post_breaker{by="email",state="closed"}']
    assert "E-mail goes out by 127.0.0.1, from safety@campus.example." in server.written()


def test_an_officers_browser_rings_until_it_unsubscribes(server: Server, push_service: PushService) -> None:
    """
    It can open what it was sent; once its subscription is over the officer is marked as out of reach of a push.
    """
    officer = Phone(server, "officer1")
    browser = push_service.browser(vapid_key(server))
    opens_in(browser, officer)
    officer.goes_on_duty(at=LIBRARY)
    before = officer.asks("GET", "/v1/me").body["warnings"]

    _, case = Phone(server, "student2").taps("emergency", note="chest pain")
    (shown,) = browser.waits_for(1)
    browser.unsubscribes()
    Phone(server, "student2").cancels(case["id"])

    assert "Emergency: open Bluelight" == shown["sentence"]
    assert case["id"] == shown["data"]["incident_id"] == shown["tag"]
    assert "chest" not in str(shown)
    assert [] == before
    assert eventually(lambda: ["no_push_target"] == officer.asks("GET", "/v1/me").body["warnings"])
    officer.goes_off_duty()


def test_a_mail_server_that_hangs_holds_up_neither_a_push_nor_a_socket(
    server: Server, mail_server: MailServer, push_service: PushService
) -> None:
    """
    And when the sender is killed with the message in its hand, the next one sends it.
    """
    mail_server.received.clear()
    officer, browser = Phone(server, "officer2"), push_service.browser(vapid_key(server))
    opens_in(browser, officer)
    officer.goes_on_duty(at=LIBRARY)
    officer.connects()
    mail_server.says["DATA"] = HANGS
    reports_a_defect(server, "student3")
    assert eventually(lambda: mail_server.at_once > 0)

    pressed = time.monotonic()
    _, case = Phone(server, "student4").taps("emergency")
    officer.is_asked_about(case["id"])
    browser.waits_for(1)
    took = time.monotonic() - pressed
    first = child_of(server)
    mail_server.says.clear()
    os.kill(first, signal.SIGKILL)
    (got,) = mail_server.waits_for(TEAM)

    assert took < AT_ONCE_S
    assert "A case for your team waits in Bluelight" == got.message["Subject"]
    assert first != child_of(server)
    assert eventually(lambda: 1 <= server.figures()["bluelight_post_sender_restarts_total"])
    Phone(server, "student4").cancels(case["id"])
    officer.goes_off_duty()


def test_no_secret_is_seen_from_outside(server: Server, mail_server: MailServer) -> None:
    """
    The child's arguments and environment hold none, nor does the log; the key lies beside the database for its owner.
    """
    child = Path(f"/proc/{child_of(server)}")
    file = server.data_dir / "vapid.key"
    private = file.read_text()

    seen = (child / "cmdline").read_bytes() + (child / "environ").read_bytes() + server.written().encode()

    assert b"BLUELIGHT_" not in (child / "environ").read_bytes()
    assert private.encode() not in seen
    assert 0o600 == file.stat().st_mode & 0o777
    assert len(private) > 40
