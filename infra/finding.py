"""What a check of the doctor's found."""

from dataclasses import dataclass
from pathlib import Path

#: Any permission for others is one too many.
OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is well, and what to do if not."""

    what: str
    well: bool
    remedy: str = ""


def is_private(file: Path) -> bool:
    """Whether nobody but its owner may read it."""
    return file.stat().st_mode & OTHERS == 0
