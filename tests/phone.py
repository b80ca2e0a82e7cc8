"""A phone, an officer's handset or a console in the field's words, by HTTP and the official Socket.IO client."""

import threading
import time
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import uuid4

import requests

from tests.server import Served, sign_in
from tests.socket_line import Line, Refused

Place = tuple[float, float]

SHERFIELD: Place = (51.4985, -0.1770)
LIBRARY: Place = (51.4982, -0.1784)
BEIT: Place = (51.4998, -0.1778)

#: Longer than any answer may take, short enough for a test to fail by itself.
PATIENCE_S = 20

Message = dict[str, Any]


class Answer(NamedTuple):
    """`body` is the answer's JSON, or its text where it is none."""

    status: int
    body: Any
    media_type: str


class Phone:
    """
    Somebody's device. `messages` is the stream as it arrived, over every connection, untouched and unjudged.

    `heard` are all other events as (name, data); `arrived_at` says when each
    message came, on the monotonic clock.
    """

    def __init__(self, server: Served, name: str, *, face: str = "handset") -> None:
        self.server = server
        self.name = name
        self.namespace = f"/{face}"
        self.token: str | None = server.tokens.get(name)
        self.messages: list[Message] = []
        self.arrived_at: list[float] = []
        self.heard: list[tuple[str, Any]] = []
        self.was_ended = threading.Event()
        self._news = threading.Condition()
        self._line: Line | None = None
        server.clients.append(self)

    def sign_in(self) -> dict[str, Any]:
        """Sign in with the password; what it answered."""
        welcome: dict[str, Any] = sign_in(self.server, self.name)
        self.token = welcome["access_token"]
        return welcome

    def asks(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request on a connection of its own, as this person; `raw` are a body's very bytes."""
        told = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if raw is not None:
            told["Content-Type"] = "application/json"
        response = requests.request(
            method,
            self.server.url + path,
            json=body if raw is None else None,
            data=raw,
            headers={**told, **(headers or {})},
            timeout=PATIENCE_S,
        )
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        told_back = response.json() if "json" in media_type and response.content else response.text
        return Answer(response.status_code, told_back, media_type)

    def taps(
        self,
        kind: str = "emergency",
        *,
        at: Place | None = SHERFIELD,
        tap_id: str | None = None,
        silent: bool = False,
        note: str | None = None,
    ) -> tuple[int, Any]:
        """Press the button."""
        told = {"tap_id": tap_id or str(uuid4()), "kind": kind, "silent": silent, "note": note}
        answer = self.asks("POST", "/v1/taps", {**told, "position": place(at) if at else None})
        return answer.status, answer.body

    def goes_on_duty(self, at: Place | None = LIBRARY) -> None:
        self._duty("on_patrol", at)

    def goes_off_duty(self) -> None:
        self._duty("off_duty", None)

    def accepts(self, offer_id: str) -> Answer:
        return self.asks("POST", f"/v1/offers/{offer_id}/accept")

    def declines(self, offer_id: str) -> Answer:
        return self.asks("POST", f"/v1/offers/{offer_id}/decline", {})

    def moves(self, incident_id: str, move: str) -> Answer:
        return self.asks("POST", f"/v1/incidents/{incident_id}/moves", {"move": move})

    def cancels(self, incident_id: str) -> Answer:
        return self.asks("POST", f"/v1/incidents/{incident_id}/cancel", {})

    def says(self, incident_id: str, text: str, *, message_id: str | None = None) -> Answer:
        told = {"message_id": message_id or str(uuid4()), "text": text}
        return self.asks("POST", f"/v1/incidents/{incident_id}/messages", told)

    def conversation(self, incident_id: str) -> list[dict[str, Any]]:
        answer = self.asks("GET", f"/v1/incidents/{incident_id}/messages")
        assert answer.status == 200, answer
        said: list[dict[str, Any]] = answer.body["items"]
        return said

    def case(self, incident_id: str) -> dict[str, Any]:
        """The case as this person may see it."""
        answer = self.asks("GET", f"/v1/incidents/{incident_id}")
        assert answer.status == 200, answer
        found: dict[str, Any] = answer.body
        return found

    def offers(self) -> list[dict[str, Any]]:
        """What this officer is asked now, by HTTP."""
        answer = self.asks("GET", "/v1/offers")
        assert answer.status == 200, answer
        waiting: list[dict[str, Any]] = answer.body["items"]
        return waiting

    def confirms(self, message_ids: Collection[str], stage: str = "displayed") -> Answer:
        """Tell by HTTP what the screen has shown."""
        return self.asks("POST", "/v1/receipts", {"message_ids": list(message_ids), "stage": stage})

    def stream(self, after: int = 0) -> list[Message]:
        """Everything after that number, by HTTP, page by page."""
        found: list[Message] = []
        while True:
            answer = self.asks("GET", f"/v1/stream?after={after}")
            assert answer.status == 200, answer
            if not answer.body["items"]:
                return found
            found += answer.body["items"]
            after = found[-1]["seq"]

    def connects(self, last_seq: int = 0, *, auth: Any = None, within_s: float = 10) -> None:
        """
        Open the socket; what was missed after `last_seq` follows.

        Raises Refused with what CONNECT_ERROR carried.
        """
        self.close()
        line, refusals, opened = Line(), [], threading.Event()
        line.on("message", self._take, namespace=self.namespace)
        line.on("*", self._hear, namespace=self.namespace)
        line.on("disconnect", lambda *_: self.was_ended.set(), namespace=self.namespace)
        line.on("connect", opened.set, namespace=self.namespace)

        def refused(told: Any = None) -> None:
            refusals.append(told)
            opened.set()

        line.on("connect_error", refused, namespace=self.namespace)
        self.was_ended.clear()
        self._line = line
        told = {"token": self.token, "last_seq": last_seq} if auth is None else auth
        line.connect(self.server.url, auth=told, namespaces=[self.namespace], transports=["websocket"], wait=False)
        line.wire = line.eio.ws
        assert opened.wait(within_s), "neither CONNECT nor CONNECT_ERROR came"
        if refusals:
            self.close()
            raise Refused(refusals[0])

    @property
    def is_connected(self) -> bool:
        return self._line is not None and self._line.connected and not self.was_ended.is_set()

    def cut(self) -> None:
        """The network goes away in the middle of a word: the connection is reset, nothing is said."""
        line, self._line = self._line, None
        assert line is not None
        line.cut()

    def close(self) -> None:
        """Leave in good order; nothing happens without an open socket."""
        line, self._line = self._line, None
        if line is not None:
            line.leave()

    def sends(self, event: str, body: Any) -> Any:
        """An event on the socket; its acknowledgement."""
        assert self._line is not None
        return self._line.call(event, body, namespace=self.namespace, timeout=PATIENCE_S)

    def throws(self, event: str, *arguments: Any) -> None:
        """An event on the socket that nobody waits for."""
        assert self._line is not None
        self._line.emit(event, arguments, namespace=self.namespace)

    def is_at(self, at: Place, *, seq: int, incident_id: str | None = None) -> Any:
        """Tell by the socket where this phone is; the acknowledgement."""
        told = {"seq": seq, "latitude": at[0], "longitude": at[1], "accuracy_m": 5.0}
        return self.sends("position", {**told, "incident_id": incident_id} if incident_id else told)

    def waits_for(self, wanted: Callable[[Message], bool], within_s: float = 5, *, what: str = "a message") -> Message:
        """The first message, come already or not, that is wanted; fails when none comes in time."""
        until = time.monotonic() + within_s
        looked_at = 0
        with self._news:
            while True:
                for message in self.messages[looked_at:]:
                    if wanted(message):
                        return message
                looked_at = len(self.messages)
                left = until - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    told = [(one["seq"], one["type"]) for one in self.messages[-20:]]
                    raise AssertionError(f"{self.name} waited {within_s} s for {what}; the last it got: {told}")

    def is_asked_about(self, incident_id: str, within_s: float = 5) -> str:
        """Wait for the offer of this case on the socket; its id."""

        def wanted(message: Message) -> bool:
            return message["type"] == "offer" and message["data"].get("incident_id") == incident_id

        offer_id: str = self.waits_for(wanted, within_s, what=f"an offer of {incident_id}")["data"]["offer_id"]
        return offer_id

    def of_type(self, type_: str) -> list[Message]:
        return [message for message in self.messages if message["type"] == type_]

    def _duty(self, state: str, at: Place | None) -> None:
        answer = self.asks("PUT", "/v1/duty", {"state": state, "position": place(at) if at else None})
        assert answer.status == 200, answer

    def _take(self, message: Message) -> None:
        with self._news:
            self.messages.append(message)
            self.arrived_at.append(time.monotonic())
            self._news.notify_all()

    def _hear(self, event: str, data: Any = None) -> None:
        with self._news:
            self.heard.append((event, data))
            self._news.notify_all()


def place(at: Place) -> dict[str, float]:
    """A position as a phone sends it."""
    return {"latitude": at[0], "longitude": at[1], "accuracy_m": 8.0}


def eventually(true: Callable[[], bool], within_s: float = 5) -> bool:
    """Whether it becomes true in time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return true()


def at_once(calls: Collection[Callable[[], Any]]) -> list[Any]:
    """The results of these calls, begun together on a thread each."""
    results: list[Any] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place_: int, call: Callable[[], Any]) -> None:
        start.wait(30)
        results[place_] = call()

    threads = [threading.Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
