"""The ladder: which rung is next, when it is due, and when the ladder is at its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.campus.campus import CONTROL_ROOM, EscalationPolicy, Step
from backend.kernel.vocabulary import Kind

#: After the last rung its people get as long to answer as the rung before gave, but no longer than this.
LAST_CHANCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a case stands: rungs taken, since when they count, and how many officers hold it."""

    taken: int
    since: datetime
    holding: int
    wanted: int

    @property
    def staffed(self) -> bool:
        return self.holding >= self.wanted


def fallback(kind: Kind) -> EscalationPolicy:
    """For a kind the campus forgot: everybody of its team and the control room, at once."""
    return EscalationPolicy(kind, wanted=1, reask_after_s=600, steps=(Step(0, "team", and_tell=CONTROL_ROOM),))


def next_step(policy: EscalationPolicy, taken: int) -> Step | None:
    """The step after `taken` of them, or None when the ladder is at its end."""
    return policy.steps[taken] if taken < len(policy.steps) else None


def due_steps(policy: EscalationPolicy, ladder: Ladder, *, now: datetime) -> tuple[Step, ...]:
    """
    Every rung whose second has come, in order.

    More than one after a stop: what was missed is climbed at once, not spaced
    out anew. None once as many officers as wanted hold the case.
    """
    if ladder.staffed:
        return ()
    return tuple(step for step in policy.steps[ladder.taken :] if ladder.since + timedelta(seconds=step.after_s) <= now)


def end_of(policy: EscalationPolicy, since: datetime) -> datetime:
    """When the last rung's people have had their chance as well."""
    seconds = [step.after_s for step in policy.steps] or [0]
    gap = timedelta(seconds=seconds[-1] - seconds[-2]) if len(seconds) > 1 else LAST_CHANCE
    return since + timedelta(seconds=seconds[-1]) + min(gap, LAST_CHANCE)


def next_due(policy: EscalationPolicy, ladder: Ladder, *, late_at: datetime | None, now: datetime) -> datetime | None:
    """
    When the case must be looked at again, or None: never by itself.

    The next rung while officers are wanted, the ladder's end while nobody has
    said yes, and the moment at which an accepted case is late.
    """
    moments = [late_at] if late_at else []
    step = next_step(policy, ladder.taken)
    if not ladder.staffed and step is not None:
        moments.append(ladder.since + timedelta(seconds=step.after_s))
    elif not ladder.holding and end_of(policy, ladder.since) > now:
        moments.append(end_of(policy, ladder.since))
    return min(moments, default=None)
