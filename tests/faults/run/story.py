"""The journals put in order: what was pressed and answered, what arrived where, who was on duty when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from infra.drill.history import Record


@dataclass(frozen=True, slots=True)
class Call:
    """One request as its client knows it; `status` is None when no answer came."""

    who: str
    what: str
    begun: float
    ended: float
    status: int | None
    case: str | None
    about: str | None

    @property
    def ok(self) -> bool:
        return self.status is not None and self.status < 300


@dataclass(frozen=True, slots=True)
class Heard:
    """One message at one client; `line` numbers its connection, None by request."""

    at: float
    who: str
    line: int | None
    seq: int
    id: str
    type: str
    case: str | None = None
    offer: str | None = None
    state: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of a broadcast at one client."""

    at: float
    who: str
    line: int
    broadcast: str
    version: int
    ended: bool


@dataclass
class Story:
    """Everything that clients wrote down; `down` are the times at which no server could answer, as the injector saw."""

    calls: list[Call] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    mine: dict[str, set[str]] = field(default_factory=dict)
    #: By client and connection: when it was opened, and the number after which it asked.
    opened: dict[tuple[str, int], tuple[float, int]] = field(default_factory=dict)
    #: By client and connection: when it was over, as the client noticed.
    over: dict[tuple[str, int], float] = field(default_factory=dict)
    down: list[tuple[float, float]] = field(default_factory=list)

    def of(self, what: str) -> list[Call]:
        return [call for call in self.calls if call.what == what]

    @property
    def cases(self) -> dict[str, str]:
        """Whose each case is, as the answers to presses had it."""
        return {call.case: call.who for call in self.of("tap") if call.ok and call.case}

    def by_client(self) -> dict[str, list[Heard]]:
        found: dict[str, list[Heard]] = defaultdict(list)
        for one in self.heard:
            found[one.who].append(one)
        return found


def story_of(records: Iterable[Record]) -> Story:
    """From the lines of the journals; what it does not know it passes over."""
    story = Story()
    begun: dict[tuple[str, str, str | None, int | None], float] = {}
    for one in records:
        what = one["what"]
        if what == "heard":
            story.heard.append(_heard(one))
        elif what == "shown":
            told = (one["broadcast"], one["version"], one["ended"])
            story.shown.append(Shown(one["at"], one["who"], one["line"], *told))
        elif what == "mine":
            story.mine[one["who"]] = set(one["cases"])
        elif what == "down":
            story.down.append((one["since"], one["until"]))
        elif what in ("closed", "cut", "lost"):
            story.over.setdefault((one["who"], one["line"]), one["at"])
        elif what == "open":
            if one["phase"] == "begin":
                story.opened[one["who"], one["line"]] = (one["at"], one["after"])
        elif "phase" in one:
            key = (one["who"], what, one.get("about"), one.get("attempt"))
            if one["phase"] == "begin":
                begun[key] = one["at"]
            else:
                since = begun.pop(key, one["at"])
                told = (one.get("status"), one.get("case"), one.get("about"))
                story.calls.append(Call(one["who"], what, since, one["at"], *told))
    # A call that was under way when its client ended may have had its effect.
    story.calls += [Call(who, what, at, float("inf"), None, None, about) for (who, what, about, _), at in begun.items()]
    return story


def _heard(one: Record) -> Heard:
    return Heard(
        one["at"],
        one["who"],
        one["line"],
        one["seq"],
        one["id"],
        one["type"],
        one.get("incident_id"),
        one.get("offer_id"),
        one.get("state"),
        one.get("reason"),
    )
