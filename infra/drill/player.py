"""What every player can do: ask and write it down, and listen to a stream that may break."""

import random
import threading
from contextlib import suppress
from typing import Any

from infra.drill.cast import Part, Place
from infra.drill.history import History
from infra.drill.line import BROKEN, Line
from infra.drill.phone import GONE, Answer, Phone
from infra.drill.stage import Stage

#: What of a message is written down; the rest is names, places and words.
TOLD = ("incident_id", "offer_id", "alarm_id", "reason", "state")

Message = dict[str, Any]


class Player:
    """Somebody with a phone or a console; the same seed makes the same choices."""

    face = "handset"

    def __init__(self, url: str, part: Part, stage: Stage, history: History, seed: int) -> None:
        self.name = part.name
        self.phone = Phone(url, part.token)
        self.stage = stage
        self.history = history
        self.chance = random.Random(f"{seed}/{part.name}")
        self.last_seq = 0
        self._line = Line(url, part.token, face=self.face, take=self._take)
        self._connections = 0
        self._hearing = threading.Lock()

    def hears(self, message: Message) -> None:
        """A message that is news to this player."""

    def asks(self, what: str, method: str, path: str, body: Any = None, **facts: Any) -> Answer | None:
        """One request, written down before and after; None when no answer came."""
        self.history.note(self.name, what, phase="begin", **facts)
        try:
            answer = self.phone.asks(method, path, body)
        except GONE as fault:
            self.history.note(self.name, what, phase="end", fault=type(fault).__name__, **facts)
            return None
        case = answer.body.get("id") if what == "tap" and answer.ok else facts.get("case")
        self.history.note(self.name, what, phase="end", status=answer.status, **{**facts, "case": case})
        return answer

    # The live connection

    @property
    def is_listening(self) -> bool:
        return self._line.is_open

    def listens(self) -> bool:
        """Open the live connection; False when it could not be opened just now."""
        self._connections += 1
        after = self.last_seq
        self.history.note(self.name, "open", phase="begin", line=self._connections, after=after)
        try:
            self._line.open(after)
        except BROKEN as fault:
            self.history.note(self.name, "open", phase="end", line=self._connections, fault=type(fault).__name__)
            return False
        self.history.note(self.name, "open", phase="end", line=self._connections, status=200)
        return True

    def is_cut(self) -> None:
        self.history.note(self.name, "cut", line=self._connections)
        self._line.cut()

    def hangs_up(self) -> None:
        self.history.note(self.name, "closed", line=self._connections)
        self._line.close()

    def confirms(self, message: Message) -> None:
        """The screen shows it."""
        facts = {"message": message["id"], "type": message["type"], "case": message["data"].get("incident_id")}
        self.history.note(self.name, "receipt", phase="begin", **facts)
        status = 0
        with suppress(*BROKEN):
            answer = self._line.confirms([message["id"]])
            status = 200 if isinstance(answer, dict) and "confirmed" in answer else 400
        self.history.note(self.name, "receipt", phase="end", status=status, **facts)

    def shows_where(self, told: dict[str, Any]) -> None:
        """Say by the live connection where this phone is; what is lost is said anew soon."""
        with suppress(*BROKEN):
            self._line.is_at(told)

    def catches_up(self, after: int | None = None) -> int:
        """Read the stream by request from there, or from what was heard last; how many messages it held."""
        held = 0
        seq = self.last_seq if after is None else after
        while True:
            answer = self.asks("stream", "GET", f"/v1/stream?after={seq}", after=seq)
            if answer is None or not answer.ok or not answer.body["items"]:
                return held
            for message in answer.body["items"]:
                self._heard(message, by="request")
            held += len(answer.body["items"])
            seq = answer.body["items"][-1]["seq"]

    def _take(self, message: Message) -> None:
        self._heard(message, by="socket")

    def _heard(self, message: Message, *, by: str) -> None:
        told = {name: message["data"][name] for name in TOLD if message["data"].get(name) is not None}
        with self._hearing:
            line = self._connections if by == "socket" else None
            self.history.note(
                self.name, "heard", by=by, line=line, seq=message["seq"], id=message["id"], type=message["type"], **told
            )
            is_news = message["seq"] > self.last_seq
            self.last_seq = max(self.last_seq, message["seq"])
        if is_news:
            self.hears(message)


def where(place: Place, chance: random.Random) -> dict[str, float]:
    """A position a few metres about a place, as a phone sends it."""
    return {
        "latitude": place[0] + chance.uniform(-1, 1) * 1e-4,
        "longitude": place[1] + chance.uniform(-1, 1) * 1e-4,
        "accuracy_m": round(chance.uniform(3, 30), 1),
    }
