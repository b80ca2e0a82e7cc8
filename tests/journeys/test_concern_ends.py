"""The end of a concern: its clocks, opening again, what stays in numbers, and a hold that two agree on."""

from datetime import date, datetime

import pytest

from backend.concerns import tally_store
from backend.concerns.concern import NO_CONCERN_KEPT, STAY
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.casework import Casework, casework, day
from tests.journeys.desk import API, Adviser, today

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)

NEXT_YEAR = date(2027, 8, 1)


def numbers(campus: CampusStage) -> list[tuple[str, str, int]]:
    """The tallies as the store has them, of every year."""
    found: list[tuple[str, str, int]] = campus.database.read(tally_store.before, "9999-00")
    return found


def test_no_concern_has_a_short_clock_and_leaves_one_number(campus: CampusStage) -> None:
    """
    Two weeks, for the mailbox as well, which is told of it; what its colleague came to meanwhile is not closed unseen.
    """
    work = casework(campus)
    untriaged = work.ada.refused("POST", work.at("close"), {"outcome": "no_concern"})
    work.triages("welfare")
    work.done(work.ben.asks("POST", work.at("triage"), work.triage("no_concern")))
    unseen = work.ada.refused("POST", work.at("close"), {"outcome": "welfare"})

    closed = work.done(work.ada.asks("POST", work.at("close"), {"outcome": "no_concern"}))

    assert [(409, "not-triaged"), (409, "outcome-changed")] == [untriaged, unseen]
    end = str(today(campus) + NO_CONCERN_KEPT)
    assert (end, end, "closed") == (closed["data_until"], closed["mailbox_until"], closed["stage"])
    assert str(today(campus)) == closed["closed_on"]
    assert [("2026-27", "no_concern", 1)] == numbers(campus)
    assert "concern.closed" == work.told()[-1]


def test_opened_again_it_is_as_if_it_had_never_been_closed(campus: CampusStage) -> None:
    """
    For a sealed reason, and not counted; clocks, outcome and desk as before.
    """
    work = casework(campus)
    before = work.seen()
    work.closes("no_concern")
    because = {"because": work.seals("his brother wrote")}
    work.passes(days=3)

    opened = work.done(work.ben.asks("POST", work.at("reopen"), because))

    clocks = ("data_until", "mailbox_until")
    assert [before[name] for name in clocks] == [opened[name] for name in clocks]
    assert ("triaged", "no_concern", None) == (opened["stage"], opened["outcome"], opened["closed_on"])
    assert ["lodged", "rationale", "against", "note"] == work.kinds()
    assert [("2026-27", "no_concern", 0)] == numbers(campus)
    assert (409, "concern-open") == work.ada.refused("POST", work.at("reopen"), because)
    assert "concern.reopened" == work.told()[-1]


def test_a_year_that_was_told_never_changes(campus: CampusStage) -> None:
    """
    Closed in one year and opened in the next, it stays counted: two readings of a year differ by no concern.
    """
    work = casework(campus)
    work.closes("welfare")
    campus.database.write(counted_by_hand, "welfare", 4)
    auditor = campus.somebody("auditor", Role.AUDITOR)
    running = auditor.gets(f"{API}/statistics")["items"]
    campus.clock.now = datetime.combine(NEXT_YEAR, campus.clock.now.timetz())
    work.passes()
    later = campus.somebody("later", Role.AUDITOR)
    told = later.gets(f"{API}/statistics")["items"]

    work.done(work.ada.asks("POST", work.at("reopen"), {"because": work.seals("more")}))

    assert [] == running
    expected = {"year": "2026-27", "prevent": None, "welfare": 5, "no_concern": None, "total": None}
    assert [expected] == told == later.gets(f"{API}/statistics")["items"]


@one_store
def test_an_auditor_gets_numbers_and_nothing_else(campus: CampusStage) -> None:
    """
    Not today's: what is closed while the year runs changes no byte of what they read.
    """
    work = casework(campus)
    auditor = campus.somebody("auditor", Role.AUDITOR)
    before = auditor.asks("GET", f"{API}/statistics")

    work.closes("no_concern")

    assert before.data == auditor.asks("GET", f"{API}/statistics").data
    assert 403 == campus.controller().asks("GET", f"{API}/statistics").status_code


def counted_by_hand(session: object, outcome: str, more: int) -> None:
    """So many were closed so in this year before."""
    for _ in range(more):
        tally_store.count_one(session, "2026-27", outcome)  # type: ignore[arg-type]


def asks(work: Casework, who: Adviser, *, held: bool, words: str = "the police asked") -> str:
    """Ask a second person; the id of the reason."""
    body = {"held": held, "because": work.seals(words)}
    told = work.done(who.asks("POST", work.at("hold"), body))
    assert (True, not held) == (told["mine"], told["held"])
    return str(told["because"])


def test_two_persons_hold_a_concern_and_two_release_it(campus: CampusStage) -> None:
    """
    Who asked cannot agree, and what is agreed to is the sealed reason that was read.
    """
    work = casework(campus)
    unasked = work.ben.refused("POST", work.at("hold", "confirm"), {"because": work.concern.id})
    because = asks(work, work.ada, held=True)
    alone = work.ada.refused("POST", work.at("hold", "confirm"), {"because": because})
    another = asks(work, work.ada, held=True, words="the coroner asked")
    changed = work.ben.refused("POST", work.at("hold", "confirm"), {"because": because})
    waits = work.ben.refused("POST", work.at("hold"), {"held": True, "because": work.seals("me too")})

    held = work.done(work.ben.asks("POST", work.at("hold", "confirm"), {"because": another}))
    again = work.ben.refused("POST", work.at("hold"), {"held": True, "because": work.seals("again")})
    reason = asks(work, work.ben, held=False, words="they have it")
    released = work.done(work.ada.asks("POST", work.at("hold", "confirm"), {"because": reason}))

    assert [(409, "hold-not-asked"), (403, "second-person-needed")] == [unasked, alone]
    assert [(409, "approval-changed"), (409, "approval-waits"), (409, "already-held")] == [changed, waits, again]
    assert [(True, None), (False, None)] == [(told["held"], told["asked"]) for told in (held, released)]
    assert ["lodged", "hold", "hold", "hold"] == work.kinds()
    assert ["concern.held", "concern.hold_released"] == work.told()


def test_the_second_person_of_a_hold_gives_their_password_again(campus: CampusStage) -> None:
    """
    And whoever refuses, or takes back what they asked, does not: it stays as it was.
    """
    work = casework(campus)
    because = asks(work, work.ada, held=True)
    work.passes(minutes=16)

    stale = work.ben.person.asks("POST", API + work.at("hold", "confirm"), {"because": because})
    refused = work.ben.person.asks("DELETE", API + work.at("hold"))
    asks(work, work.ada, held=True)
    taken_back = work.ada.person.asks("DELETE", API + work.at("hold"))

    assert (403, "/problems/step-up-needed") == (stale.status_code, stale.json["type"])
    assert [(200, False, None)] * 2 == [
        (told.status_code, told.json["held"], told.json["asked"]) for told in (refused, taken_back)
    ]
    assert [] == work.told()


def test_who_asks_on_the_last_day_gains_one_week_once(campus: CampusStage) -> None:
    """
    So that nothing is lost for want of a colleague; and one person alone keeps nothing for longer than that.
    """
    work = casework(campus)
    work.closes("no_concern")
    work.passes(days=NO_CONCERN_KEPT.days)
    asks(work, work.ada, held=True)
    gained = day(work.seen()["data_until"])

    work.passes(days=STAY.days)
    asks(work, work.ada, held=True)

    assert today(campus) == gained == day(work.seen()["data_until"])
