"""What every player tried and what came of it, written down before and after each call."""

import json
import threading
import time
from pathlib import Path
from typing import Any

#: One line: `at` in seconds since the day began, `who`, `what`, and the facts of it.
Record = dict[str, Any]


class History:
    """Lines in memory for the judge, and in a file for whoever looks into what happened; written to by many threads."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.records: list[Record] = []
        self._began = time.monotonic()
        self._writing = threading.Lock()
        self._file = file.open("w", encoding="utf-8")

    def note(self, who: str, what: str, **facts: Any) -> None:
        """One line, in the order in which it happened."""
        with self._writing:
            record = {"at": round(time.monotonic() - self._began, 4), "who": who, "what": what, **facts}
            self.records.append(record)
            if not self._file.closed:
                self._file.write(json.dumps(record, separators=(",", ":")) + "\n")

    def flush(self) -> None:
        with self._writing:
            self._file.flush()

    def close(self) -> None:
        with self._writing:
            self._file.close()
