"""A student's day: press over good and bad networks, follow the case, speak, move, call it off."""

import threading
import time
from contextlib import suppress
from typing import Any
from uuid import UUID

from infra.drill.cast import Cast, Part
from infra.drill.history import History
from infra.drill.phone import GONE
from infra.drill.player import Message, Player, where
from infra.drill.stage import Script, Stage

#: By this note the officers know that nobody answers before a further rung is climbed.
LEFT = "Nobody answers this one at first."

KINDS = ("emergency", "first_aid", "help")
HOW = ("good", "slow", "twice", "cut")

#: So many students have a live connection at once; the others ask, as a phone does whose network lets nothing through.
LIVE = threading.BoundedSemaphore(24)

#: A tap is sent again until it is answered; after so often the server has gone.
MOST_ATTEMPTS = 40

CLOSED = frozenset({"resolved", "cancelled"})


class Student(Player):
    """Presses every now and then until the stage is closed; `pause_s` is the mean time between two cases."""

    def __init__(self, cast: Cast, part: Part, stage: Stage, history: History, pause_s: float) -> None:
        super().__init__(cast.url, part, stage, history, cast.seed)
        self.cast = cast
        self.pause_s = pause_s
        self.case: str | None = None
        self.is_busy = False
        self._state = ""

    def day(self, first_s: float) -> Script:
        yield self.chance.uniform(0, first_s)
        while self.stage.is_open:
            self.is_busy = True
            yield from self.one_case()
            self.is_busy = False
            yield min(self.chance.expovariate(1 / self.pause_s), 4 * self.pause_s)

    def one_case(self) -> Script:
        kind = self.chance.choices(KINDS, (3, 3, 4))[0]
        left = kind != "help" and self.chance.random() < 0.08
        place = self.chance.choice(self.cast.places)
        outside = not left and self.chance.random() < 0.02
        body: dict[str, Any] = {
            "tap_id": str(UUID(int=self.chance.getrandbits(128), version=4)),
            "kind": kind,
            "silent": self.chance.random() < 0.1,
            "note": LEFT if left else None,
            "trigger": self.chance.choice(("button", "hold")),
        }
        if left or outside or self.chance.random() < 0.9:
            body["position"] = where(self.cast.outside if outside else place, self.chance)
        yield from self._press(body, self.chance.choices(HOW, (70, 10, 10, 10))[0], left=left)
        if self.case is not None:
            yield from self._follow(body, patience_s=150 if left else self.chance.uniform(40, 70))

    def hears(self, message: Message) -> None:
        data = message["data"]
        if data.get("incident_id") == self.case and data.get("state"):
            self._state = data["state"]

    def looks_back(self) -> Script:
        """At the end: every case of one's own, and the whole stream once more."""
        self.catches_up(0)
        cases: list[str] = []
        cursor = ""
        while True:
            answer = self.asks("list", "GET", f"/v1/incidents?limit=100{cursor}")
            if answer is None or not answer.ok:
                return
            cases += [case["id"] for case in answer.body["items"]]
            if answer.body["next_cursor"] is None:
                self.history.note(self.name, "mine", cases=cases)
                return
            cursor = f"&cursor={answer.body['next_cursor']}"
            yield 0.0

    def _press(self, body: dict[str, Any], how: str, *, left: bool = False) -> Script:
        """Until it is answered; `case` is then the one it led to."""
        self.case, self._state = None, ""
        tap = body["tap_id"]
        self.history.note(self.name, "press", tap=tap, kind=body["kind"], how=how, left=left)
        if how == "twice":
            self.stage.begin(self._once_more(body))
        for attempt in range(1, MOST_ATTEMPTS + 1):
            facts = {"tap": tap, "attempt": attempt, "how": how}
            if attempt == 1 and how == "cut":
                self.history.note(self.name, "tap", phase="begin", **facts)
                with suppress(*GONE):
                    self.phone.sends_and_is_cut("POST", "/v1/taps", body)
                self.history.note(self.name, "tap", phase="end", fault="cut", **facts)
            elif attempt == 1 and how == "slow":
                self.history.note(self.name, "tap", phase="begin", **facts)
                yield self.chance.uniform(0.2, 1.5)
                self.history.note(self.name, "tap", phase="end", fault="never left the phone", **facts)
            else:
                answer = self.asks("tap", "POST", "/v1/taps", body, **facts)
                if answer is not None and answer.ok:
                    self.case = answer.body["id"]
                    return
            yield self.chance.uniform(0.1, 1.0)

    def _once_more(self, body: dict[str, Any]) -> Script:
        """The same press a second time at the same moment, as a network does that doubles it."""
        self.asks("tap", "POST", "/v1/taps", body, tap=body["tap_id"], attempt=0, how="twice")
        yield 0.0

    def _follow(self, body: dict[str, Any], *, patience_s: float) -> Script:
        """Until the case is closed, or the student has had enough and calls it off."""
        give_up = time.monotonic() + (self.chance.uniform(2, 8) if self.chance.random() < 0.12 else patience_s)
        live = LIVE.acquire(blocking=False)
        if live:
            self.listens()
        seq = 0
        while self._state not in CLOSED:
            if time.monotonic() > give_up or not self.stage.is_open:
                # When the day ends whoever has just pressed still gives the officers a moment.
                yield 0.0 if time.monotonic() > give_up else self.chance.uniform(4, 9)
                if self._state not in CLOSED:
                    self.asks("cancel", "POST", f"/v1/incidents/{self.case}/cancel", {}, case=self.case)
                break
            yield self.chance.uniform(2, 4)
            if not self.is_listening:
                self.catches_up()
            if self._state in CLOSED:
                break
            seq += 1
            self._lives_on(body, seq)
        if live:
            self.hangs_up()
            LIVE.release()

    def _lives_on(self, body: dict[str, Any], seq: int) -> None:
        """One of the things people do while they wait."""
        does = self.chance.random()
        if does < 0.5 and "position" in body:
            at = where((body["position"]["latitude"], body["position"]["longitude"]), self.chance)
            self.asks("position", "POST", f"/v1/incidents/{self.case}/positions", {"seq": seq, **at}, case=self.case)
        elif does < 0.6:
            said = {"message_id": str(UUID(int=self.chance.getrandbits(128), version=4)), "text": "Still here."}
            self.asks("say", "POST", f"/v1/incidents/{self.case}/messages", said, case=self.case)
        elif does < 0.63:
            again = {**body, "tap_id": str(UUID(int=self.chance.getrandbits(128), version=4)), "note": None}
            self.history.note(self.name, "press", tap=again["tap_id"], kind=body["kind"], how="again", left=False)
            self.asks("tap", "POST", "/v1/taps", again, tap=again["tap_id"], attempt=1, how="again")
