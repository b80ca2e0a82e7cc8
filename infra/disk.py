"""What must outlive a power cut is on the disk before anything is built on it."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file's content, or a folder's names: a new or replaced file is there only with its folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
