"""A letter: one parcel for one target, in plain words, so that it can be handed to another process."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from backend.kernel.vocabulary import Lane
from notifications.channels.push import Answer
from notifications.parcel import URGENT, Parcel, Target, TargetKind

T = TypeVar("T", contravariant=True)


class Carrier(Protocol[T]):
    """Takes letters, or pushes, to the provider."""

    def carry(self, letters: Sequence[T]) -> list[Answer]:
        """An answer for each, in their order, within a deadline shorter than a delivery's lease."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """`by` names the channel in whose hands it goes, `kind` what `value` is: a mailbox, a number, a browser."""

    by: str
    delivery_id: str
    kind: str
    value: str
    sentence: str
    data: dict[str, Any]
    title: str | None = None
    lane: int = 2
    about: str | None = None
    slot: int | None = None
    kept_s: int | None = None
    quiet: bool = False

    @property
    def urgent(self) -> bool:
        return self.lane <= URGENT

    @property
    def in_bulk(self) -> bool:
        """One of thousands, which wait for each other."""
        return self.lane >= Lane.BROADCAST or "broadcast_id" in self.data

    @property
    def about_case(self) -> bool:
        return "incident_id" in self.data

    def line(self, number: int) -> bytes:
        """As it goes to the sender."""
        return json.dumps({"number": number, **asdict(self)}).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes | str) -> tuple[int, Self]:
        told = json.loads(line)
        return told.pop("number"), cls(**told)

    def parcel(self) -> Parcel:
        """The parcel it was, with this one target."""
        return Parcel(
            UUID(self.delivery_id),
            self.by,
            (Target(TargetKind(self.kind), self.value),),
            self.sentence,
            self.data,
            lane=self.lane,
            about=self.about,
            slot=self.slot,
            title=self.title,
            kept_s=self.kept_s,
            quiet=self.quiet,
        )


def letter_to(target: Target, parcel: Parcel, *, by: str | None = None) -> Letter:
    """This parcel for this one of its targets."""
    return Letter(
        by or parcel.channel,
        str(parcel.delivery_id),
        target.kind.value,
        target.value,
        parcel.sentence,
        parcel.data,
        title=parcel.title,
        lane=parcel.lane,
        about=parcel.about,
        slot=parcel.slot,
        kept_s=parcel.kept_s,
        quiet=parcel.quiet,
    )
