"""Who plays and where: all that the players are told before the day begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Latitude and longitude in degrees.
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """One player: a name for the history, the account, and the token of its sign-in."""

    name: str
    id: str
    token: str


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of a ladder: its second, and whether it alarms the control room."""

    after_s: int
    tells: bool


@dataclass(frozen=True)
class Cast:
    """
    The people, the places they may be at, one place outside of all, and what a kind's ladder promises.

    `ladders` is for the judge alone: players learn of a rung when they are asked. `warning` is the draft of the day's
    broadcast, None for a campus without a template that can be sent.
    """

    url: str
    students: Sequence[Part]
    officers: Sequence[Part]
    controllers: Sequence[Part]
    places: Sequence[Place]
    outside: Place
    ladders: Mapping[str, Sequence[Rung]]
    seed: int = 0
    warning: Mapping[str, Any] | None = None
