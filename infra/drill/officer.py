"""An officer's day: on duty with a live connection that breaks, asked, answering, coming."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from infra.drill.cast import Cast, Part
from infra.drill.history import History
from infra.drill.phone import GONE
from infra.drill.player import Message, Player, where
from infra.drill.stage import Script, Stage
from infra.drill.student import CLOSED, LEFT

#: More than these at once and an officer says no.
MOST_CASES = 3

#: An offer made so soon after the press is of the first rung.
FIRST_RUNG_S = 2.0


class Officer(Player):
    """Most offers are taken, some declined, a few never answered."""

    def __init__(self, cast: Cast, part: Part, stage: Stage, history: History) -> None:
        super().__init__(cast.url, part, stage, history, cast.seed)
        self.place = self.chance.choice(cast.places)
        self._holds: set[str] = set()
        self._seq = 0

    def goes_on_duty(self) -> Script:
        body = {"state": "on_patrol", "position": where(self.place, self.chance)}
        while (answer := self.asks("duty", "PUT", "/v1/duty", body)) is None or not answer.ok:
            yield 1.0
        while not self.listens():
            yield 1.0
        self.stage.begin(self._walks())

    def looks_back(self) -> Script:
        """The whole stream once more; on duty still, as the last to leave would alarm the exercise's control room."""
        self.catches_up(0)
        yield 0.0

    def hears(self, message: Message) -> None:
        data = message["data"]
        if message["type"] == "offer" and data.get("incident"):
            self.stage.begin(self._is_asked(message))
        elif data.get("state") in CLOSED:
            self._holds.discard(data["incident_id"])

    def _walks(self) -> Script:
        """Say where one is, and be cut off now and then."""
        while True:
            yield self.chance.uniform(2, 4)
            if self.chance.random() < 0.04:
                self.is_cut()
                yield self.chance.uniform(0.5, 3)
            if not self.is_listening:
                self.listens()
            self._seq += 1
            self.shows_where({"seq": self._seq, **where(self.place, self.chance)})

    def _is_asked(self, message: Message) -> Script:
        self.confirms(message)
        case, offer = message["data"]["incident_id"], message["data"]["offer_id"]
        left = message["data"]["incident"].get("note") == LEFT
        if left and _waited_s(message) < FIRST_RUNG_S:
            return
        does = self.chance.random()
        if not left and does < 0.07:
            return
        yield self.chance.uniform(0.5, 3)
        facts = {"case": case, "offer": offer}
        if not left and (does < 0.17 or len(self._holds) >= MOST_CASES):
            self.asks("decline", "POST", f"/v1/offers/{offer}/decline", {"reason": "with another case"}, **facts)
            return
        if does > 0.95:
            # The yes arrives, and its answer does not: the same again must be yes as well.
            self.history.note(self.name, "accept", phase="begin", **facts)
            with suppress(*GONE):
                self.phone.sends_and_is_cut("POST", f"/v1/offers/{offer}/accept", {})
            self.history.note(self.name, "accept", phase="end", fault="cut", **facts)
            yield self.chance.uniform(0.1, 0.5)
        answer = self.asks("accept", "POST", f"/v1/offers/{offer}/accept", {}, **facts)
        if answer is not None and answer.ok:
            self._holds.add(case)
            yield from self._comes(case)
            self._holds.discard(case)

    def _comes(self, case: str) -> Script:
        for move in ("en_route", "on_scene", "resolved"):
            yield self.chance.uniform(0.5, 2.5)
            if case not in self._holds:
                return
            facts = {"case": case, "move": move}
            answer = self.asks("move", "POST", f"/v1/incidents/{case}/moves", {"move": move}, **facts)
            if answer is None or not answer.ok:
                return
            if move == "en_route":
                self._seq += 1
                self.shows_where({"seq": self._seq, **where(self.place, self.chance)})
                said: dict[str, Any] = {"message_id": str(UUID(int=self.chance.getrandbits(128), version=4))}
                self.asks("say", "POST", f"/v1/incidents/{case}/messages", {**said, "text": "On my way."}, case=case)


def _waited_s(message: Message) -> float:
    """From the press to this offer, by the server's clock."""
    offered = datetime.fromisoformat(message["data"]["offered_at"])
    return (offered - datetime.fromisoformat(message["data"]["incident"]["received_at"])).total_seconds()
