"""What of a case each role may read, from the design's table alone; through which doors is the role table's."""

from enum import StrEnum

from backend.kernel.vocabulary import Role
from tests.journeys.role_table import Side


class Content(StrEnum):
    """What of a case could leak: told apart by words and digits that stand nowhere else."""

    NOTE = "the note"
    CHAT = "what was said"
    PLACE = "where the caller is"
    NAME = "who the caller is"


ALL = frozenset(Content)

#: What may stand in any answer to somebody on this side of the case.
READABLE: dict[Side, frozenset[Content]] = {
    Side.OWN: ALL,
    Side.OWN_CLOSED: ALL,
    Side.ASKED: frozenset({Content.NOTE, Content.PLACE, Content.NAME}),
    Side.ASSIGNED: ALL,
    # Once it is closed: that they were there, not what was said nor where.
    Side.ASSIGNED_CLOSED: frozenset({Content.NAME}),
}
WATCHABLE: dict[Side, frozenset[Content]] = {
    Side.OTHER: ALL,
    # "Caller's position: case open."
    Side.OTHER_CLOSED: ALL - {Content.PLACE},
}


def readable(role: Role, side: Side) -> frozenset[Content]:
    """What this role may read of a case it stands to like this."""
    side = Side.OTHER if side is Side.NONE else side
    if role is Role.CONTROLLER and side in WATCHABLE:
        return WATCHABLE[side]
    if role is Role.CONTROLLER and side is Side.OWN_CLOSED:
        return ALL
    return READABLE.get(side, frozenset())
