"""The demonstration's data, copied: a server on it starts in half the time, and is its test's alone."""

import shutil
from pathlib import Path

from infra.demo_keys import folder_of


def copy_of(made: Path, folder: Path) -> Path:
    """A data directory under this folder, with the advisers' keys beside it."""
    data_dir = folder / "data"
    shutil.copytree(made, data_dir)
    shutil.copytree(folder_of(made), folder_of(data_dir))
    return data_dir
