"""Where the installed servers are: Debian keeps some of them off the PATH."""

import os
import pwd
import shutil
import socket
from pathlib import Path

from backend.kernel.errors import Unavailable

#: A folder for each version of PostgreSQL.
DEBIAN = Path("/usr/lib/postgresql")

#: What `make run-scaled` is started from.
PACKAGES = "postgresql redis-server nginx-light"


def program(name: str, packages: str = PACKAGES) -> str:
    """The full name of this program. Raises Unavailable, with which of Debian's packages to install."""
    found = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    if found is None:
        raise Unavailable(f"{name} is not here. Type: sudo apt-get install {packages}")
    return found


def postgres_program(name: str, debian: Path = DEBIAN) -> str:
    """The newest version's. Raises Unavailable."""
    versions = sorted(debian.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    found = next((folder / name for folder in versions if (folder / name).exists()), None)
    return str(found) if found else program(name)


def unprivileged() -> str | None:
    """Whom a server runs as that refuses to be root's; None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
