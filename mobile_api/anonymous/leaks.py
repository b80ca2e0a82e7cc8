"""What in a concern may tell who wrote it, by the page's own rules, for whoever uses the page without scripts."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES = Path(__file__).parent / "page" / "parts" / "leaks.json"

LONGEST_EXCERPT, SEVERAL = 60, 3


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing to look at once more, and where it stands; it warns and never blocks."""

    field: str
    rule: str
    says: str
    advice: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that a browser's regular expressions and ours read alike, and the fields they are for."""

    name: str
    says: str
    advice: str
    patterns: tuple[re.Pattern[str], ...]
    only: frozenset[str]
    but_not: frozenset[str]

    def applies_to(self, field: str) -> bool:
        return field in self.only if self.only else field not in self.but_not

    def found_in(self, text: str) -> tuple[str, ...]:
        """The first few different places, shortened."""
        found = (_excerpt(match[0]) for pattern in self.patterns for match in pattern.finditer(text))
        return tuple(dict.fromkeys(found))[:SEVERAL]


def leaks_in(texts: Mapping[str, str]) -> list[Leak]:
    """What these texts, by field, may tell of their writer, in the order of the fields and the rules."""
    return [
        Leak(field, rule.name, rule.says, rule.advice, found)
        for field, text in texts.items()
        for rule in rules()
        if rule.applies_to(field) and (found := rule.found_in(text))
    ]


@cache
def rules() -> tuple[Rule, ...]:
    """Those of the file."""
    return tuple(_read(json.loads(RULES.read_text(encoding="utf-8"))))


def _read(told: Mapping[str, list[dict[str, object]]]) -> Iterator[Rule]:
    for rule in told["rules"]:
        # ASCII, because that is what a browser's \b, \w and \d are.
        flags = re.ASCII if rule.get("match_case") else re.ASCII | re.IGNORECASE
        yield Rule(
            str(rule["name"]),
            str(rule["says"]),
            str(rule["advice"]),
            tuple(re.compile(pattern, flags) for pattern in _texts(rule, "patterns")),
            frozenset(_texts(rule, "only")),
            frozenset(_texts(rule, "but_not")),
        )


def _texts(rule: Mapping[str, object], name: str) -> list[str]:
    given = rule.get(name, [])
    assert isinstance(given, list)
    return given


def _excerpt(text: str) -> str:
    return " ".join(text.split())[:LONGEST_EXCERPT]
