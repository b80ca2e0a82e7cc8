"""How many concerns were closed with which outcome: by academic year, once the year is over, and no small numbers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from backend.concerns import tally_store
from backend.concerns.academic_year import academic_year
from backend.concerns.concern import Outcome
from backend.concerns.suppressed import Counted, suppress


@dataclass(frozen=True, slots=True)
class YearCounted:
    """One academic year as it may be told."""

    year: str
    counted: Counted


def count(session: Session, outcome: Outcome, *, today: date) -> None:
    """One more was closed so."""
    tally_store.count_one(session, academic_year(today), outcome.value)


def take_back(session: Session, outcome: Outcome, *, closed_on: date, today: date) -> None:
    """
    It was opened again: not counted, unless the year in which it was closed is over.

    What has been told stays as it was told, so that two readings of a year
    never differ by one concern.
    """
    if academic_year(closed_on) == academic_year(today):
        tally_store.take_back_one(session, academic_year(closed_on), outcome.value)


def statistics(session: Session, *, today: date) -> list[YearCounted]:
    """
    The academic years that are over, the newest first, with every outcome in each.

    Never the one that is running: who reads it on two days would learn what
    happened between them.
    """
    numbers: dict[str, dict[str, int]] = {}
    for year, outcome, number in tally_store.before(session, academic_year(today)):
        numbers.setdefault(year, dict.fromkeys([one.value for one in Outcome], 0))[outcome] = number
    return [YearCounted(year, suppress(numbers[year])) for year in sorted(numbers, reverse=True)]
