"""What a backup says of itself: of what it is a copy, when it was taken, and what its files must be."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from backend.kernel.chaining import Head
from backend.kernel.errors import FieldFault, Invalid
from infra.backup import keys

NAME = "manifest.json"

#: Raised when the layout of a backup changes; a program refuses every other layout.
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """
    What was copied: of which form, at which revision, how many rows of each table.

    `numbers` are how far the counting columns had got, so that no number is
    given again (`table.column`; SQLite keeps them in its file).
    """

    form: str
    revision: str
    rows: dict[str, int]
    columns: dict[str, list[str]]
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup. `faults` is empty for a good one; `keyring` holds the ids of the keys it needs, never the keys."""

    contents: Contents
    program: str
    begun_at: datetime
    taken_at: datetime
    ended_at: datetime
    newest_row_at: datetime | None
    head: Head | None
    keyring: list[str]
    faults: list[str]
    files: dict[str, str]

    def text(self) -> str:
        told = {"layout": LAYOUT, **asdict(self)}
        return json.dumps(told, indent=2, default=lambda one: one.isoformat()) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Raises Invalid for a folder that holds no finished backup, or one of a layout we do not know."""
    try:
        told: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if told["layout"] != LAYOUT:
            age = "a newer" if told["layout"] > LAYOUT else "an older"
            program = f" ({told['program']})" if "program" in told else ""
            raise Invalid(f"The backup in {folder} was written by {age} Bluelight{program}: restore it with that one.")
        newest, head = told["newest_row_at"], told["head"]
        return Manifest(
            contents=Contents(**told["contents"]),
            program=told["program"],
            begun_at=datetime.fromisoformat(told["begun_at"]),
            taken_at=datetime.fromisoformat(told["taken_at"]),
            ended_at=datetime.fromisoformat(told["ended_at"]),
            newest_row_at=datetime.fromisoformat(newest) if newest else None,
            head=Head(**head) if head else None,
            keyring=told["keyring"],
            faults=told["faults"],
            files=told["files"],
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Invalid(f"There is no finished backup in {folder}.") from fault


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in it but the manifest, by its path from there."""
    return {
        file.relative_to(folder).as_posix(): digest(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != folder / NAME
    }


def digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def must_be_whole(folder: Path, manifest: Manifest) -> None:
    """Raises Invalid naming every file that is missing or was changed. Keys may have been taken elsewhere."""
    faults = list(_differences(folder, manifest))
    if faults:
        raise Invalid(f"The backup in {folder} is not as it was written.", faults)


def _differences(folder: Path, manifest: Manifest) -> Iterator[FieldFault]:
    for name, wanted in manifest.files.items():
        file = folder / name
        if file.is_file():
            if digest(file) != wanted:
                yield FieldFault(name, "was changed or damaged")
        elif not name.startswith(f"{keys.FOLDER}/"):
            yield FieldFault(name, "is missing")
