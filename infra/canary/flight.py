"""One press of the canary, from the button to the end of its case, by HTTP and Socket.IO as everybody's."""

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from infra.drill.line import BROKEN, Line
from infra.drill.phone import GONE, Answer, Phone

#: A press that takes longer has failed: a person would have rung 999 by now.
LATEST_S = 10.0

#: By this word the case goes to the robot and to nobody else.
SUBTYPE = "canary"

Message = dict[str, Any]


class Fallen(Exception):
    """The press did not come through; its argument says where it got stuck."""


class SignedOut(Exception):
    """The tokens are good for nothing any more: only new ones help."""


class Canary:
    """An exercise person who presses, and a robot officer who answers; both connections stay open between presses."""

    def __init__(self, url: str, *, presser: str, robot: str, position: dict[str, float] | None = None) -> None:
        self._presser, self._robot = Ear(url, presser), Ear(url, robot)
        self._position = position

    def press(self) -> float:
        """
        Once through it all; seconds from the press to the moment the presser heard that somebody comes.

        Raises Fallen, or SignedOut.
        """
        try:
            self._get_ready()
            return self._fly()
        except (*GONE, *BROKEN) as fault:
            raise Fallen(f"no connection ({type(fault).__name__})") from fault

    def close(self) -> None:
        for ear in (self._presser, self._robot):
            ear.close()

    def _get_ready(self) -> None:
        """A press that fell left its case open, and the next would only join it."""
        # Requests before connections: only they tell that a token is good for nothing any more.
        _expect(self._robot.phone.asks("PUT", "/v1/duty", {"state": "at_post"}), 200, "going on duty")
        found = _expect(self._presser.phone.asks("GET", "/v1/incidents?open=true"), 200, "looking for old cases")
        for case in found.body["items"]:
            self._presser.phone.asks("POST", f"/v1/incidents/{case['id']}/cancel", {})
        for ear in (self._presser, self._robot):
            ear.listen()

    def _fly(self) -> float:
        began = time.monotonic()
        until = began + LATEST_S
        told = {"tap_id": str(uuid4()), "kind": "emergency", "subtype": SUBTYPE, "position": self._position}
        tapped = _expect(self._presser.phone.asks("POST", "/v1/taps", told, patience_s=LATEST_S), 201, "pressing")
        case = tapped.body["id"]
        offer = self._robot.waits_for(case, lambda one: one["type"] == "offer", until, "the robot to be asked")
        self._robot.line.confirms([offer["id"]])
        path = f"/v1/offers/{offer['data']['offer_id']}/accept"
        _expect(self._robot.phone.asks("POST", path, patience_s=LATEST_S), 200, "the robot's yes")
        self._presser.waits_for(case, lambda one: one["data"].get("state") == "accepted", until, "the presser to hear")
        seconds = time.monotonic() - began
        if seconds > LATEST_S:
            raise Fallen(f"it took {seconds:.1f} s")
        moved = self._robot.phone.asks("POST", f"/v1/incidents/{case}/moves", {"move": "resolved"})
        _expect(moved, 200, "the end of the case")
        return seconds


class Ear:
    """One person's phone with its live connection, and what came by it since it was last asked."""

    def __init__(self, url: str, token: str) -> None:
        self.phone = Phone(url, token)
        self.line = Line(url, token, face="handset", take=self._take)
        self._last_seq = 0
        self._heard: list[Message] = []
        self._news = threading.Condition()

    def listen(self) -> None:
        """Open the connection if it is not open, and forget what is past. Raises one of BROKEN."""
        with self._news:
            self._heard.clear()
        if not self.line.is_open:
            self.line.open(self._last_seq)

    def close(self) -> None:
        self.line.close()

    def waits_for(self, case: str, wanted: Callable[[Message], bool], until: float, what: str) -> Message:
        """The first message about this case that is wanted. Raises Fallen when none comes in time."""
        with self._news:
            while True:
                for one in self._heard:
                    if one["data"].get("incident_id") == case and wanted(one):
                        return one
                left = until - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise Fallen(f"waited for {what}")

    def _take(self, message: Message) -> None:
        with self._news:
            self._last_seq = max(self._last_seq, message["seq"])
            self._heard.append(message)
            self._news.notify_all()


def _expect(answer: Answer, status: int, what: str) -> Answer:
    if answer.status == 401:
        raise SignedOut
    if answer.status != status:
        raise Fallen(f"{what} was answered {answer.status}")
    return answer
