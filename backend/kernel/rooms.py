"""The Socket.IO addresses both ends agree on."""

HANDSET, CONSOLE = "/handset", "/console"


def world(exercise: bool) -> str:
    """The room of everybody of one world in a namespace; real people and those who play never share one."""
    return "exercise" if exercise else "real"


def front(room: str) -> str:
    """The room of those in another who act on what the others are only told: they have it first."""
    return room + "/front"
