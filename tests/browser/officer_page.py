"""An officer's phone at `/app` in a browser: on duty, asked, and what it lets be heard."""

import time
from typing import Any, cast
from uuid import uuid4

import requests
from playwright.sync_api import Page, expect

from tests.browser.phone_page import HERE
from tests.server import PASSWORD, Server, sign_in

#: Counts what the page gives to the loudspeaker: sounds that go round, and whether one of them still does.
EAR = """(() => {
    const [start, stop] = [AudioBufferSourceNode.prototype.start, AudioBufferSourceNode.prototype.stop];
    const ringing = new Set();
    window.ear = { rung: 0, rings: () => ringing.size > 0 };
    AudioBufferSourceNode.prototype.start = function (...told) {
        if (this.loop) { ear.rung += 1; ringing.add(this); }
        return start.apply(this, told);
    };
    AudioBufferSourceNode.prototype.stop = function (...told) { ringing.delete(this); return stop.apply(this, told); };
})()"""

#: As a phone's browser does it: no page sounds before a finger touched it. What steers these tests counts as a finger.
UNTOUCHED = """(() => {
    let touched = false;
    addEventListener("pointerup", () => { touched = true; }, true);
    window.AudioContext = class extends AudioContext {
        constructor() { super(); super.suspend(); }
        resume() { return touched ? super.resume() : Promise.reject(new Error("not allowed")); }
    };
})()"""

#: A case is offered within a second; the machines of tests are slow.
WAIT_S = 10

NEAR = {"latitude": HERE["latitude"], "longitude": HERE["longitude"] + 0.002, "accuracy_m": 8.0, "floor": "3"}


def enter(page: Page, name: str) -> None:
    """Sign in; an officer sees the duty at once. The page is loaded anew with an ear in it."""
    page.context.add_init_script(EAR)
    page.reload()
    page.get_by_label("College e-mail").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Off duty")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def come_on_duty(page: Page) -> None:
    page.get_by_role("button", name="On patrol").click()
    expect(page.get_by_role("heading", name="On patrol")).to_be_visible()


def rings(page: Page) -> bool:
    """Whether a sound goes round at this moment."""
    return bool(page.evaluate("ear.rings()"))


def has_rung(page: Page) -> int:
    """How often one has begun since the page was loaded."""
    return cast(int, page.evaluate("ear.rung"))


def asked(server: Server, name: str, method: str, path: str, body: Any = None) -> Any:
    """What the server answers this person, without a page; a password is slow to check: it is asked for once."""
    if name not in server.tokens:
        server.tokens[name] = sign_in(server, name)["access_token"]
    bearer = {"Authorization": f"Bearer {server.tokens[name]}"}
    answer = requests.request(method, server.url + path, json=body, headers=bearer, timeout=10)
    assert answer.ok, answer.text
    return answer.json() if answer.content else None


def taps(server: Server, name: str, kind: str, **more: Any) -> str:
    """A press without a page; the id of its case."""
    body = {"tap_id": str(uuid4()), "kind": kind, "position": NEAR, **more}
    case = asked(server, name, "POST", "/v1/taps", body)
    return str(case["id"])


def calls_off(server: Server, name: str, incident_id: str) -> None:
    asked(server, name, "POST", f"/v1/incidents/{incident_id}/cancel", {})


def calls_all_off(server: Server, name: str) -> None:
    """None of this person's cases stays open."""
    for one in asked(server, name, "GET", "/v1/incidents?open=true")["items"]:
        calls_off(server, name, one["id"])


def accepts(server: Server, name: str, which: str | None = None) -> str:
    """The one offer that stands, or the one of this kind, is taken without a page; the id of its case."""
    offers: list[Any] = []
    ended = time.monotonic() + WAIT_S
    while not offers and time.monotonic() < ended:
        standing = asked(server, name, "GET", "/v1/offers")["items"]
        offers = [one for one in standing if which in (None, one["incident"]["kind"])]
    (offer,) = offers
    asked(server, name, "POST", f"/v1/offers/{offer['id']}/accept")
    return str(offer["incident"]["id"])
