"""A channel whose parcels go as letters, one a person: e-mail, and whatever else the sender of letters carries."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from notifications.channels.breaker import State
from notifications.channels.guard import Guard
from notifications.channels.letter import Carrier, Letter, letter_to
from notifications.channels.push import Answer, result_of
from notifications.parcel import Outcome, Parcel, Result


class LetterChannel:
    """Keeps the channel's promise, whatever becomes of the carrier and of the provider behind it."""

    def __init__(self, carrier: Carrier[Letter], *, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that only goes forward."""
        self._carrier = carrier
        self._guard = Guard(seconds)

    @property
    def state(self) -> State:
        return self._guard.state

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        """All at once; while the provider is unwell what may wait is held back untried."""
        results = []
        going: list[Parcel] = []
        for parcel in batch:
            if not parcel.targets:
                results.append(Result(parcel.delivery_id, Outcome.GONE, "there is nowhere to send this to"))
            elif held := self._guard.held(urgent=parcel.urgent):
                results.append(_result(parcel, [held for _ in parcel.targets], alarming=False))
            else:
                going.append(parcel)
        answers = iter(self._carrier.carry([letter_to(target, one) for one in going for target in one.targets]))
        for parcel in going:
            own = [next(answers) for _ in parcel.targets]
            results.append(_result(parcel, own, alarming=self._guard.note(own)))
        return results


def _result(parcel: Parcel, answers: Sequence[Answer], *, alarming: bool) -> Result:
    """No installation has it: a mailbox and a number are nobody's handset."""
    return replace(result_of(parcel, parcel.targets, answers, alarming=alarming), told=())
