"""Members, officers and a control room under fire: each tries until it is answered, and writes down what came of it."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.drill.cast import Part
from infra.drill.player import Message, Player, where
from infra.drill.stage import Script, Stage
from tests.faults.run.journal import Journal
from tests.faults.run.rules_of_books import LEFT
from tests.phone import BEIT, LIBRARY, SHERFIELD

PLACES = (SHERFIELD, LIBRARY, BEIT)
KINDS = ("emergency", "first_aid", "help")
BROADCASTS = "/console/api/broadcasts"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where they play; the same seed makes the same choices."""

    url: str
    stage: Stage
    journal: Journal
    seed: int


class Client(Player):
    """One that listens again whenever its connection is gone, from what it heard last."""

    def __init__(self, scene: Scene, name: str, token: str, *, face: str = "handset") -> None:
        self.face = face
        known_as = f"{name}@console" if face == "console" else name
        super().__init__(scene.url, Part(known_as, "", token), scene.stage, scene.journal, scene.seed)
        self._line.hear("broadcast", self._is_shown)
        self.listens_on = False

    def keeps_listening(self) -> Script:
        self.listens_on = True
        while self.listens_on:
            self.listens_again()
            yield self.chance.uniform(0.1, 0.3)

    def listens_again(self) -> None:
        """Open the connection if it is not; what the one before still held is taken first."""
        if not self.is_listening:
            self.hangs_up()
            self.listens()

    def until_answered(self, what: str, method: str, path: str, body: Any = None, **facts: Any) -> Script:
        """The same request again until there is an answer that is not the server's own trouble."""
        attempt = 1
        while True:
            answer = self.asks(what, method, path, body, attempt=attempt, **facts)
            if answer is not None and answer.status < 500:
                return
            attempt += 1
            yield self.chance.uniform(0.05, 0.2)

    def _is_shown(self, told: dict[str, Any]) -> None:
        facts = {"broadcast": told["broadcast_id"], "version": told["version"], "ended": bool(told.get("ended"))}
        self.history.note(self.name, "shown", line=self._connections, **facts)


class Member(Client):
    """Presses, moves, calls off, and presses again."""

    def __init__(self, scene: Scene, name: str, token: str, *, taps: int, pause_s: float) -> None:
        super().__init__(scene, name, token)
        self.left, self.pause_s = taps, pause_s
        self.case: str | None = None

    def day(self) -> Script:
        while self.left > 0 and self.stage.is_open:
            self.left -= 1
            yield from self.presses(self.chance.choice(KINDS))
            if self.case and self.chance.random() < 0.1:
                yield from self._moves()
            if self.case and self.chance.random() < 0.6:
                yield from self.calls_off()
            yield self.chance.uniform(0, 2 * self.pause_s)
        self.left = 0

    def is_left_alone(self, patience_s: float) -> Script:
        """An emergency that no officer here answers, so that its ladder climbs; called off in the end."""
        yield from self.presses("emergency", note=LEFT)
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            yield 0.5
        yield from self.calls_off()
        self.left = 0

    def presses(self, kind: str, note: str | None = None) -> Script:
        """One press: sent until it is answered, now and then twice, now and then cut off before its answer."""
        tap = str(UUID(int=self.chance.getrandbits(128), version=4))
        body = {"tap_id": tap, "kind": kind, "note": note, "position": where(self.chance.choice(PLACES), self.chance)}
        if self.chance.random() < 0.05:
            self.stage.begin(self.until_answered("tap", "POST", "/v1/taps", body, about=tap, twin=True))
        attempt = 0
        while True:
            attempt += 1
            answer = self.asks("tap", "POST", "/v1/taps", body, about=tap, attempt=attempt)
            if answer is not None and answer.status < 300:
                self.case = answer.body["id"]
                return
            yield self.chance.uniform(0.05, 0.2)

    def calls_off(self) -> Script:
        yield from self.until_answered("cancel", "POST", f"/v1/incidents/{self.case}/cancel", {}, case=self.case)

    def looks_back(self) -> Script:
        """Every case of one's own, and the whole stream."""
        self.catches_up(0)
        cases: list[str] = []
        cursor = ""
        while True:
            answer = self.asks("list", "GET", f"/v1/incidents?limit=100{cursor}")
            if answer is None or not answer.ok:
                yield 0.1
                continue
            cases += [case["id"] for case in answer.body["items"]]
            if answer.body["next_cursor"] is None:
                self.history.note(self.name, "mine", cases=cases)
                return
            cursor = f"&cursor={answer.body['next_cursor']}"

    def _moves(self) -> Script:
        """Positions that overtake one another, as a network delivers them."""
        for seq in self.chance.sample((1, 2, 3), 3):
            told = {"seq": seq, **where(self.chance.choice(PLACES), self.chance)}
            path = f"/v1/incidents/{self.case}/positions"
            yield from self.until_answered("position", "POST", path, told, case=self.case, about=str(seq))


class Officer(Client):
    """Asked, and answers: yes, no or nothing; comes and ends it. `leaves` now and then goes off duty for a while."""

    def __init__(self, scene: Scene, name: str, token: str, *, leaves: bool = False) -> None:
        super().__init__(scene, name, token)
        self.leaves = leaves
        self.place = self.chance.choice(PLACES)

    def day(self) -> Script:
        push = {"kind": "token", "value": f"push-{self.name}"}
        told = {"installation_id": self.name, "platform": "android", "push": push, "app_version": "1"}
        yield from self.until_answered("handset", "PUT", "/v1/handset", told)
        yield from self.takes_duty("on_patrol")
        while self.leaves and self.stage.is_open:
            yield self.chance.uniform(2, 5)
            yield from self.takes_duty("off_duty")
            yield self.chance.uniform(1, 3)
            yield from self.takes_duty("on_patrol")

    def takes_duty(self, state: str) -> Script:
        body: dict[str, Any] = {"state": state}
        if state != "off_duty":
            body["position"] = where(self.place, self.chance)
        what = "off_duty" if state == "off_duty" else "on_duty"
        yield from self.until_answered(what, "PUT", "/v1/duty", body)

    def hears(self, message: Message) -> None:
        data = message["data"]
        if message["type"] == "offer" and data.get("incident") and data["incident"].get("note") != LEFT:
            self.stage.begin(self._is_asked(data["incident_id"], data["offer_id"]), self.chance.uniform(0.1, 0.6))

    def signs_out(self) -> Script:
        """In the middle of everything; whatever comes afterwards is written down as well."""
        self.listens_on = False
        yield from self.until_answered("sign_out", "POST", "/v1/sign-out", {})

    def _is_asked(self, case: str, offer: str) -> Script:
        does = self.chance.random()
        facts = {"about": offer, "case": case}
        if does < 0.15:
            yield from self.until_answered("decline", "POST", f"/v1/offers/{offer}/decline", {}, **facts)
        elif does < 0.75:
            yield from self.until_answered("accept", "POST", f"/v1/offers/{offer}/accept", {}, **facts)
            for move in ("en_route", "on_scene", "resolved"):
                yield self.chance.uniform(0.1, 0.5)
                path = f"/v1/incidents/{case}/moves"
                yield from self.until_answered("move", "POST", path, {"move": move}, about=f"{case}/{move}", case=case)


class Desk(Client):
    """A console: takes its alarms. A controller's may warn the campus now and then."""

    def __init__(self, scene: Scene, name: str, token: str) -> None:
        super().__init__(scene, name, token, face="console")
        self._seen: set[str] = set()

    def hears(self, message: Message) -> None:
        alarm = message["data"].get("alarm_id")
        if message["type"] == "alarm" and alarm and message["data"].get("reason") and alarm not in self._seen:
            self._seen.add(alarm)
            self.stage.begin(self._takes(alarm), self.chance.uniform(0.2, 1))

    def warns(self, every_s: float) -> Script:
        """A template to everyone, an update and the all clear, again and again."""
        draft = {"template": "evacuate", "place": "sherfield", "audience": {"everyone": True}}
        while self.stage.is_open:
            yield every_s / 4
            answer = self.asks("draft", "POST", BROADCASTS, draft)
            if answer is None or not answer.ok:
                continue
            told = answer.body["id"]
            for what, body in (("issue", {}), ("update", {"no_change": True}), ("clear", {})):
                path = f"{BROADCASTS}/{told}/{what}"
                yield from self.until_answered(what, "POST", path, body, about=told)
                yield every_s / 4

    def _takes(self, alarm: str) -> Script:
        path = f"/console/api/alarms/{alarm}/take"
        yield from self.until_answered("take", "POST", path, {}, about=alarm)
