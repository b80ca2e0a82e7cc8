"""The push channel: each handset of each parcel by the carrier of its kind, with a guard before what may wait."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notifications.channels.breaker import State
from notifications.channels.guard import Guard
from notifications.channels.letter import Carrier, Letter, letter_to
from notifications.channels.push import KINDS, Answer, Push, push_to, result_of
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind

#: The ways a push can go: by Google to an app, a broadcast's in a crowd, or by its browser's maker to a browser.
PHONES, CROWD, BROWSERS = "fcm", "fcm_crowd", "web_push"

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
        crowd: Carrier[Push] | None = None,
        together: Together = in_turn,
    ) -> None:
        """
        `seconds` is a clock that only goes forward; `together` lets the carriers wait side by side.

        `crowd` takes what broadcasts tell phones. It has a guard of its own: what
        thousands are refused says nothing of a case's push.
        """
        self._together = together
        self._ways = {PHONES: _way_by(carrier, seconds)}
        if crowd is not None:
            self._ways[CROWD] = _way_by(crowd, seconds)
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
        ways = [self._way(parcel, target) for parcel, target in pairs]
        held = [way.guard.held(urgent=parcel.urgent) for way, (parcel, _) in zip(ways, pairs, strict=True)]
        answers = dict(enumerate(held))
        jobs = []
        for way in self._ways.values():
            going = [n for n, own in enumerate(ways) if held[n] is None and own is way]
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
            new = [(ways[n], answer) for n, answer in zip(numbers, own, strict=True) if held[n] is None]
            results.append(result_of(parcel, targets, own, alarming=self._note(new)))
        return results

    def _targets(self, parcel: Parcel) -> tuple[Target, ...]:
        return tuple(one for one in parcel.targets if one.kind in KINDS or self._is_browsers(one))

    def _is_browsers(self, target: Target) -> bool:
        return target.kind is TargetKind.WEB_PUSH and BROWSERS in self._ways

    def _way(self, parcel: Parcel, target: Target) -> _Way:
        if target.kind is TargetKind.WEB_PUSH:
            return self._ways[BROWSERS]
        # A broadcast's has a title, a case's has none (contract, "Pushes").
        return self._ways[CROWD if parcel.title is not None and CROWD in self._ways else PHONES]

    def _note(self, new: Sequence[tuple[_Way, Answer]]) -> bool:
        told = [way.guard.note([answer for own, answer in new if own is way]) for way in self._ways.values()]
        return any(told)


#: Said of a push whose carrier ended without a word.
UNKNOWN = Answer(Outcome.RETRY, "no answer", unwell=True)


def _way_by(carrier: Carrier[Push], seconds: Callable[[], float]) -> _Way:
    return _Way(Guard(seconds), lambda pairs: carrier.carry([push_to(to, one) for one, to in pairs]))


def _carry(way: _Way, going: Sequence[int], pairs: Pairs, answers: dict[int, Answer | None]) -> None:
    found = way.carry([pairs[n] for n in going])
    answers.update(zip(going, found, strict=True))


def _letter(parcel: Parcel, target: Target) -> Letter:
    return letter_to(target, parcel, by=BROWSERS)


def _nowhere(parcel: Parcel) -> Result:
    what = "web push is not set up" if parcel.targets else "there is nowhere to send this to"
    return Result(parcel.delivery_id, Outcome.GONE, what)
