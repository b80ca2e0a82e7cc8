"""How much a socket may send: a bucket that fills steadily, and a count of what came when it was empty."""

from dataclasses import dataclass

#: Events a second that a socket may send for ever, and how many at once after a pause. A phone that moves sends one
#: position a second; one that comes back sends what it owes, two hundred receipts to an event.
RATE, BURST = 20.0, 40.0

#: So many refused in a row, with never a second's pause, are no slip any more.
PATIENCE = 200


@dataclass(slots=True)
class Budget:
    """
    One socket's. Times are seconds on any clock; one that goes back fills nothing.

    Taps do not come this way, so nothing that is refused here is one.
    """

    rate: float = RATE
    burst: float = BURST
    patience: int = PATIENCE
    left: float = BURST
    at: float | None = None
    refused: int = 0

    def spend(self, now: float) -> bool:
        """Whether there is room for one more event at this moment."""
        if self.at is not None and now > self.at:
            self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left >= self.rate:
            # It has been quiet for a second: what was before is forgiven.
            self.refused = 0
        if self.left < 1:
            self.refused += 1
            return False
        self.left -= 1
        return True

    @property
    def is_abused(self) -> bool:
        """Whether the socket is to be closed for what it has just sent: once."""
        return self.refused == self.patience

    @property
    def is_over(self) -> bool:
        """Whether it is being closed; nothing more is told."""
        return self.refused > self.patience
