"""The picture of what is in force: how far each broadcast got and what was answered, whole, newest wins, never kept."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers import tally_store, tallying
from backend.broadcasts import broadcast_store
from backend.campus import campus_store
from backend.kernel.plain import plain
from notifications.addressing import controllers
from notifications.picturing import Picture

#: The event of this picture.
TALLY = "tally"


def tallies(session: Session, looking: AbstractSet[UUID], *, now: datetime) -> list[Picture]:
    """
    For those controllers of each world who are looking: nothing is counted for nobody.

    While nothing is in force it is one look at an empty index, and an empty
    picture, by which consoles know that it is over.
    """
    worlds = tally_store.worlds_in_force(session)
    if not worlds:
        return [Picture(frozenset(looking), {"items": []})]
    campus = campus_store.newest(session)
    found = []
    for exercise in (False, True):
        viewers = looking & {one.person_id for one in controllers(session, exercise=exercise)}
        in_force = broadcast_store.in_force(session, exercise=exercise) if viewers and exercise in worlds else ()
        counted = [tallying.count(session, broadcast, said, campus, now=now) for broadcast, said in in_force]
        found.append(Picture(frozenset(viewers), {"items": plain(counted)}))
    return found
