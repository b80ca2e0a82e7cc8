"""Clear up after people who played: their broadcasts go with them, and nobody real was on a roll of theirs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts import played_broadcast_store
from backend.kernel import audit
from backend.people import player_store


def strays(session: Session, owner_ids: Collection[UUID]) -> int:
    """How many real people an exercise broadcast of these players was for: there must be none."""
    broadcasts = played_broadcast_store.of_owners(session, owner_ids)
    return len(player_store.real_among(session, played_broadcast_store.told_of(session, broadcasts)))


def clear(session: Session, owner_ids: Collection[UUID], *, now: datetime) -> Sequence[UUID]:
    """Remove the broadcasts of these players with their rolls; which they were."""
    broadcasts = played_broadcast_store.of_owners(session, owner_ids)
    if broadcasts:
        played_broadcast_store.remove(session, broadcasts)
        audit.record(
            session,
            "exercise.cleared",
            actor=None,
            about="exercise",
            about_id=None,
            at=now,
            broadcasts=len(broadcasts),
        )
    return broadcasts
