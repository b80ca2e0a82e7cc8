"""While emergencies never cease, everything that waits behind them is told all the same: each lane has its turn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from backend.kernel import outbox
from backend.kernel.events import SignedOut
from backend.kernel.vocabulary import Lane
from notifications.relaying import Relayed
from notifications.turns import Turns
from tests.campus import CampusStage
from tests.journeys.test_leaving_while_asked import changes_duty, presses_and_is_offered

#: So often something urgent may go first: each lane behind it has one go, and urgent ones come in between.
SOON = 2 * len(Lane)

#: Far more than anybody may have to wait for, and yet an end.
MOST = 5 * SOON


def urgent_goes_until(campus: CampusStage, true: Callable[[], bool]) -> int:
    """How often something urgent was told before this came true; each time, something urgent has happened again."""
    times = 0

    def happens() -> None:
        campus.database.write(outbox.keep, SignedOut(uuid4(), None), at=campus.clock())

    def happens_again(relayed: Relayed, at: datetime) -> None:
        nonlocal times
        if not true() and times < MOST:
            times += 1
            happens()

    happens()
    replace(campus.service.rounds, tell=happens_again).relay()
    return times


def test_a_call_for_help_is_told_though_emergencies_never_cease(campus: CampusStage) -> None:
    """
    Its officer is asked within a few goes, and not when the last emergency is over.
    """
    officer = campus.officer()
    presses_and_is_offered(campus)

    times = urgent_goes_until(campus, lambda: officer.is_ringing)

    assert times <= SOON


def test_the_board_is_drawn_though_emergencies_never_cease(campus: CampusStage) -> None:
    """
    The control room sees the case that was pressed.
    """
    campus.officer()
    desk = campus.controller()
    presses_and_is_offered(campus)

    times = urgent_goes_until(campus, lambda: bool(desk.heard("incident")))

    assert times <= SOON


def test_who_left_with_a_case_is_replaced_though_emergencies_never_cease(campus: CampusStage) -> None:
    """
    An officer goes off duty with an unanswered offer: the next is asked.
    """
    near, far = campus.officer("near", at=campus.SHERFIELD), campus.officer("far", at=campus.BEIT)
    campus.student("one").taps("help", at=campus.SHERFIELD)
    assert near.is_ringing
    changes_duty(near, "off_duty")

    times = urgent_goes_until(campus, lambda: far.is_ringing)

    assert times <= SOON


def test_what_is_urgent_goes_every_other_time() -> None:
    """
    In between each lane behind it in its order; those in which nothing waits are passed over.
    """
    turns = Turns()
    waits = (Lane.EMERGENCY, Lane.CASE, Lane.HOUSEKEEPING)
    taken = []

    for _ in range(8):
        taken.append(min((one for one in waits if one >= turns.since), default=None))
        assert turns.goes_on(taken[-1], more=True)

    urgent, case, rest = waits
    assert [urgent, case, urgent, rest, urgent, case, urgent, rest] == taken


def test_a_go_that_finds_nothing_behind_what_is_urgent_ends_it() -> None:
    """
    Nobody looks twice at an outbox that is empty.
    """
    turns = Turns()

    assert not turns.goes_on(Lane.EMERGENCY, more=False)
    assert not turns.goes_on(None, more=False)
    assert turns.since is Lane.EMERGENCY
