"""Academic years, numbers too small to tell, and the states of a concern with its two clocks."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest

from backend.concerns.academic_year import academic_year
from backend.concerns.concern import DATA_KEPT, MAILBOX_KEPT, NO_CONCERN_KEPT, STAY, Concern, Outcome, Stage
from backend.concerns.referral_sheet import SHEET, Consent, LegalBasis
from backend.concerns.suppressed import LEAST, suppress
from backend.kernel.errors import Conflict

DAY = date(2026, 11, 23)


def concern(stage: Stage = Stage.TRIAGED, outcome: Outcome | None = Outcome.WELFARE) -> Concern:
    """One that was lodged on that day."""
    return Concern(
        id=uuid4(),
        day=DAY,
        stage=stage.value,
        outcome=outcome.value if outcome else None,
        closed_on=None,
        mailbox_until=DAY + MAILBOX_KEPT,
        data_until=DAY + DATA_KEPT,
        held=False,
    )


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 31), "2025-26"),
        (date(2026, 8, 1), "2026-27"),
        (date(2027, 1, 1), "2026-27"),
        (date(1999, 8, 1), "1999-00"),
    ],
)
def test_an_academic_year_begins_in_august(day: date, year: str) -> None:
    """
    Also where the century turns.
    """
    assert year == academic_year(day)


def test_no_number_below_five_can_be_told_or_worked_out() -> None:
    """
    For every three small numbers: whatever is told fits every other small number in the place of each hidden one.
    """
    for numbers in product(range(LEAST + 3), repeat=3):
        told = suppress(dict(zip("abc", numbers, strict=True)))

        hidden = [name for name, cell in told.cells.items() if cell is None]
        assert [name for name, number in zip("abc", numbers, strict=True) if number < LEAST] == hidden
        assert (told.total is None) == bool(hidden)
        for name in hidden:
            others = ({**dict(zip("abc", numbers, strict=True)), name: other} for other in range(LEAST))
            assert all(suppress(other) == told for other in others)


def test_numbers_that_are_large_enough_are_told_with_their_sum() -> None:
    """
    As they are.
    """
    told = suppress({"a": 5, "b": 12})

    assert ({"a": 5, "b": 12}, 17) == (told.cells, told.total)


def test_what_was_no_concern_has_two_weeks_and_everything_else_keeps_its_clocks() -> None:
    """
    A clock is moved forward when a concern is closed, and never back.
    """
    none, welfare, late = concern(outcome=Outcome.NO_CONCERN), concern(), concern(outcome=Outcome.NO_CONCERN)
    late.data_until = late.mailbox_until = DAY + timedelta(days=3)

    none.close(Outcome.NO_CONCERN, today=DAY)
    welfare.close(Outcome.WELFARE, today=DAY)
    late.close(Outcome.NO_CONCERN, today=DAY)

    assert (DAY + NO_CONCERN_KEPT,) * 2 == (none.data_until, none.mailbox_until)
    assert (DAY + DATA_KEPT, DAY + MAILBOX_KEPT) == (welfare.data_until, welfare.mailbox_until)
    assert (DAY + timedelta(days=3),) * 2 == (late.data_until, late.mailbox_until)


def test_opened_again_both_clocks_are_as_if_it_had_never_been_closed() -> None:
    """
    The data's from the day it was lodged, the mailbox's from the last word.
    """
    one, heard = concern(outcome=Outcome.NO_CONCERN), DAY + timedelta(days=5)
    one.close(Outcome.NO_CONCERN, today=DAY + timedelta(days=10))

    one.reopen(last_word=heard, today=DAY + timedelta(days=12))

    assert (Stage.TRIAGED.value, None) == (one.stage, one.closed_on)
    assert (DAY + DATA_KEPT, heard + MAILBOX_KEPT) == (one.data_until, one.mailbox_until)


def test_a_mailbox_that_has_ended_stays_so() -> None:
    """
    Its name is gone with it: also of a concern that was held over its end and is opened again.
    """
    one = concern(outcome=Outcome.NO_CONCERN)
    one.close(Outcome.NO_CONCERN, today=DAY)
    ended = one.mailbox_until

    one.reopen(last_word=DAY, today=ended + timedelta(days=1))

    assert ended == one.mailbox_until
    assert DAY + DATA_KEPT == one.data_until


def test_a_stay_moves_no_clock_forward() -> None:
    """
    It is for the last days alone.
    """
    early, last = concern(), concern()

    early.stay(today=DAY)
    last.stay(today=last.data_until)

    assert DAY + DATA_KEPT == early.data_until
    assert DAY + DATA_KEPT + STAY == last.data_until


def test_what_a_concern_may_not_become() -> None:
    """
    Triaged by nobody, closed before it was triaged or as something else, closed twice, opened when it is open.
    """
    closed = concern()
    closed.close(Outcome.WELFARE, today=DAY)
    moves = {
        "not-assigned": lambda: concern(Stage.WAITING, None).triage(Outcome.WELFARE),
        "not-triaged": lambda: concern(Stage.ASSIGNED, None).close(Outcome.WELFARE, today=DAY),
        "outcome-changed": lambda: concern().close(Outcome.PREVENT, today=DAY),
        "concern-closed": lambda: closed.close(Outcome.WELFARE, today=DAY),
        "concern-open": lambda: concern().reopen(last_word=DAY, today=DAY),
    }

    for slug, move in moves.items():
        with pytest.raises(Conflict) as refused:
            move()

        assert slug == refused.value.kind


def test_only_consent_that_was_given_is_a_basis() -> None:
    """
    Every other basis stands whatever was said.
    """
    fitting = {(basis, consent) for basis in LegalBasis for consent in Consent if basis.goes_with(consent)}

    unfitting = {(LegalBasis.EXPLICIT_CONSENT, consent) for consent in (Consent.REFUSED, Consent.NOT_SOUGHT)}
    assert set(product(LegalBasis, Consent)) - unfitting == fitting


def test_each_heading_of_the_sheet_has_a_name_of_its_own() -> None:
    """
    The sealed sheet tells its parts by them.
    """
    names = [heading.name for heading in SHEET]

    assert len(names) == len(set(names))
