"""`bluelight prevent recovery-key` on a real terminal: shares stand on a screen of their own and nowhere afterwards."""

import fcntl
import os
import re
import select
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.concerns.sealing import key_id_of, public_of
from infra.prevent.key_file import public_text, spoken
from infra.prevent.screen import ASIDE, BACK
from infra.prevent.shares import WORDS, join
from tests.server import BLUELIGHT, told_nothing

QUIET_S = 30


class Terminal:
    """
    A terminal with somebody in front of it who reads and types.
    """

    def __init__(self, master: int) -> None:
        self._master = master
        self.seen = ""

    def reads_until(self, words: str) -> str:
        """What came since the last time, up to these words."""
        start, end = len(self.seen), time.monotonic() + QUIET_S
        while words not in self.seen[start:]:
            assert time.monotonic() < end, f"{words!r} did not come: {self.seen[start:]!r}"
            if select.select([self._master], [], [], 0.2)[0]:
                self.seen += self._read()
        return self.seen[start:]

    def types(self, line: str) -> None:
        os.write(self._master, line.encode() + b"\n")

    def _read(self) -> str:
        try:
            return os.read(self._master, 65536).decode()
        except OSError as fault:
            raise AssertionError(f"it ended: {self.seen!r}") from fault


@contextmanager
def terminal(folder: Path, *words: str) -> Iterator[tuple[Terminal, subprocess.Popen[bytes]]]:
    """
    A command at a terminal of its own, in an empty folder.
    """
    master, slave = os.openpty()
    take = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
    command = [str(BLUELIGHT.parent / "python"), "-c", take, str(BLUELIGHT), *words]
    fcntl.ioctl(slave, termios.TIOCSWINSZ, b"\x28\x00\x78\x00\0\0\0\0")
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=told_nothing(), start_new_session=True
    ) as process:
        os.close(slave)
        try:
            yield Terminal(master), process
        finally:
            process.kill()
            os.close(master)


def page_of(shown: str) -> list[str]:
    """
    What somebody copies from the screen: the words in the order of their numbers.
    """
    numbered = re.findall(r"(\d+) ([a-z]+)", shown.partition("by hand.")[2])
    return [word for _, word in sorted((int(nth), word) for nth, word in numbered)]


def test_three_pages_are_written_and_nothing_else(tmp_path: Path) -> None:
    """
    Each share is shown aside and proved by three of its words, typed unseen; then the public half is told.
    """
    pages = []

    with terminal(tmp_path, "prevent", "recovery-key", "--offline") as (screen, process):
        screen.reads_until("with paper?")
        screen.types("y")
        for _ in range(3):
            shown = screen.reads_until("shown no more")
            pages.append(page_of(shown))
            screen.types("")
            named = re.search(r"the words ([\d, ]+) \(", screen.reads_until("not shown)"))
            assert named is not None
            screen.types(" ".join(pages[-1][int(nth) - 1] for nth in named[1].split(", ")))
        told = screen.reads_until("on all three pages")
        status = process.wait(10)

    private_key = join([" ".join(pages[0]), " ".join(pages[2])])
    public = public_of(private_key)
    stays = "".join(part.partition(BACK)[2] for part in screen.seen.split(ASIDE)[1:])
    assert ([WORDS] * 3, 0) == ([len(page) for page in pages], status)
    assert public_text(public) in told
    assert spoken(key_id_of(public)) in told
    assert not [page for page in pages for start in range(WORDS - 2) if " ".join(page[start : start + 2]) in stays]
    assert [] == list(tmp_path.iterdir())
