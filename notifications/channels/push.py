"""A push on its way: what one phone is shown, what the provider said of it, and what that means for its parcel."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind
from notifications.recipes import WITHDRAWN

#: What this channel can carry; web push is another's.
KINDS = frozenset({TargetKind.FID, TargetKind.TOKEN})

#: Bytes of a title and of a body: with what stands around them they stay below a provider's 4,096.
LONGEST_TITLE, LONGEST_BODY = 400, 2_400


@dataclass(frozen=True, slots=True)
class Push:
    """
    One sentence for one phone; plain words, so that it can be handed to another process.

    `tag` replaces what carries the same one on the screen; `slot` is its place
    at the provider while the phone is off. `quiet` makes no sound, and
    `takes_back` does not light the screen either. With a `title` it is a
    broadcast's, which the provider keeps for `kept_s`.
    """

    kind: str
    value: str
    sentence: str
    data: dict[str, str]
    tag: str | None = None
    slot: int | None = None
    quiet: bool = False
    takes_back: bool = False
    title: str | None = None
    kept_s: int | None = None

    def line(self, number: int) -> bytes:
        """As it goes to the sender."""
        return json.dumps({"number": number, **asdict(self)}).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes | str) -> tuple[int, Self]:
        told = json.loads(line)
        return told.pop("number"), cls(**told)


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What came of one push.

    `unwell`: the provider is, not the target. `alarming`: it will not get
    better by itself. `tried` is False when it cannot have reached anybody.
    """

    outcome: Outcome
    fault: str | None = None
    retry_after_s: float | None = None
    unwell: bool = False
    alarming: bool = False
    tried: bool = True

    def line(self, number: int) -> bytes:
        """As it comes back from the sender."""
        return json.dumps({"number": number, **asdict(self)}).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes | str) -> tuple[int, Self]:
        told = json.loads(line)
        return told.pop("number"), cls(**{**told, "outcome": Outcome(told["outcome"])})


def targets_of(parcel: Parcel) -> tuple[Target, ...]:
    """Those of its targets that this channel can carry to."""
    return tuple(target for target in parcel.targets if target.kind in KINDS)


def push_to(target: Target, parcel: Parcel) -> Push:
    """A case's: ids and one fixed sentence. A broadcast's: its title, words and hash (contract, "Pushes")."""
    return Push(
        target.kind.value,
        target.value,
        cut(parcel.sentence, LONGEST_BODY),
        {name: _word(value) for name, value in parcel.data.items()},
        tag=parcel.about,
        slot=parcel.slot,
        quiet=parcel.quiet or bool(parcel.data.get("quiet")),
        takes_back=bool(parcel.data.get(WITHDRAWN)),
        title=cut(parcel.title, LONGEST_TITLE) if parcel.title else None,
        kept_s=parcel.kept_s,
    )


def cut(words: str, most: int) -> str:
    """As much of it as fits into so many bytes: a provider refuses a push that is too long, and nobody is told."""
    told = words.encode("utf-8", "surrogatepass")
    return words if len(told) <= most else told[: most - 3].decode("utf-8", "ignore") + "…"


def result_of(parcel: Parcel, targets: Sequence[Target], answers: Sequence[Answer], *, alarming: bool) -> Result:
    """
    What the answers for a person's handsets make of the delivery to that person.

    Nobody knows which handset is in the pocket: while one asks for another try
    the delivery is tried again, for that one alone. Else it is sent when any
    handset has it.
    """
    outcomes = {answer.outcome for answer in answers}
    order = (Outcome.RETRY, Outcome.SENT, Outcome.FAILED, Outcome.GONE)
    outcome = next(one for one in order if one in outcomes)
    pairs = list(zip(targets, answers, strict=True))
    waits = [one.retry_after_s for one in answers if one.outcome is Outcome.RETRY and one.retry_after_s is not None]
    return Result(
        parcel.delivery_id,
        outcome,
        next((one.fault for one in answers if one.outcome is outcome), None),
        # The soonest: a handset that asked for patience is asked again a little early rather than another too late.
        retry_after_s=min(waits, default=None),
        told=tuple(target.installation_id or "" for target, one in pairs if one.outcome is Outcome.SENT),
        gone=tuple(target for target, one in pairs if one.outcome is Outcome.GONE),
        tried=any(one.tried for one in answers),
        alarming=alarming,
    )


def _word(value: Any) -> str:
    """A provider's data are words only."""
    return value if isinstance(value, str) else json.dumps(value)
