"""What stands before every provider: it holds back what may wait while that is unwell, and tells of trouble once."""

from collections.abc import Callable, Sequence

from notifications.channels.breaker import Breaker, State
from notifications.channels.push import Answer
from notifications.parcel import Outcome


class Guard:
    """One provider's; calls are never held back, for somebody may be dying."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that only goes forward."""
        self._seconds = seconds
        self._breaker = Breaker()
        self._alarmed = False

    @property
    def state(self) -> State:
        return self._breaker.state(self._seconds())

    def held(self, *, urgent: bool) -> Answer | None:
        """The answer for what may not go now, which costs it no try; None: it may go, and `note` must follow."""
        if urgent or self._breaker.admits(self._seconds()):
            return None
        wait = self._breaker.wait_s(self._seconds())
        return Answer(Outcome.RETRY, "held back while the provider is unwell", wait, tried=False)

    def note(self, answers: Sequence[Answer]) -> bool:
        """What came of those that went; True when this is the beginning of a trouble a person must hear of."""
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
