"""What is told to everybody at one moment: what is in force, what ended lately, and whom to ring."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.broadcasts.spoken import Spoken
from backend.campus.campus import Campus
from backend.campus.numbers import call_list
from backend.kernel.vocabulary import Severity
from backend.open_pages.thread import Thread

#: What ended is still shown as over for this long.
SHOWN_OVER = timedelta(hours=24)


@dataclass(frozen=True)
class Truth:
    """One world's broadcasts as they were `at` this moment: the gravest in force first, and what ended, the newest."""

    campus: Campus
    in_force: tuple[Thread, ...]
    over: tuple[Thread, ...]
    at: datetime

    @property
    def numbers(self) -> list[dict[str, str | bool]]:
        """Whom to ring, the first one first; what no mobile can ring is not dialable."""
        return call_list(self.campus, None)

    @property
    def emergency_number(self) -> str:
        return str(self.numbers[0]["number"])

    def is_overdue(self, said: Spoken) -> bool:
        """Whether the next word has been promised for a moment that is past."""
        return said.next_update_at is not None and said.next_update_at < self.at

    def mark(self, *more: str) -> str:
        """The same as long as the same is told; `more` is what else a page depends on."""
        told = [
            *more,
            self.campus.name,
            self.campus.time_zone,
            self.numbers,
            [_mark_of(one, overdue=self.is_overdue(one.newest)) for one in self.in_force],
            [_mark_of(one, overdue=False) for one in self.over],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def gravest_first(threads: Iterable[Thread]) -> tuple[Thread, ...]:
    """Whoever reads or hears only the beginning has the worst of it; tests are last."""
    order = list(Severity)
    return tuple(sorted(threads, key=lambda one: (one.is_test, order.index(one.newest.severity))))


def local_time(campus: Campus, at: datetime) -> str:
    """As the clock on the wall shows it, with the offset: `14:02 on Monday 23 November 2026 (+00:00)`."""
    return f"{spoken_time(campus, at)} ({offset_of(campus.local(at))})"


def spoken_time(campus: Campus, at: datetime) -> str:
    """The same to be read out: nobody on a telephone asks for an offset."""
    local = campus.local(at)
    return f"{local:%H:%M} on {local:%A} {local.day} {local:%B %Y}"


def offset_of(local: datetime) -> str:
    """How far this local time is from UTC: `+01:00`."""
    return local.strftime("%z")[:3] + ":" + local.strftime("%z")[3:5]


def _mark_of(thread: Thread, *, overdue: bool) -> list[object]:
    newest = thread.newest
    return [str(newest.broadcast_id), newest.version, newest.hash, thread.place, thread.ended, overdue]
