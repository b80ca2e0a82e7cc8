"""Days written by hand: a press, an offer, a yes and the end, as the history of a drill has them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from infra.drill.cast import Cast, Part, Rung
from infra.drill.history import Record
from infra.drill.recollection import Recollection, recollect

CAST = Cast(
    url="",
    students=[Part("student1", "s1", ""), Part("student2", "s2", "")],
    officers=[Part("officer1", "o1", ""), Part("officer2", "o2", "")],
    controllers=[Part("controller1", "c1", "")],
    places=[(51.5, -0.17)],
    outside=(52.0, -0.17),
    ladders={"emergency": [Rung(0, False), Rung(20, False), Rung(45, True)]},
)

BEGAN = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def clock(at: float) -> str:
    return (BEGAN + timedelta(seconds=at)).isoformat()


def press(at: float = 1.0, *, tap: str = "tap1", case: str = "case1", **more: Any) -> list[Record]:
    """Pressed, sent once and answered a tenth of a second later."""
    who, left = more.get("who", "student1"), more.get("left", False)
    told = {"who": who, "what": "tap", "tap": tap, "attempt": 1, "how": "good"}
    return [
        {"at": at, "who": who, "what": "press", "tap": tap, "kind": "emergency", "how": "good", "left": left},
        {"at": at, "phase": "begin", **told},
        {"at": at + 0.1, "phase": "end", "status": 201, "case": case, **told},
    ]


def opens(who: str, *, line: int = 1, after: int = 0, at: float = 0.0) -> Record:
    return {"at": at, "who": who, "what": "open", "phase": "begin", "line": line, "after": after}


def hears(who: str, seq: int, type_: str, at: float, **more: Any) -> Record:
    told = {"by": "socket", "line": 1, "id": f"{who}/{seq}", "incident_id": "case1", **more}
    return {"at": at, "who": who, "what": "heard", "seq": seq, "type": type_, **told}


def says_yes(who: str, at: float, *, offer: str, case: str = "case1") -> list[Record]:
    told = {"who": who, "what": "accept", "offer": offer, "case": case}
    return [{"at": at, "phase": "begin", **told}, {"at": at + 0.1, "phase": "end", "status": 200, **told}]


def has(who: str, *cases: str) -> Record:
    return {"at": 99.0, "who": who, "what": "mine", "cases": list(cases)}


def whole(case: str = "case1", **more: Any) -> Record:
    """As the control room saw it at the end: pressed at second 1, accepted at 3, resolved at 9."""
    told: dict[str, Any] = {
        "kind": "emergency",
        "exercise": True,
        "wanted": 1,
        "rung": 1,
        "received_at": clock(1),
        "progress": [["received", clock(1)], ["accepted", clock(3)], ["resolved", clock(9)]],
        "offers": [["o1", 0, 0, clock(1), False], ["o2", 0, 0, clock(1), False]],
        "alarms": [],
        "taps": ["tap1"],
    }
    return {"at": 99.0, "who": "controller1", "what": "whole", "case": case, **told, **more}


def good_day(**more: Any) -> list[Record]:
    """One press; officer 1 says yes, officer 2 is told to fall silent, the student hears of it all."""
    return [
        opens("officer1"),
        opens("officer2"),
        opens("student1"),
        *press(),
        hears("officer1", 1, "offer", 1.3, offer_id="offer1"),
        hears("officer2", 1, "offer", 1.2, offer_id="offer2"),
        *says_yes("officer1", 3.0, offer="offer1"),
        hears("officer2", 2, "offer_withdrawn", 3.4, offer_id="offer2"),
        hears("student1", 1, "incident", 3.2, state="accepted"),
        hears("student1", 2, "incident", 9.0, state="resolved"),
        has("student1", "case1"),
        whole(**more),
    ]


def day(*records: Record | Sequence[Record]) -> Recollection:
    """These lines, in the order of their time."""
    flat: list[Record] = []
    for one in records:
        flat += [one] if isinstance(one, dict) else one
    return recollect(sorted(flat, key=lambda one: one["at"]))
