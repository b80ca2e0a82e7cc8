"""Stands in for Google: the endpoint that takes pushes and the one that gives access tokens, on this machine."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.stand_in import Answering, Listening

PROJECT = "demo-campus"
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"

#: Ends of a connection, in place of a status.
HANG, RESET = "hang", "reset"


@dataclass(frozen=True, slots=True)
class Reply:
    """How Google answers one push: a status and a body, or an end of the connection."""

    status: int | str = 200
    body: bytes = b'{"name": "projects/demo-campus/messages/1"}'
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came, with when, on the monotonic clock."""

    at: float
    message: dict[str, Any]
    dry_run: bool
    bearer: str

    @property
    def target(self) -> str:
        found: str = self.message.get("fid") or self.message.get("token") or self.message.get("topic") or ""
        return found


OK = Reply()
HTML = Reply(200, b"<html>Sign in to the network</html>")
HANGS, RESETS = Reply(HANG), Reply(RESET)


def refusal(status: int, word: str, code: str | None = None, **headers: str) -> Reply:
    """An error as Google words it; `code` is FCM's own, `Retry_After` becomes a header."""
    details = [{"@type": FCM_ERROR, "errorCode": code}] if code else []
    error = {"code": status, "status": word, "message": "as the test said", "details": details}
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps({"error": error}).encode(), told)


UNREGISTERED = refusal(404, "NOT_FOUND", "UNREGISTERED")
INVALID = refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT")
QUOTA = refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
UNAVAILABLE = refusal(503, "UNAVAILABLE")


class Google:
    """Answers each push as `answers` says (all is well until told), and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: Callable[[Asked], Reply] = self.well
        self.asked: list[Asked] = []
        self.tokens = 0
        self.gives_tokens = True
        self.most_at_once = 0
        self._at_once = 0
        self._turn = threading.Lock()
        self._ended = threading.Event()
        self._server = Listening(self, _Request)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @staticmethod
    def well(_: Asked) -> Reply:
        """Everything is sent."""
        return OK

    def always(self, reply: Reply) -> None:
        """The same answer to every push; a dry run is well."""
        self.answers = lambda asked: OK if asked.dry_run else reply

    @property
    def account(self) -> dict[str, Any]:
        """A service account of this Google."""
        return {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "one",
            "private_key": private_key(),
            "client_email": f"bluelight@{PROJECT}.iam.gserviceaccount.com",
            "client_id": "1",
            "token_uri": f"{self.endpoint}/token",
        }

    def credentials_in(self, folder: Path) -> Path:
        """The account as the file that an operator downloads."""
        return self.account_in(folder, self.account)

    @staticmethod
    def account_in(folder: Path, account: Mapping[str, Any]) -> Path:
        """The same for an account of a stand-in in another process."""
        file = folder / "firebase.json"
        file.write_text(json.dumps(account))
        file.chmod(0o600)
        return file

    def pushed(self, target: str) -> list[Asked]:
        return [one for one in self.asked if one.target == target and not one.dry_run]

    def waits_for(self, target: str, *, number: int = 1, within_s: float = 15) -> list[Asked]:
        """The pushes to a target, once there are so many."""
        until = time.monotonic() + within_s
        while len(self.pushed(target)) < number:
            assert time.monotonic() < until, f"{len(self.pushed(target))} of {number} pushes to {target}"
            time.sleep(0.01)
        return self.pushed(target)

    def close(self) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def take(self, asked: Asked) -> Reply:
        with self._turn:
            self.asked.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            reply = self.answers(asked)
        finally:
            with self._turn:
                self._at_once -= 1
        if reply.status == HANG:
            self._ended.wait(60)
        return reply


class _Request(Answering):
    def do_POST(self) -> None:  # noqa: N802 - the library names it
        at = time.monotonic()
        google = self.server.of  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/token":
            google.tokens += 1
            good = Reply(200, json.dumps({"access_token": f"pass-{google.tokens}", "expires_in": 3599}).encode())
            self._answer(good if google.gives_tokens else Reply(400, b'{"error": "invalid_grant"}'))
            return
        told = json.loads(body)
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self._answer(google.take(Asked(at, told["message"], told.get("validate_only", False), bearer)))

    def _answer(self, reply: Reply) -> None:
        self.answers(reply.status, reply.headers, reply.body)


@contextmanager
def google_stands_in() -> Iterator[Google]:
    """One that is closed at the end."""
    google = Google()
    try:
        yield google
    finally:
        google.close()


@cache
def private_key() -> str:
    """Made once a run: it takes a moment."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
