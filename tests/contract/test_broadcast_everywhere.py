"""One truth: socket, push, e-mail, status page, recorded line and CAP carry the same hash after every step."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import requests

from tests.google import Google, google_stands_in
from tests.mail_server import MailServer, running_mail_server
from tests.phone import Phone, eventually
from tests.server import Server, running_server

#: The first server of a run also makes the demonstration's data.
pytestmark = pytest.mark.timeout(180)

LIVE, PUSHED, MAILED = "student1", "student2", "student3"
TARGET = "a-phone-that-sleeps"
HASH = "{urn:oasis:names:tc:emergency:cap:1.2}parameter"


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    """
    One for the tests of this file.
    """
    with google_stands_in() as one:
        yield one


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """
    One for the tests of this file.
    """
    with running_mail_server() as one:
        yield one


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, google: Google, mail_server: MailServer) -> Iterator[Server]:
    """
    A demonstration with push and mail set up.
    """
    folder = tmp_path_factory.mktemp("everywhere")
    env = {
        "BLUELIGHT_FIREBASE_CREDENTIALS": str(google.credentials_in(folder)),
        "BLUELIGHT_FCM_ENDPOINT": google.endpoint,
        "BLUELIGHT_SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}?from=safety@campus.example",
        "BLUELIGHT_PUBLIC_URL": "https://safety.campus.example",
        "NO_PROXY": "127.0.0.1",
    }
    with running_server(folder / "data", env=env) as one:
        yield one


def out(controller: Phone, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = controller.asks("POST", f"/console/api/broadcasts{path}", body or {})
    assert answer.status in (200, 201), answer
    told: dict[str, Any] = answer.body
    return told


def on_the_open_pages(server: Server, broadcast_id: str) -> dict[str, str]:
    """What a stranger reads."""

    def read(path: str, **headers: str) -> requests.Response:
        found = requests.get(server.url + path, headers=headers, timeout=10)
        found.raise_for_status()
        return found

    document = ElementTree.fromstring(read(f"/cap/{broadcast_id}.xml").content)  # noqa: S314 - we wrote it
    values = ["".join(one.itertext()) for one in document.iter(HASH)]
    return {
        "page": read("/status").text,
        "data": read("/status", Accept="application/json").text,
        "line": read("/status/recorded-line").text.replace(", ", "").lower(),
        "feed": read("/cap/feed").text,
        "document": " ".join(values),
    }


def test_every_channel_and_page_carries_the_same_hash_after_every_step(
    server: Server, google: Google, mail_server: MailServer
) -> None:
    """
    Issue, update, all clear: what a phone, a sleeping phone, a mailbox and a stranger are told is one and the same.
    """
    controller, live, pushed = Phone(server, "controller1", face="console"), Phone(server, LIVE), Phone(server, PUSHED)
    push = {"kind": "token", "value": TARGET}
    handset = {"installation_id": "sleeps", "platform": "android", "push": push, "permissions": {}}
    assert pushed.asks("PUT", "/v1/handset", handset).status == 200
    live.connects()
    draft = {"template": "weapons-attack", "place": "sherfield", "audience": {"everyone": True}}
    thread = out(controller, "", draft)
    told: list[dict[str, Any]] = []
    steps: list[tuple[str, dict[str, Any]]] = [("issue", {}), ("update", {"no_change": True}), ("clear", {})]

    for number, (step, body) in enumerate(steps, start=1):
        now = out(controller, f"/{thread['id']}/{step}", body)
        told.append(now)

        assert number == now["version"]
        assert eventually(partial(is_shown, live, hash_of(now)))
        asked = google.waits_for(TARGET, number=number)[-1]
        assert hash_of(now) == asked.message["data"]["hash"]
        letter = mail_server.waits_for(f"{MAILED}@demo.example", number=number)[-1]
        assert hash_of(now) in letter.message.get_content()
        pages = on_the_open_pages(server, thread["id"])
        spelled = {name for name, text in pages.items() if hash_of(now) not in text}
        assert set() == spelled
        stale = {hash_of(one) for one in told[:-1]}
        assert not any(old in pages["document"] for old in stale)
        tally = controller.asks("GET", f"/console/api/broadcasts/{thread['id']}/tally").body
        assert tally["people"] == sum(tally["states"].values())

    assert 3 == len({hash_of(one) for one in told})


def is_shown(phone: Phone, hash_: str) -> bool:
    return hash_ in [told["hash"] for event, told in phone.heard if event == "broadcast"]


def hash_of(thread: dict[str, Any]) -> str:
    found: str = thread["hash"]
    return found
