"""A controller's day: watch the board, take the alarms, close what nobody answered."""

from infra.drill.cast import Cast, Part
from infra.drill.history import History
from infra.drill.player import Message, Player
from infra.drill.stage import Script, Stage

API = "/console/api"

#: After these the control room sees to the case itself.
ENDED_HERE = frozenset({"nobody_answered", "outside_every_site", "nobody_reachable"})


class Controller(Player):
    """One console, live from the beginning to the end."""

    face = "console"

    def __init__(self, cast: Cast, part: Part, stage: Stage, history: History) -> None:
        super().__init__(cast.url, part, stage, history, cast.seed)
        self._alarms: set[str] = set()

    def sits_down(self) -> Script:
        while not self.listens():
            yield 1.0
        self.stage.begin(self._watches())

    def hears(self, message: Message) -> None:
        data = message["data"]
        if message["type"] == "alarm" and data.get("reason") and data["alarm_id"] not in self._alarms:
            self._alarms.add(data["alarm_id"])
            self.stage.begin(self._sees_to(message))

    def looks_at(self, case: str) -> Script:
        """One case whole, as the judge wants it: no name, no place."""
        answer = self.asks("look", "GET", f"{API}/incidents/{case}", case=case)
        if answer is not None and answer.ok:
            whole = answer.body
            self.history.note(
                self.name,
                "whole",
                case=case,
                kind=whole["kind"],
                exercise=whole["exercise"],
                wanted=whole["wanted"],
                rung=whole["rung"],
                received_at=whole["received_at"],
                progress=[[line["stage"], line["at"]] for line in whole["progress"]],
                offers=[
                    [one["officer_id"], one["climb"], one["rung"], one["offered_at"], one["late"]]
                    for one in whole["offers"]
                ],
                alarms=[[one["reason"], one["since"]] for one in whole["alarms"]],
                taps=[one["tap_id"] for one in whole["taps"]],
            )
        yield 0.0

    def _watches(self) -> Script:
        while True:
            answer = self.asks("board", "GET", f"{API}/board")
            if answer is not None and answer.ok:
                rows = answer.body["items"] + answer.body["alarms"]
                real = sum(not row["exercise"] for row in rows)
                self.history.note(self.name, "sees", cases=len(answer.body["items"]), real=real)
            yield self.chance.uniform(4, 6)
            if not self.is_listening:
                self.listens()

    def _sees_to(self, message: Message) -> Script:
        data = message["data"]
        self.confirms(message)
        yield self.chance.uniform(1, 4)
        if data.get("taken_by") is None:
            self.asks("take", "POST", f"{API}/alarms/{data['alarm_id']}/take", case=data.get("incident_id"))
        if data["reason"] in ENDED_HERE and data.get("incident_id"):
            yield self.chance.uniform(1, 4)
            path = f"{API}/incidents/{data['incident_id']}/resolve"
            self.asks("resolve", "POST", path, {"note": "seen to by the control room"}, case=data["incident_id"])
