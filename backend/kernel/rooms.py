"""The Socket.IO addresses both ends agree on."""

HANDSET, CONSOLE = "/handset", "/console"

#: Both faces.
NAMESPACES = (HANDSET, CONSOLE)


def world(exercise: bool) -> str:
    """The room of everybody of one world in a namespace; real people and those who play never share one."""
    return "exercise" if exercise else "real"
