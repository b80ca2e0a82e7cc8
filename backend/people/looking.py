"""A look at what is somebody else's: shown only once it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.people.account import Principal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at, as its audit line tells it; `facts` hold ids, numbers and words of the vocabulary."""

    action: str
    about: str
    about_id: UUID | str | None = None
    facts: Mapping[str, str | int | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """What a person gets to see, and the looks that seeing it amounts to: none at what is their own."""

    content: T
    looks: tuple[Look, ...] = ()


def write_down(session: Session, looks: Sequence[Look], *, by: Principal, now: datetime) -> None:
    """One audit line for each look (promise I10)."""
    for look in looks:
        audit.record(session, look.action, actor=by.id, about=look.about, about_id=look.about_id, at=now, **look.facts)
