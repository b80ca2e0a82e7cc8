"""One table of a configuration file, read key by key: what is wrong with it is kept, never raised."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from backend.kernel.errors import FieldFault

LONGEST_TEXT = 2000

# More is not written in a campus file, and less than a century keeps every date that is computed from it legal.
LARGEST_NUMBER = 36_500

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def is_clean(text: str) -> bool:
    """Whether every database and every phone can hold it: no control characters, no half of a pair of surrogates."""
    return _CONTROL.search(text) is None


@dataclass
class Faults:
    """Every fault found so far, each with the file and the entry it is in."""

    found: list[FieldFault] = field(default_factory=list)

    def tell(self, place: str, message: str) -> None:
        self.found.append(FieldFault(place, message))


class Entry:
    """
    A table at a named place of a file.

    A key that is missing or of the wrong type is told to `faults` and answered
    with an empty value, so that reading goes on and finds the next fault too.
    """

    def __init__(self, place: str, table: Mapping[str, object], faults: Faults) -> None:
        self.place = place
        self._table = table
        self._faults = faults
        self._asked: list[str] = []

    def has(self, key: str) -> bool:
        self._asked.append(key)
        return key in self._table

    def names(self) -> list[str]:
        """Every key, whatever it is called."""
        return list(self._table)

    def wrong(self, message: str) -> None:
        self._faults.tell(self.place, message)

    def text(self, key: str, *, pattern: re.Pattern[str] | None = None, shape: str = "") -> str:
        """What is written there, trimmed; `shape` says in words what `pattern` wants."""
        if not self.has(key):
            self.wrong(f'"{key}" is missing')
            return ""
        value = self._table[key]
        if not isinstance(value, str) or not value.strip():
            self.wrong(f'"{key}" must be a text and not empty')
            return ""
        text = value.strip()
        if len(text) > LONGEST_TEXT or not is_clean(text):
            self.wrong(f'"{key}" is longer than {LONGEST_TEXT} characters or holds control characters')
            return ""
        if pattern is not None and pattern.fullmatch(text) is None:
            self.wrong(f'"{key}" is "{text}" and must be {shape}')
            return ""
        return text

    def optional_text(self, key: str, *, pattern: re.Pattern[str] | None = None, shape: str = "") -> str | None:
        return (self.text(key, pattern=pattern, shape=shape) or None) if self.has(key) else None

    def one_of(self, key: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        """One of the allowed words; empty when it is another."""
        if default is not None and not self.has(key):
            return default
        words, text = tuple(allowed), self.text(key)
        if text and text not in words:
            self.wrong(f'"{key}" is "{text}"{meant(text, words)}; it must be one of {", ".join(words)}')
            return ""
        return text

    def whole(self, key: str, *, least: int = 0, most: int = LARGEST_NUMBER, default: int | None = None) -> int:
        """A whole number within its bounds; `least` when it is not one."""
        if not self.has(key):
            if default is None:
                self.wrong(f'"{key}" is missing')
            return least if default is None else default
        value = self._table[key]
        # True is a whole number to the language, not to the person who wrote it.
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(f'"{key}" must be a whole number from {least} to {most}')
            return least
        return value

    def optional_whole(self, key: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int | None:
        return self.whole(key, least=least, most=most) if self.has(key) else None

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        if not self.has(key):
            if default is None:
                self.wrong(f'"{key}" is missing: write true or false')
            return bool(default)
        value = self._table[key]
        if not isinstance(value, bool):
            self.wrong(f'"{key}" must be true or false')
        return value is True

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is missing."""
        if not self.has(key):
            return ()
        value = self._table[key]
        if not isinstance(value, list) or not all(isinstance(item, str) and item and is_clean(item) for item in value):
            self.wrong(f'"{key}" must be a list of texts')
            return ()
        return tuple(value)

    def table(self, key: str) -> "Entry":
        """The table under this key, empty when there is none."""
        value = self._table[key] if self.has(key) else None
        if not isinstance(value, dict):
            self.wrong(f'the table "{key}" is missing' if value is None else f'"{key}" must be a table')
        return Entry(f"{self.place}: {key}", value if isinstance(value, dict) else {}, self._faults)

    def tables(self, key: str) -> list["Entry"]:
        """The tables listed under this key, each with its number from 1."""
        value = self._table[key] if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(f'"{key}" must be a list of tables')
            return []
        separator = ": " if ": " not in self.place else ", "
        return [
            Entry(f"{self.place}{separator}{key} {number}", item, self._faults) for number, item in enumerate(value, 1)
        ]

    def nothing_else(self) -> None:
        """Every key nobody asked for is a fault: a key that is silently ignored is a rule that silently fails."""
        for key in self._table:
            if key not in self._asked:
                self.wrong(f'"{key}" is not a key here{meant(key, self._asked)}')


def meant(word: str, known: Iterable[str]) -> str:
    """`, did you mean "..."?` for a word that is nearly one of the known ones, else nothing."""
    close = difflib.get_close_matches(word, sorted(set(known)), n=1)
    return f', did you mean "{close[0]}"?' if close else ""
