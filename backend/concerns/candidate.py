"""An adviser weighed for one concern: why they cannot be assigned it, and which two would be proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

#: Two work on a concern, so that nobody judges alone.
PLACES = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    What counts for and against one adviser; `struck_out` is by the reporter, `recused` by themselves.

    `holds` says that they hold a copy: who does not must be given one. `busy`
    is how many open concerns they are assigned already.
    """

    adviser_id: UUID
    name: str
    faculty: str | None
    trained_on: date | None
    away: bool
    away_until: date | None
    has_key: bool
    holds: bool
    struck_out: bool
    recused: bool
    busy: int

    @property
    def cannot(self) -> str | None:
        """Why not, in a sentence for colleagues; None for who can."""
        if self.recused or self.struck_out:
            # One sentence for both: who was struck out by a reporter is nobody's talk.
            return f"{self.name} stands aside from this concern."
        if not self.has_key:
            return f"{self.name} has no key in use: nothing can be sealed to them."
        if self.away:
            return (
                f"{self.name} is on leave {f'until {self.away_until}' if self.away_until else 'until further notice'}."
            )
        return None

    @property
    def needs_copies(self) -> bool:
        """They came later, or their copies were destroyed: somebody who holds copies must make theirs."""
        return not self.holds


def proposed(candidates: Sequence[Candidate], concern_id: UUID) -> list[UUID]:
    """
    Two who can and hold a copy, the least busy first; fewer when there are no two.

    Among equals the concern's own random name decides, so that no name is always first.
    """
    able = [one for one in candidates if one.cannot is None and one.holds]
    able.sort(key=lambda one: (one.busy, one.adviser_id.int ^ concern_id.int))
    return [one.adviser_id for one in able[:PLACES]]
