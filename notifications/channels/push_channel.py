"""The push channel: each handset of each parcel by the carrier of its kind, with a guard before what may wait."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notifications.channels.breaker import State
from notifications.channels.guard import Guard
from notifications.channels.letter import Carrier, Letter, letter_to
from notifications.channels.push import KINDS, Answer, Push, push_to, result_of
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind

#: The two ways a push can go: by Google to an app, or by its browser's maker to a browser.
PHONES, BROWSERS = "fcm", "web_push"

Pairs = Sequence[tuple[Parcel, Target]]
Together = Callable[[Sequence[Callable[[], Any]]], None]


def in_turn(jobs: Sequence[Callable[[], Any]]) -> None:
    """One after the other: where nothing waits on a network."""
    for job in jobs:
        job()


@dataclass(frozen=True, slots=True)
class _Way:
    """One provider: what stands before it, and how it is handed what goes."""

    guard: Guard
    carry: Callable[[Pairs], list[Answer]]


class PushChannel:
    """Keeps the channel's promise, whatever becomes of the carriers and of the providers behind them."""

    def __init__(
        self,
        carrier: Carrier[Push],
        *,
        seconds: Callable[[], float],
        web: Carrier[Letter] | None = None,
        together: Together = in_turn,
    ) -> None:
        """`seconds` is a clock that only goes forward; `together` lets the two carriers wait side by side."""
        self._together = together
        self._ways = {
            PHONES: _Way(Guard(seconds), lambda pairs: carrier.carry([push_to(to, one) for one, to in pairs]))
        }
        if web is not None:
            self._ways[BROWSERS] = _Way(
                Guard(seconds), lambda pairs: web.carry([_letter(one, to) for one, to in pairs])
            )

    @property
    def state(self) -> State:
        """That of the way to the phones."""
        return self._ways[PHONES].guard.state

    @property
    def states(self) -> Mapping[str, State]:
        return {name: way.guard.state for name, way in self._ways.items()}

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        """All at once; calls are never held back, for somebody may be dying."""
        pairs = [(parcel, target) for parcel in batch for target in self._targets(parcel)]
        held = [self._way(target).guard.held(urgent=parcel.urgent) for parcel, target in pairs]
        answers = dict(enumerate(held))
        jobs = []
        for way in self._ways.values():
            going = [n for n, (_, target) in enumerate(pairs) if held[n] is None and self._way(target) is way]
            if going:
                jobs.append(lambda way=way, going=going: _carry(way, going, pairs, answers))
        self._together(jobs)
        results = []
        place = 0
        for parcel in batch:
            targets = self._targets(parcel)
            if not targets:
                results.append(_nowhere(parcel))
                continue
            numbers = range(place, place + len(targets))
            place += len(targets)
            own = [answers[n] or UNKNOWN for n in numbers]
            new = [(target, answer) for n, target, answer in zip(numbers, targets, own, strict=True) if held[n] is None]
            results.append(result_of(parcel, targets, own, alarming=self._note(new)))
        return results

    def _targets(self, parcel: Parcel) -> tuple[Target, ...]:
        return tuple(one for one in parcel.targets if one.kind in KINDS or self._is_browsers(one))

    def _is_browsers(self, target: Target) -> bool:
        return target.kind is TargetKind.WEB_PUSH and BROWSERS in self._ways

    def _way(self, target: Target) -> _Way:
        return self._ways[BROWSERS if target.kind is TargetKind.WEB_PUSH else PHONES]

    def _note(self, new: Sequence[tuple[Target, Answer]]) -> bool:
        told = [
            way.guard.note([answer for target, answer in new if self._way(target) is way])
            for way in self._ways.values()
        ]
        return any(told)


#: Said of a push whose carrier ended without a word.
UNKNOWN = Answer(Outcome.RETRY, "no answer", unwell=True)


def _carry(way: _Way, going: Sequence[int], pairs: Pairs, answers: dict[int, Answer | None]) -> None:
    found = way.carry([pairs[n] for n in going])
    answers.update(zip(going, found, strict=True))


def _letter(parcel: Parcel, target: Target) -> Letter:
    return letter_to(target, parcel, by=BROWSERS)


def _nowhere(parcel: Parcel) -> Result:
    what = "web push is not set up" if parcel.targets else "there is nowhere to send this to"
    return Result(parcel.delivery_id, Outcome.GONE, what)
