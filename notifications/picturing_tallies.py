"""The picture of broadcasts: how far each got, what was answered, and which waits for a second person; never kept."""

from collections.abc import Mapping, Set as AbstractSet
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers import tally_store, tallying
from backend.approvals import approval_store
from backend.approvals.approval import Approval
from backend.broadcasts import broadcast_store
from backend.broadcasts.agreed import ISSUE
from backend.campus import campus_store
from backend.kernel.plain import plain
from backend.people import people_store
from notifications.addressing import controllers
from notifications.picturing import Picture

#: The event of this picture.
TALLY = "tally"


def tallies(session: Session, looking: AbstractSet[UUID], *, now: datetime) -> list[Picture]:
    """
    For those controllers of each world who are looking: nothing is counted for nobody.

    While nothing is in force and nothing waits it is two looks at empty
    indexes, and an empty picture, by which consoles know that it is over.
    """
    worlds = tally_store.worlds_in_force(session)
    asked = approval_store.questions(session, ISSUE, now=now)
    if not worlds and not asked:
        return [Picture(frozenset(looking), {"items": [], "waiting": []})]
    campus = campus_store.newest(session)
    names = people_store.names(session, {one.asked_by for one in asked})
    found = []
    for exercise in (False, True):
        viewers = looking & {one.person_id for one in controllers(session, exercise=exercise)}
        in_force = broadcast_store.in_force(session, exercise=exercise) if viewers and exercise in worlds else ()
        counted = [tallying.count(session, broadcast, said, campus, now=now) for broadcast, said in in_force]
        waiting = [_waits(one, names) for one in asked if one.exercise == exercise]
        found.append(Picture(frozenset(viewers), {"items": plain(counted), "waiting": plain(waiting)}))
    return found


def _waits(one: Approval, names: Mapping[UUID, str]) -> dict[str, Any]:
    """By its ids alone: whoever confirms reads the words at their own door."""
    return {
        "broadcast_id": one.about_id,
        "asked_by": {"id": one.asked_by, "name": names.get(one.asked_by)},
        "asked_at": one.asked_at,
        "expires_at": one.expires_at,
    }
