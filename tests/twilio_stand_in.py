"""Stands in for Twilio: takes texts and calls on this machine, and answers our doors as Twilio does, signed."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from lxml import etree
from twilio.request_validator import RequestValidator

from notifications.channels.telephone_account import TEXTS, TelephoneAccount
from tests.stand_in import Answering, Listening

SID = "AC" + "0" * 31 + "1"
TOKEN = "a token of Twilio's own making"
NUMBER = "+442079460000"

#: Ends of a connection, in place of a status.
HANG, RESET = "hang", "reset"


@dataclass(frozen=True, slots=True)
class Reply:
    """How one request is answered: a status and a body, or an end of the connection."""

    status: int | str = 201
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


OK = Reply()
HANGS, RESETS = Reply(HANG), Reply(RESET)
HTML = Reply(200, b"<html>Sign in to the network</html>")


def refusal(status: int, code: int | None = None, **headers: str) -> Reply:
    """An error as Twilio words it; `Retry_After` becomes a header."""
    told = {"code": code, "message": "as the test said", "status": status}
    body = {name: value for name, value in told.items() if value is not None}
    return Reply(status, json.dumps(body).encode(), {name.replace("_", "-"): one for name, one in headers.items()})


@dataclass(frozen=True, slots=True)
class Asked:
    """A text or a call as it came; `form` is Twilio's own."""

    kind: str
    form: dict[str, str]
    sid: str

    @property
    def to(self) -> str:
        return self.form["To"]

    @property
    def words(self) -> str:
        """What is read by the person, or to them."""
        return self.form["Body"] if self.kind == "Messages" else " ".join(spoken(self.form["Twiml"]))


class Answers(Protocol):
    """What one of our doors answers, whichever client asked it."""

    status_code: int
    text: str


Post = Callable[[str, Mapping[str, str], Mapping[str, str]], Any]


class TwilioStandIn:
    """Answers each request as `answers` says (all is well until told), and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: Callable[[Asked], Reply] = lambda _: OK
        self.asked: list[Asked] = []
        self._numbers = count(1)
        self._ended = threading.Event()
        self._server = Listening(self, _Request)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def account(self, public_url: str, **more: Any) -> TelephoneAccount:
        """An account here, of a server that the world reaches at this address."""
        told = {"number": NUMBER, "endpoint": self.endpoint, **more}
        return TelephoneAccount(SID, TOKEN, public_url, **told)

    def settings(self, public_url: str) -> dict[str, str]:
        """The same as a server's environment."""
        return {
            "BLUELIGHT_PUBLIC_URL": public_url,
            "BLUELIGHT_TWILIO_ACCOUNT_SID": SID,
            "BLUELIGHT_TWILIO_AUTH_TOKEN": TOKEN,
            "BLUELIGHT_TWILIO_FROM": NUMBER,
            "BLUELIGHT_TWILIO_ENDPOINT": self.endpoint,
        }

    def always(self, reply: Reply) -> None:
        self.answers = lambda _: reply

    def begins_anew(self) -> None:
        """Nothing was asked yet, and all is well."""
        self.asked.clear()
        self.always(OK)

    def texts(self, to: str) -> list[Asked]:
        return [one for one in self.asked if one.kind == "Messages" and one.to == to]

    def calls(self, to: str) -> list[Asked]:
        return [one for one in self.asked if one.kind == "Calls" and one.to == to]

    def waits_for(self, found: Callable[[], list[Asked]], *, within_s: float = 15) -> Asked:
        """The first of these, once there is one."""
        until = time.monotonic() + within_s
        while not found():
            assert time.monotonic() < until, [one.form for one in self.asked]
            time.sleep(0.01)
        return found()[0]

    def take(self, kind: str, form: dict[str, str]) -> tuple[Asked, Reply]:
        asked = Asked(kind, form, f"{'SM' if kind == 'Messages' else 'CA'}{next(self._numbers):032x}")
        self.asked.append(asked)
        reply = self.answers(asked)
        if reply.status == HANG:
            self._ended.wait(60)
        return asked, reply

    def close(self) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@dataclass
class Telephone:
    """Somebody's telephone: texts our door, picks up a call and presses keys, each signed as Twilio signs."""

    number: str
    public_url: str
    post: Post
    token: str = TOKEN
    _sids: Iterator[int] = field(default_factory=lambda: count(1))

    def texts(self, words: str, *, sid: str | None = None) -> str:
        """Send this; what is texted back."""
        answer = self.sends(TEXTS, {"MessageSid": sid or self.new_sid(), "From": self.number, "Body": words})
        assert answer.status_code == 200, answer.text
        return " ".join(spoken(answer.text))

    def picks_up(self, call: Asked) -> "Call":
        """Hear what is read out."""
        return Call(self, call.sid, call.form["Twiml"])

    def sends(self, path: str, form: Mapping[str, str], *, url: str | None = None, signature: str | None = None) -> Any:
        """One request to a door; signed for `url` where that is another than the door's own."""
        signed = signature or RequestValidator(self.token).compute_signature(url or self.public_url + path, dict(form))
        return self.post(path, form, {"X-Twilio-Signature": signed})

    def new_sid(self) -> str:
        return f"SM{self.number.strip('+')}{next(self._sids):016x}"


@dataclass
class Call:
    """A call that was picked up: what is heard now, and where a key goes."""

    telephone: Telephone
    sid: str
    twiml: str

    @property
    def hears(self) -> str:
        return " ".join(spoken(self.twiml))

    @property
    def action(self) -> str | None:
        """Where a key that is pressed now goes."""
        found = etree.fromstring(self.twiml.encode()).find("Gather")
        return None if found is None else found.get("action")

    def presses(self, key: str) -> str:
        """What is heard after it."""
        assert self.action is not None, self.twiml
        parts = urlsplit(self.action)
        form = {"CallSid": self.sid, "Digits": key, "From": self.telephone.number}
        answer = self.telephone.sends(f"{parts.path}?{parts.query}", form)
        assert answer.status_code == 200, answer.text
        self.twiml = answer.text
        return self.hears


def spoken(twiml: str) -> list[str]:
    """The words in an answer, in their order; fails for what is no TwiML."""
    root = etree.fromstring(twiml.encode())
    assert root.tag == "Response"
    return [one.text or "" for one in root.iter("Say", "Message")]


class _Request(Answering):
    def do_POST(self) -> None:  # noqa: N802 - the library names it
        stand_in: TwilioStandIn = self.server.of  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        kind = self.path.removesuffix(".json").rpartition("/")[2]
        secret = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
        if self.path != f"/2010-04-01/Accounts/{SID}/{kind}.json":
            self._answer(refusal(404, 20404))
        elif self.headers.get("Authorization") != f"Basic {secret}":
            self._answer(refusal(401, 20003))
        else:
            asked, reply = stand_in.take(kind, form)
            taken = json.dumps({"sid": asked.sid, "status": "queued", "to": asked.to}).encode()
            self._answer(reply if reply.body is not None else Reply(reply.status, taken, reply.headers))

    def _answer(self, reply: Reply) -> None:
        self.answers(reply.status, reply.headers, reply.body or b"")


@contextmanager
def twilio_stands_in() -> Iterator[TwilioStandIn]:
    """One that is closed at the end."""
    stand_in = TwilioStandIn()
    try:
        yield stand_in
    finally:
        stand_in.close()
