"""The push channel: each handset of each parcel by a carrier, with a breaker before what may wait."""

from collections.abc import Callable, Sequence
from typing import Protocol

from notifications.channels.breaker import Breaker, State
from notifications.channels.push import Answer, Push, push_to, result_of, targets_of
from notifications.parcel import Outcome, Parcel, Result


class Carrier(Protocol):
    """Takes pushes to the provider."""

    def carry(self, pushes: Sequence[Push]) -> list[Answer]:
        """An answer for each, in their order, within a deadline shorter than a delivery's lease."""
        ...


class PushChannel:
    """Keeps the channel's promise, whatever becomes of the carrier and of the provider behind it."""

    def __init__(self, carrier: Carrier, *, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that only goes forward."""
        self._carrier = carrier
        self._seconds = seconds
        self._breaker = Breaker()
        self._alarmed = False

    @property
    def state(self) -> State:
        return self._breaker.state(self._seconds())

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        """All at once; calls are never held back by the breaker, for somebody may be dying."""
        results = []
        going: list[Parcel] = []
        for parcel in batch:
            if not targets_of(parcel):
                results.append(_nowhere(parcel))
            elif parcel.urgent or self._breaker.admits(self._seconds()):
                going.append(parcel)
            else:
                wait = self._breaker.wait_s(self._seconds())
                fault = "held back while the provider is unwell"
                results.append(Result(parcel.delivery_id, Outcome.RETRY, fault, wait, tried=False))
        answers = iter(self._carrier.carry([push_to(target, one) for one in going for target in targets_of(one)]))
        for parcel in going:
            targets = targets_of(parcel)
            own = [next(answers) for _ in targets]
            results.append(result_of(parcel, targets, own, alarming=self._note(own)))
        return results

    def _note(self, answers: Sequence[Answer]) -> bool:
        """Tell the breaker; True when this is the beginning of a trouble a person must hear of."""
        trouble = False
        for answer in answers:
            if answer.unwell:
                trouble = self._breaker.failed(self._seconds()) or trouble
            else:
                self._breaker.worked()
            trouble = trouble or answer.alarming
            if answer.outcome is Outcome.SENT:
                self._alarmed = False
        news = trouble and not self._alarmed
        self._alarmed = self._alarmed or trouble
        return news


def _nowhere(parcel: Parcel) -> Result:
    what = "web push is not carried yet" if parcel.targets else "there is nowhere to send this to"
    return Result(parcel.delivery_id, Outcome.GONE, what)
