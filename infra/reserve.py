"""A reserve on the embedded form's disk, given up when it is full, so that calls for help are still written."""

import os
import shutil
import sys
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

NAME = "reserve"

#: The reserve is put back only when as much again stays free: else the next write would take it at once.
ROOM_FOR_IT = 2

#: With less than this and no reserve, the next tap may find no room (bytes): its rows and a page of every index.
A_TAPS_ROOM = 1 << 20


class Reserve:
    """
    One file of this many bytes, really allocated.

    Empty means given up, which stands through restarts and is seen by every
    command on the same data: the disk is tight. No file means that nobody has
    started here yet.
    """

    def __init__(self, folder: Path, size: int) -> None:
        """A size of 0 keeps nothing."""
        self._file = folder / NAME
        self._size = size

    def is_tight(self) -> bool:
        return self._size > 0 and self._file.exists() and self._file.stat().st_size == 0

    def is_kept(self) -> bool:
        return self._size > 0 and self._file.exists() and self._file.stat().st_size >= self._size

    def give_up(self) -> bool:
        """Free it. Emptied and not removed: a full disk may have no room for a change of its folder."""
        if not self.is_kept():
            return False
        try:
            os.truncate(self._file, 0)
        except OSError:
            log.exception("reserve.not_freed")
            return False
        log.error("disk.full", freed_bytes=self._size, remedy="make room: see infra/runbook.md")
        return True

    def give_up_before_opening(self) -> None:
        """Opening a database needs a little room as well, and a server that cannot start helps nobody."""
        if self._file.exists() and self.free_bytes() < A_TAPS_ROOM:
            self.give_up()

    def look(self) -> None:
        """Make it, at the start or once there is room again."""
        if not self._size or self.is_kept():
            return
        was_tight = self.is_tight()
        if self.free_bytes() < ROOM_FOR_IT * self._size:
            if not was_tight:
                self._set_to(0)
                log.error("disk.tight", free_bytes=self.free_bytes(), wanted_bytes=ROOM_FOR_IT * self._size)
        elif self._set_to(self._size) and was_tight:
            log.warning("disk.has_room_again", free_bytes=self.free_bytes())

    def free_bytes(self) -> int:
        return shutil.disk_usage(self._file.parent).free

    def can_take_a_tap(self) -> bool:
        """Whether there is room for one, on the disk or in the reserve."""
        return self.is_kept() or self.free_bytes() >= A_TAPS_ROOM

    def _set_to(self, size: int) -> bool:
        """Whether it has this size now; one that does not fit is left empty."""
        try:
            with self._file.open("r+b" if self._file.exists() else "wb") as file:
                _allocate(file.fileno(), size)
        except OSError:
            log.exception("reserve.not_made")
            if self._file.exists():
                os.truncate(self._file, 0)
            return False
        return True


def _allocate(descriptor: int, size: int) -> None:
    """Blocks that nobody else can have; a file with a hole would keep nothing."""
    if not size:
        os.truncate(descriptor, 0)
    elif sys.platform == "linux":
        os.posix_fallocate(descriptor, 0, size)
    else:
        for _ in range(size >> 20):
            os.write(descriptor, bytes(1 << 20))
        os.fsync(descriptor)
