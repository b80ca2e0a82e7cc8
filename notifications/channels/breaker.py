"""A breaker: lets go of a provider that is unwell, and finds out with one parcel at a time whether it is back."""

from enum import StrEnum

#: Failures in a row after which the provider is taken for unwell; one busy phone does not make them.
MOST_FAILURES = 5

#: Seconds until it is tried again: the first time, and at most. Short, since people wait for what is held back.
FIRST_S, LONGEST_S = 5.0, 30.0


class State(StrEnum):
    """Closed is well, open is unwell, half open is finding out."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """
    Counts what the provider did; `now` is seconds of a clock that only goes forward.

    It answers for what may wait. Calls do not ask: they always go, and what
    comes of them is told here as well.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._rounds = 0
        self._until: float | None = None
        self._probing = False

    def state(self, now: float) -> State:
        if self._until is None:
            return State.CLOSED
        return State.OPEN if now < self._until else State.HALF_OPEN

    def admits(self, now: float) -> bool:
        """Whether a parcel may go; when half open only one, until it is known what came of it."""
        state = self.state(now)
        if state is State.HALF_OPEN and not self._probing:
            self._probing = True
            return True
        return state is State.CLOSED

    def wait_s(self, now: float) -> float:
        """When to ask again."""
        return max(1.0, (self._until or now) - now)

    def worked(self) -> None:
        """The provider did its work: everything goes again."""
        self._failures = self._rounds = 0
        self._until = None
        self._probing = False

    def failed(self, now: float) -> bool:
        """It did not; True when it is taken for unwell from this moment on."""
        self._failures += 1
        was = self.state(now)
        self._probing = False
        if was is State.OPEN or (was is State.CLOSED and self._failures < MOST_FAILURES):
            return False
        self._until = now + min(LONGEST_S, FIRST_S * 2**self._rounds)
        self._rounds += 1
        return was is State.CLOSED
