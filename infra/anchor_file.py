"""The file in which the audit's heads are kept: only ever added to, a whole line or none."""

import errno
import os
from pathlib import Path

#: Longer than any line.
TAIL_BYTES = 4096


def append_anchor(file: Path, line: str) -> None:
    """
    Add one line, or nothing: raises OSError when it does not fit.

    What a power cut left of the line before is taken away first: glued to its
    neighbour it would make the whole file unreadable.
    """
    told = line.encode("utf-8")
    with file.open("a+b", buffering=0) as opened:
        size = opened.seek(0, os.SEEK_END)
        opened.seek(max(0, size - TAIL_BYTES))
        tail = opened.read() or b""
        whole = size - len(tail) + tail.rfind(b"\n") + 1
        if whole != size:
            opened.truncate(whole)
        try:
            if opened.write(told) != len(told):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            opened.truncate(whole)
            raise
