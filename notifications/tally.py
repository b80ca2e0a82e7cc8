"""What came of everything that was sent by this process, counted by channel."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from notifications.parcel import Result


@dataclass(slots=True)
class Tally:
    """Outcomes by channel; what a channel held back without trying is counted as `held`."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, channel: str, results: Iterable[Result]) -> None:
        for result in results:
            self.outcomes[channel, result.outcome.value if result.tried else "held"] += 1
