"""`run --lan`: a second browser, on another address of the machine, installs the app and is woken by a push."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, CDPSession, Page, Request, expect

from infra.lan import addresses
from tests.browser.demonstration import copy_of
from tests.browser.opened_pages import PATIENCE_MS, QUIET, is_ours
from tests.browser.phone_page import press, sign_in
from tests.browser_pushes import Browser as Subscriber, PushService, running_push_service
from tests.phone import Phone, eventually
from tests.server import Server, free_port, running_server

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def lan_port() -> int:
    """
    Where the network finds it.
    """
    return free_port()


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory, lan_port: int) -> Iterator[Server]:
    """
    The demonstration on the network, allowed to push to a stand-in for browsers' makers on this machine.
    """
    data_dir = copy_of(demonstration, tmp_path_factory.mktemp("lan"))
    env = {"BLUELIGHT_WEB_PUSH_HOSTS": "127.0.0.1", "NO_PROXY": "127.0.0.1"}
    with running_server(data_dir, env=env, lan_port=lan_port) as running:
        yield running


@pytest.fixture(scope="module")
def address() -> str:
    """
    One that others know this machine by; without a network, another of its own than 127.0.0.1.
    """
    return next(iter(addresses()), "127.0.0.2")


@pytest.fixture
def page(browser: Browser, server: Server, address: str, lan_port: int, tmp_path: Path) -> Iterator[Page]:
    """
    A browser of its own, with a profile that can keep an app, which was told to trust the server's key.
    """
    complaints: list[str] = []
    certificate = x509.load_pem_x509_certificate((server.data_dir / "lan-server.pem").read_bytes())
    point = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(point).digest()).decode()
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=CHROMIUM,
        args=[*QUIET, f"--ignore-certificate-errors-spki-list={trusted}"],
        viewport={"width": 390, "height": 844},
        reduced_motion="reduce",
        permissions=["geolocation"],
    )
    page = context.pages[0]
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("console", lambda said: complaints.append(said.text) if is_ours(said.text) else None)
    yield page
    context.close()
    assert complaints == []


def test_a_second_browser_installs_the_app_and_is_woken_over_the_network(
    page: Page, server: Server, address: str, lan_port: int
) -> None:
    """
    By https it is installable; the page hands its subscription over, the server's pushes are decrypted and shown.

    Chromium cannot register with its maker from here, so the subscription is one of a real push service on this
    machine, and what that service decrypted goes to the browser's own service worker by the debugger.
    """
    origin = f"https://{address}:{lan_port}"
    with running_push_service() as service:
        subscribers = subscribes_with(page, service)
        line = page.context.new_cdp_session(page)
        notifications = {"permission": {"name": "notifications"}, "origin": origin}

        line.send("Browser.setPermission", {**notifications, "setting": "prompt"})
        page.goto(f"{origin}/app")
        sign_in(page, "student1")
        ask = page.get_by_role("button", name="Let Bluelight wake this phone")
        expect(ask).to_be_visible()
        # The browser's own question nobody can press in a test: its owner says yes in the browser's settings.
        line.send("Browser.setPermission", {**notifications, "setting": "granted"})
        expect(ask).to_be_hidden()
        faults = line.send("Page.getInstallabilityErrors")["installabilityErrors"]
        manifest = line.send("Page.getAppManifest")
        page.get_by_role("link", name="Me", exact=True).click()
        expect(page.get_by_text("Bluelight can wake this phone.")).to_be_visible()
        expect(page.get_by_text("Not live since")).to_be_hidden()
        page.get_by_role("link", name="Call").click()
        press(page, "EMERGENCY")
        accept(server, "officer1")
        expect(page.get_by_role("heading", name="Officer 1 is coming")).to_be_visible()
        warn(server, "controller1")
        coming, warning = (pushed_about(subscribers[0], what) for what in ("incident_id", "broadcast_id"))
        told = told_by_the_worker(page)
        deliver(page, line, origin, [coming, warning])
        shown = on_the_lock_screen(page, 2)
        page.get_by_role("link", name="Me", exact=True).click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    broadcast = warning["data"]["broadcast_id"]
    receipt = {"message_ids": [broadcast], "stage": "displayed", "versions": {broadcast: 1}}
    assert ([], "/app/manifest.webmanifest") == (faults, manifest["url"].removeprefix(origin))
    assert 1 == len(subscribers)
    assert {
        ("Bluelight", "Somebody is coming: open Bluelight", coming["tag"]),
        ("Leave Sherfield Building now", warning["sentence"], broadcast),
    } == shown
    assert ("Leave Sherfield Building now", receipt) == (warning["title"], told[0])
    assert page.evaluate(SUBSCRIBED) is None
    assert trusts(server, f"{origin}/healthz", address)


def accept(server: Server, name: str) -> None:
    """Say yes to what this officer is asked, from a handset of their own."""
    officer = Phone(server, name)
    officer.sign_in()
    officer.asks("PUT", "/v1/duty", {"state": "on_patrol"})
    eventually(lambda: officer.asks("GET", "/v1/offers").body["items"])
    for offer in officer.asks("GET", "/v1/offers").body["items"]:
        assert officer.asks("POST", f"/v1/offers/{offer['id']}/accept").status == 200


def warn(server: Server, name: str) -> None:
    """A template to everybody, issued by this controller."""
    controller = Phone(server, name)
    controller.sign_in()
    at = "/console/api/broadcasts"
    words = {"template": "evacuate", "place": "sherfield", "audience": {"everyone": True}}
    draft = controller.asks("POST", at, words).body
    assert controller.asks("POST", f"{at}/{draft['id']}/issue").status == 200


def pushed_about(subscriber: Subscriber, what: str) -> dict[str, Any]:
    """The first that this service decrypted about a case, or a broadcast: which comes first is nobody's promise."""
    assert eventually(lambda: any(what in one["data"] for one in subscriber.shown()), 15)
    return next(one for one in subscriber.shown() if what in one["data"])


def told_by_the_worker(page: Page) -> list[Any]:
    """The receipts that this browser's service worker sends from now on."""
    told: list[Any] = []

    def note(request: Request) -> None:
        if request.service_worker and request.url.endswith("/v1/receipts"):
            told.append(request.post_data_json)

    page.context.on("request", note)
    return told


def subscribes_with(page: Page, service: PushService) -> list[Subscriber]:
    """From now on this page's browser subscribes at that service, with the key that the page hands it."""
    subscribers: list[Subscriber] = []

    def subscribe(key: str) -> str:
        subscribers.append(service.browser(key))
        return subscribers[-1].value

    page.expose_function("subscribeAtService", subscribe)
    page.add_init_script(SUBSCRIBES)
    return subscribers


SUBSCRIBES = """
let held = null;
PushManager.prototype.getSubscription = async () => held;
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  if (held) return held;
  const value = JSON.parse(await subscribeAtService(applicationServerKey));
  const key = atob(applicationServerKey.replaceAll("-", "+").replaceAll("_", "/"));
  const options = { applicationServerKey: Uint8Array.from(key, (sign) => sign.charCodeAt()).buffer };
  held = { ...value, options, toJSON: () => value, unsubscribe: async () => { held = null; } };
  return held;
};
"""


SUBSCRIBED = "async () => (await navigator.serviceWorker.ready).pushManager.getSubscription()"


def deliver(page: Page, line: CDPSession, origin: str, pushes: list[dict[str, Any]]) -> None:
    """To the service worker of this page's browser, as its maker would."""
    registrations: list[str] = []

    def note(told: dict[str, Any]) -> None:
        registrations.extend(one["registrationId"] for one in told["registrations"] if not one["isDeleted"])

    line.on("ServiceWorker.workerRegistrationUpdated", note)
    line.send("ServiceWorker.enable")
    while not registrations:
        page.wait_for_timeout(50)
    for pushed in pushes:
        told = {"origin": origin, "registrationId": registrations[0], "data": json.dumps(pushed)}
        line.send("ServiceWorker.deliverPushMessage", told)


def on_the_lock_screen(page: Page, number: int) -> set[tuple[str, ...]]:
    """What stands on this browser's lock screen, once so many do."""
    # Not by wait_for_function: it takes the promise itself for a yes, and so would not wait.
    eventually(lambda: len(page.evaluate(SHOWN)) >= number, 15)
    return {tuple(one) for one in page.evaluate(SHOWN)}


SHOWN = """
async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag }) => [title, body, tag])
"""


def trusts(server: Server, url: str, address: str) -> bool:
    """Whether a client that trusts the printed authority, and checks names, is answered."""
    authority = str(server.data_dir / "lan-authority.pem")
    # 127.0.0.2 stands in for an address that the machine has not got, and no certificate names it.
    named = url if not address.startswith("127.") else url.replace(address, "127.0.0.1")
    return requests.get(named, verify=authority, timeout=10, proxies={"https": ""}).ok
