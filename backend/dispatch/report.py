"""A line of a report: how long a case took from being received, in seconds, and what of it was too long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backend.campus.campus import Targets
from backend.kernel.vocabulary import IncidentState, OfferState

#: A yes, by oneself or given by the control room, and the word that somebody is there.
YES = ("accepted", "assigned")
THERE = ("on_scene",)

#: An offer in one of these was answered by nobody: its time is when it was taken back, or none.
UNANSWERED = (OfferState.OFFERED.value, OfferState.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Times:
    """When a case was received, first answered (a yes or a no), accepted, reached and closed; None for not so far."""

    received_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None
    on_scene_at: datetime | None
    closed_at: datetime | None
    state: str

    @property
    def answered_s(self) -> int | None:
        return self._after(self.answered_at)

    @property
    def accepted_s(self) -> int | None:
        return self._after(self.accepted_at)

    @property
    def on_scene_s(self) -> int | None:
        return self._after(self.on_scene_at)

    @property
    def resolved_s(self) -> int | None:
        """A case that was called off was not resolved."""
        return self._after(self.closed_at) if self.state == IncidentState.RESOLVED.value else None

    def missed(self, targets: Targets, *, now: datetime) -> tuple[str, ...]:
        """
        The steps whose target was missed: they came too late, or have not come though their time is up.

        A case that ended before a target was due has not missed it.
        """
        lasted = self._after(self.closed_at or now) or 0
        steps = (
            ("accepted", self.accepted_s, targets.accepted_s),
            ("on_scene", self.on_scene_s, targets.on_scene_s),
        )
        return tuple(
            step for step, took, target in steps if target is not None and (lasted if took is None else took) > target
        )

    def _after(self, at: datetime | None) -> int | None:
        # Two processes' clocks may differ by a little: nothing comes before the case.
        return None if at is None else max(0, round((at - self.received_at).total_seconds()))


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """The first of these that there is."""
    return min((at for at in moments if at is not None), default=None)
