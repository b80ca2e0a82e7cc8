"""Stands in for Google as it really speaks: HTTP/2 over TLS, by Node's own server in a process of its own."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.lan_certificate import AUTHORITY, certificate_of
from tests.google import PROJECT, Reply, private_key

SCRIPT = Path(__file__).parent / "node" / "google.js"


@dataclass(frozen=True, slots=True)
class Taken:
    """A push as it came: when, on which connection, with which access token, and byte for byte."""

    at: float
    target: str
    dry: bool
    bearer: str
    body: str
    connection: int

    @property
    def tag(self) -> str:
        """What it replaces on a screen."""
        found: str = json.loads(self.body)["message"]["android"]["notification"]["tag"]
        return found


class GoogleByHttp2:
    """Everything is sent until `answers` says something else of a target."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process = process
        #: What a client must trust, as a file.
        self.authority = folder / f"{AUTHORITY}.pem"
        ports = self._line()
        self.endpoint = f"https://127.0.0.1:{ports['port']}"
        #: The same by HTTP/1.1, and access tokens.
        self.older = f"https://127.0.0.1:{ports['older']}"

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
            "token_uri": f"{self.older}/token",
        }

    def answers(self, *rules: tuple[str, Reply] | tuple[str, Reply, dict[str, Any]], **more: Any) -> None:
        """By what a target begins with; `more` is latency_ms, goaway, refuses_passes or remembers. Forgets what was."""
        told = [
            {"prefix": prefix, "reply": _reply(reply), **(when[0] if when else {})} for prefix, reply, *when in rules
        ]
        usual: dict[str, Any] = {"latency_ms": 0, "goaway": None, "refuses_passes": False, "remembers": True}
        self._tell({**usual, **more, "rules": told, "forget": True})

    def taken(self) -> list[Taken]:
        """The pushes since the last `answers`."""
        return [Taken(**one) for one in self._tell({"asked": True})["asked"]]

    def counts(self) -> dict[str, int]:
        """How many pushes, access tokens (`passes`), connections, and most pushes at once (`most`)."""
        return {name: number for name, number in self._tell({}).items() if name != "asked"}

    def _tell(self, told: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def google_by_http2(folder: Path) -> Iterator[GoogleByHttp2]:
    """One whose certificate lies in this folder, ended by its pid."""
    secured = certificate_of(folder, {"127.0.0.1"}, now=datetime.now(UTC))
    node = shutil.which("node") or shutil.which("nodejs")
    assert node is not None, "Node is not here; type:  make test-needs"
    command = [node, str(SCRIPT), str(secured.certificate), str(secured.key)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield GoogleByHttp2(process, folder)
        finally:
            process.kill()


def _reply(reply: Reply) -> dict[str, Any]:
    return {"status": reply.status, "body": reply.body.decode(), "headers": dict(reply.headers)}
