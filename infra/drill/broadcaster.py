"""A controller who warns the campus: a template, an update, the all clear, and what it came to."""

from typing import Any

from infra.drill.cast import Cast, Part
from infra.drill.history import History
from infra.drill.player import Player
from infra.drill.stage import Script, Stage

BROADCASTS = "/console/api/broadcasts"


class Broadcaster(Player):
    """Sends by requests alone; the console is another controller's."""

    face = "console"

    def __init__(self, cast: Cast, part: Part, stage: Stage, history: History) -> None:
        super().__init__(cast.url, part, stage, history, cast.seed)
        self._warning = cast.warning
        self.broadcast: str | None = None

    def warns(self, day_s: float) -> Script:
        """After a fifth of the day; the update at its half, the all clear at four fifths."""
        if self._warning is None:
            return
        yield day_s * 0.2
        draft = {**self._warning, "audience": {"everyone": True}, "exercise": True}
        made = self.asks("draft", "POST", BROADCASTS, draft)
        if made is None or not made.ok:
            return
        self.broadcast = made.body["id"]
        self.history.note(self.name, "reach", broadcast=self.broadcast, people=made.body["reach"]["people"])
        yield from self._puts_out("issue", 1)
        yield day_s * 0.3
        yield from self._puts_out("update", 2, {"no_change": True})
        yield day_s * 0.3
        yield from self._puts_out("clear", 3)

    def counts(self) -> Script:
        """At the end: the tally, and who is unaccounted for."""
        if self.broadcast is None:
            return
        answer = self.asks("count", "GET", f"{BROADCASTS}/{self.broadcast}/tally")
        if answer is not None and answer.ok:
            told = answer.body
            self.history.note(
                self.name, "tally", broadcast=self.broadcast, people=told["people"], counts=told["states"]
            )
        yield 0.0

    def _puts_out(self, what: str, version: int, body: dict[str, Any] | None = None) -> Script:
        self.history.note(self.name, "out", phase="begin", broadcast=self.broadcast, version=version, part=what)
        answer = self.asks(what, "POST", f"{BROADCASTS}/{self.broadcast}/{what}", body or {})
        status = answer.status if answer is not None else 0
        self.history.note(
            self.name, "out", phase="end", broadcast=self.broadcast, version=version, part=what, status=status
        )
        yield 0.0
