"""What goes into a channel and what comes back: a parcel with its targets, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

#: Lanes 0 and 1: somebody may be dying. They travel alone and are never held back.
URGENT = 1


class Outcome(StrEnum):
    """
    What came of one sending; none of them is an error.

    SENT: the provider took it (nobody has seen it yet). RETRY: not now. GONE:
    this target will never work again. FAILED: this message will never work.
    """

    SENT = "sent"
    RETRY = "retry"
    GONE = "gone"
    FAILED = "failed"


class TargetKind(StrEnum):
    """What a target's value is; the first three are a handset's own words (contract, `PUT /v1/handset`)."""

    FID = "fid"
    TOKEN = "token"  # noqa: S105 - a kind of address, and no secret
    WEB_PUSH = "web_push"
    NUMBER = "number"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a parcel goes; a push target also says which installation it rings, and on which platform."""

    kind: TargetKind
    value: str
    platform: str | None = None
    installation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    A delivery as a channel sees it, with where it goes looked up this moment (empty: nowhere).

    `about` names what a later parcel may replace on a lock screen; `slot` is
    one of the few places a provider keeps for a phone that is off; `title` is
    what stands above the sentence, where a channel has such a place. A
    broadcast's says how long a provider keeps it (`kept_s`), and its
    `delivery_id` is the person's id. `quiet` makes no sound.
    """

    delivery_id: UUID
    channel: str
    targets: tuple[Target, ...]
    sentence: str
    data: dict[str, Any]
    lane: int = 2
    about: str | None = None
    slot: int | None = None
    title: str | None = None
    kept_s: int | None = None
    quiet: bool = False

    @property
    def urgent(self) -> bool:
        return self.lane <= URGENT

    @property
    def values(self) -> tuple[str, ...]:
        """The bare addresses."""
        return tuple(target.value for target in self.targets)


@dataclass(frozen=True, slots=True)
class Result:
    """
    What a channel says of one parcel; `fault` is for the operator and holds no target.

    `told` are the installations that have it, `gone` the targets that are dead.
    `tried` is False when the channel held the parcel back: that is no attempt.
    `alarming`: it will not get better by itself, and a person must look.
    """

    delivery_id: UUID
    outcome: Outcome
    fault: str | None = None
    retry_after_s: float | None = None
    told: tuple[str, ...] = ()
    gone: tuple[Target, ...] = ()
    tried: bool = True
    alarming: bool = False
