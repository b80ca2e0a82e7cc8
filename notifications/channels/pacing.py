"""A pace that is kept: so many a second, with a short run allowed after a pause."""

#: How long a run may be after a pause, in seconds of the pace: what a busy moment held up goes at once.
RUN_S = 0.05


class Pace:
    """A bucket that fills with time; `now` is seconds of a clock that only goes forward."""

    def __init__(self, per_second: float, now: float) -> None:
        self._per_second = per_second
        self._most = max(1.0, per_second * RUN_S)
        self._left = self._most
        self._filled_at = now

    def take(self, now: float) -> bool:
        """Whether one more may go now."""
        self._fill(now)
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def wait_s(self, now: float) -> float:
        """Seconds until one more may go."""
        self._fill(now)
        return max(0.0, (1 - self._left) / self._per_second)

    def _fill(self, now: float) -> None:
        self._left = min(self._most, self._left + (now - self._filled_at) * self._per_second)
        self._filled_at = now
