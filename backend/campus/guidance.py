"""What to do when something happens: cards in the campus's languages, for a phone to keep."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.campus.languages import best_of


@dataclass(frozen=True, slots=True)
class Card:
    """One situation: when it is meant, what to do in order, and what never to do."""

    id: str
    title: str
    when: str
    steps: tuple[str, ...]
    do_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """
    All cards in one language, and what the numbers to ring are called in it.

    `reviewed` only once a person who speaks it and answers for it has read them.
    """

    language: str
    reviewed: bool
    cards: tuple[Card, ...]
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """
    The cards of a campus; none in any language when it has written none.

    `version` is its authors'; `call_order` are numbers in the order in which
    they are to be tried, those left out behind them.
    """

    version: str = ""
    call_order: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in; the first is for who reads none of them."""
        return tuple(one.language for one in self.translations)

    def translation(self, wanted: Sequence[str]) -> Translation | None:
        """The first wanted language it is written in, else its first; None when there are no cards."""
        language = best_of(wanted, self.languages)
        return next((one for one in self.translations if one.language == language), next(iter(self.translations), None))


#: Of a campus that has written none.
NO_GUIDANCE = Guidance()
