"""Somebody a broadcast is for: shown it at once, when next they look, or after it is over, and answering it."""

from dataclasses import replace
from typing import Any

from infra.drill.cast import Cast, Part
from infra.drill.history import History
from infra.drill.player import Message, Player, where
from infra.drill.stage import Script, Stage

#: How they come to know: live, by looking every now and then, or with a phone that was off throughout.
LIVE, LOOKS, LATE = "live", "looks", "late"

#: What people answer, and how many of a hundred; the rest say nothing.
ANSWERS = {"safe": 62, "not_here": 10, "need_help": 3}
SILENT = 100 - sum(ANSWERS.values())

#: So many of a hundred who were safe need help a little later.
WORSENS = 2


class Bystander(Player):
    """The part of a student that broadcasts are for; what a case's stream says is heard by the student, not here."""

    def __init__(self, cast: Cast, part: Part, stage: Stage, history: History, how: str) -> None:
        super().__init__(cast.url, replace(part, name=f"{part.name} warned"), stage, history, cast.seed)
        self.student = part.name
        self.how = how
        self.cast = cast
        self._versions: dict[str, int] = {}
        self._line.hear("broadcast", self._is_told)

    def day(self) -> Script:
        if self.chance.random() < 0.6:
            yield from self._can_be_pushed_to()
        if self.how == LATE:
            return
        while self.stage.is_open:
            if self.how == LIVE and not self.is_listening:
                self.listens()
            if self.how == LOOKS:
                self._looks(active=True)
            yield self.chance.uniform(2, 5)

    def switches_on(self) -> Script:
        """A phone that was off until everything was over: it looks, and it connects."""
        self._looks(active=True)
        yield 0.0
        while not self.listens():
            yield 1.0

    def _can_be_pushed_to(self) -> Script:
        """Whether a provider knows the target is the provider's to say: one in ten is made up to be dead."""
        dead = self.chance.random() < 0.1
        body = {
            "installation_id": f"drill-{self.student}",
            "platform": "android",
            "push": {"kind": "token", "value": f"drill-{'dead' if dead else 'live'}-{self.student}"},
            "app_version": "drill",
            "permissions": {"notifications": True, "location": True},
        }
        self.asks("handset", "PUT", "/v1/handset", body)
        yield 0.0

    def _looks(self, *, active: bool) -> None:
        answer = self.asks("broadcasts", "GET", f"/v1/broadcasts?active={str(active).lower()}")
        if answer is not None and answer.ok:
            for one in answer.body["items"]:
                self._shows({**one, "broadcast_id": one["id"]}, by="request")

    def _take(self, message: Message) -> None:
        """Cases are another's."""

    def _is_told(self, told: dict[str, Any]) -> None:
        self._shows(told, by="socket")

    def _shows(self, told: dict[str, Any], *, by: str) -> None:
        broadcast, version = told["broadcast_id"], told["version"]
        with self._hearing:
            self.history.note(
                self.name,
                "shown",
                by=by,
                how=self.how,
                broadcast=broadcast,
                version=version,
                hash=told["hash"],
                ended=bool(told.get("ended")),
                exercise=told["exercise"],
            )
            is_first = broadcast not in self._versions
            is_news = version > self._versions.get(broadcast, 0)
            self._versions[broadcast] = max(version, self._versions.get(broadcast, 0))
        if is_news:
            self.stage.begin(self._confirms(broadcast))
        if is_first and not told.get("ended"):
            self.stage.begin(self._answers(broadcast))

    def _confirms(self, broadcast: str) -> Script:
        self.asks("displayed", "POST", "/v1/receipts", {"message_ids": [broadcast], "stage": "displayed"})
        yield 0.0

    def _answers(self, broadcast: str) -> Script:
        yield self.chance.uniform(0.5, 6)
        (given,) = self.chance.choices((*ANSWERS, None), (*ANSWERS.values(), SILENT))
        if given is None:
            return
        self._says(broadcast, given)
        if given == "safe" and self.chance.random() * 100 < WORSENS:
            yield self.chance.uniform(1, 4)
            self._says(broadcast, "need_help")

    def _says(self, broadcast: str, given: str) -> None:
        facts = {"broadcast": broadcast, "answer": given, "student": self.student}
        body: dict[str, Any] = {"answer": given}
        if self.chance.random() < 0.7:
            body["position"] = where(self.chance.choice(self.cast.places), self.chance)
        self.history.note(self.name, "answer", phase="begin", **facts)
        answer = None
        for _ in range(3):
            answer = self.asks("says", "POST", f"/v1/broadcasts/{broadcast}/answer", body)
            if answer is not None and answer.ok:
                break
        case = (answer.body["case"] or {}).get("id") if answer is not None and answer.ok else None
        status = answer.status if answer is not None else 0
        self.history.note(self.name, "answer", phase="end", status=status, case=case, **facts)


def hows(students: int) -> list[str]:
    """How each of so many comes to know: one in four is live (forty at most), one in ten late, the others look."""
    live = min(40, students // 4)
    late = max(1, students // 10)
    return [LIVE] * live + [LATE] * late + [LOOKS] * (students - live - late)
