"""What clients were answered and what reached them, a line each, in a file before anything follows from it."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.drill.history import History, Record


class Journal(History):
    """A history by the wall's clock that keeps nothing in memory: each line is in the file when `note` returns."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._in_order = threading.Lock()

    def note(self, who: str, what: str, **facts: Any) -> None:
        with self._in_order:
            record = {"at": round(time.time(), 4), "who": who, "what": what, **facts}
            if not self._file.closed:
                self._file.write(json.dumps(record, separators=(",", ":")) + "\n")
                self._file.flush()


def read_journal(*files: Path) -> Iterator[Record]:
    """All lines of these files in the order of their times; a last line that was cut off is passed over."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines(keepends=True)]
    yield from sorted((json.loads(line) for line in lines if line.endswith("\n")), key=lambda one: one["at"])
