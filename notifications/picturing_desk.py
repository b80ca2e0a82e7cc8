"""The picture of the desk: who sits at a console and whose is silent, whole, newest wins, never kept."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel.plain import plain
from backend.people import hushing
from notifications.addressing import controllers
from notifications.picturing import Picture

#: The event of this picture.
DESK = "desk"


def desks(session: Session, looking: AbstractSet[UUID], *, now: datetime) -> list[Picture]:
    """For those controllers of each world who are looking."""
    found = []
    for exercise in (False, True):
        viewers = looking & {one.person_id for one in controllers(session, exercise=exercise)}
        if viewers:
            found.append(Picture(frozenset(viewers), plain(hushing.desk(session, exercise=exercise, now=now))))
    return found
