"""What a day's broadcast came to is held against what was said, shown and counted."""

from typing import Any

import pytest

from infra.drill.warned import Warned, miscounted, stale, to_phones, untrue, warned_of

Line = dict[str, Any]


def out(version: int, at: float, part: str = "issue", status: int = 200) -> list[Line]:
    facts = {"who": "controller", "what": "out", "broadcast": "b", "version": version, "part": part}
    return [{**facts, "at": at, "phase": "begin"}, {**facts, "at": at + 0.1, "phase": "end", "status": status}]


def shown(who: str, version: int, at: float, **more: Any) -> Line:
    told = {"by": "socket", "how": "live", "hash": f"h{version}", "ended": version == 3, "exercise": True}
    return {"who": who, "what": "shown", "broadcast": "b", "version": version, "at": at, **told, **more}


def answer(who: str, given: str, *, status: int = 200, case: str | None = None) -> Line:
    return {"who": who, "what": "answer", "phase": "end", "at": 3.0, "answer": given, "status": status, "case": case,
            "broadcast": "b", "student": who}  # fmt: skip


def tally(people: int, **counts: int) -> Line:
    return {"who": "controller", "what": "tally", "at": 99.0, "broadcast": "b", "people": people, "counts": counts}


def a_good_broadcast() -> list[Line]:
    return [
        *out(1, 1.0),
        shown("anna", 1, 1.3),
        answer("anna", "safe"),
        answer("anna", "need_help", case="c1"),
        *out(2, 5.0, "update"),
        shown("anna", 2, 5.2),
        *out(3, 8.0, "clear"),
        shown("anna", 3, 8.2),
        shown("ben", 3, 20.0, how="late", by="socket"),
        tally(2, need_help=1, displayed=1),
    ]


def test_a_good_broadcast_breaks_nothing() -> None:
    """
    Everybody heard the same, nobody too late, the last answer counts, and the time is that to the first phone.
    """
    found = warned_of(a_good_broadcast())

    assert [] == [*untrue(found), *stale(found), *miscounted(found)]
    assert [pytest.approx(0.3)] == list(to_phones(found))
    assert {"c1": "anna"} == found.cases


@pytest.mark.parametrize(
    ("line", "rule", "words"),
    [
        (shown("ben", 1, 1.4, hash="other"), untrue, "version 1 has 2 hashes"),
        (shown("anna", 2, 9.0, ended=True), untrue, "version 2 after 3"),
        (shown("ben", 1, 1.4, exercise=False), untrue, "no exercise"),
        (out(3, 9.0, "clear", status=409)[1], untrue, "clear was answered 409"),
        (shown("ben", 2, 12.0, by="request", how="looks"), stale, "after the all clear"),
        (shown("ben", 3, 12.0, how="late", ended=False), stale, "off throughout"),
        (answer("ben", "safe", status=503), miscounted, "was not taken"),
        (answer("ben", "safe"), miscounted, "1 said safe, 0 are counted"),
        (answer("anna", "need_help"), miscounted, "has no case"),
        (tally(3, need_help=1, displayed=1), miscounted, "add up to 2"),
    ],
)
def test_what_is_wrong_is_found(line: Line, rule: Any, words: str) -> None:
    """
    Each way to break it is told in a sentence.
    """
    found = warned_of([*a_good_broadcast(), line])

    assert any(words in sentence for sentence in rule(found)), rule(found)


def test_a_day_without_a_broadcast_has_nothing_to_judge() -> None:
    """
    A campus without a template can be drilled as well.
    """
    found = warned_of([])

    assert [] == [*untrue(found), *stale(found), *miscounted(found), *to_phones(found)]
    assert Warned() == found
