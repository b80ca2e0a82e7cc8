"""A real disk of a few megabytes, to be filled: a file system of its own in memory, gone at the end."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


@contextmanager
def small_disk(mib: int) -> Iterator[Path]:
    """Mounted on a new folder. Raises CalledProcessError where this user may not mount."""
    with tempfile.TemporaryDirectory(prefix="bluelight-disk-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", folder], check=True, capture_output=True)
        try:
            yield Path(folder)
        finally:
            # Lazily: a process that is ending may still have a file open.
            subprocess.run(["umount", "--lazy", folder], check=True, capture_output=True)


@cache
def can_be_mounted() -> bool:
    """Whether this user may; most containers do not let theirs."""
    try:
        with small_disk(1):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False


def fill(disk: Path, *, but: int = 0) -> Path:
    """A file that takes all that is left, but for this many bytes."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        size = 1 << 20
        while size >= 512:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
        file.truncate(max(0, file.tell() - but))
    return filler
