"""An event as a row of the outbox holds it, and back again."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any
from uuid import UUID

from backend.kernel.events import CATALOGUE, Event
from backend.kernel.vocabulary import Kind, Stage

_READERS: dict[str, Any] = {
    "UUID": UUID,
    "uuid.UUID | None": UUID,
    "Kind": Kind,
    "Stage": Stage,
    "tuple[str, ...]": tuple,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An event as a row of the outbox holds it."""

    name: str
    facts: dict[str, Any]


def to_row(event: Event) -> Kept:
    """Plain JSON types, for the outbox."""
    facts = {}
    for field in fields(event):
        value = getattr(event, field.name)
        facts[field.name] = str(value) if isinstance(value, UUID) else value
    return Kept(type(event).__name__, facts)


def from_row(name: str, facts: dict[str, Any]) -> Event:
    """
    The event a row holds.

    Facts that this version does not know are passed over, so that a newer
    version may add some while this one still relays. Raises KeyError for an
    event it does not know at all.
    """
    kind = CATALOGUE[name]
    known: dict[str, Any] = {}
    for fact, reader in _readers_of(name):
        if fact in facts:
            value = facts[fact]
            known[fact] = reader(value) if reader and value is not None else value
    return kind(**known)


@cache
def _readers_of(name: str) -> tuple[tuple[str, Any], ...]:
    """Each fact of this event with what makes its row's value the event's again."""
    return tuple((field.name, _READERS.get(_type_name(field.type))) for field in fields(CATALOGUE[name]))


def _type_name(declared: Any) -> str:
    return declared.__name__ if isinstance(declared, type) and not hasattr(declared, "__args__") else str(declared)
