"""A push service that really decrypts, as a browser would: the npm package web-push-testing, on this machine."""

import json
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.server import free_port

NODE = Path(__file__).parent / "node"
MISSING = "The push service of the tests is not here; type:  make test-needs"


class PushServiceMissing(Exception):
    """It was not installed, and says what to type."""


@dataclass(frozen=True, slots=True)
class Browser:
    """One that subscribed; `value` is what it hands to us, word for word."""

    service: "PushService"
    client: str
    value: str

    def shown(self) -> list[dict[str, Any]]:
        """What its page was given, decrypted."""
        answer = self.service.asks("get-notifications", {"clientHash": self.client})
        return [json.loads(one) for one in answer.json()["data"]["messages"]]

    def waits_for(self, number: int, *, within_s: float = 15) -> list[dict[str, Any]]:
        until = time.monotonic() + within_s
        while len(self.shown()) < number:
            assert time.monotonic() < until, f"{len(self.shown())} of {number} pushes came"
            time.sleep(0.05)
        return self.shown()

    def unsubscribes(self) -> None:
        """From now on its subscription is over: 410."""
        self.service.asks(f"expire-subscription/{self.client}", {})


@dataclass(frozen=True, slots=True)
class PushService:
    """One that runs."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asks(self, what: str, body: dict[str, Any]) -> requests.Response:
        return requests.post(f"{self.url}/{what}", json=body, timeout=10)

    def browser(self, vapid_key: str) -> Browser:
        """A browser subscribes with a server's public key."""
        answer = self.asks("subscribe", {"applicationServerKey": vapid_key, "userVisibleOnly": "true"})
        assert answer.ok, answer.text
        told = answer.json()["data"]
        endpoint = told["endpoint"].replace("//localhost:", "//127.0.0.1:")
        value = json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": told["keys"]})
        return Browser(self, told["clientHash"], value)


@contextmanager
def running_push_service() -> Iterator[PushService]:
    """
    One that is ended by its pid. Raises PushServiceMissing.
    """
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None or not (NODE / "node_modules" / "web-push-testing").is_dir():
        raise PushServiceMissing(MISSING)
    service = PushService(free_port())
    command = [node, str(NODE / "pushes.js"), str(service.port)]
    with subprocess.Popen(command, cwd=NODE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], 20)
            assert ready, "the push service says nothing"
            assert b"running" in process.stdout.readline()
            yield service
        finally:
            process.kill()
