"""What one client heard, held against what a stream promises: no number twice, no step left out, no case backwards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

RANK = {"raised": 0, "offered": 1, "accepted": 2, "en_route": 3, "on_scene": 4, "resolved": 5, "cancelled": 5}


class Told(Protocol):
    """A message as its client wrote it down; `line` numbers its connection, None by request."""

    @property
    def line(self) -> int | None: ...
    @property
    def seq(self) -> int: ...
    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def case(self) -> str | None: ...
    @property
    def state(self) -> str | None: ...


T = TypeVar("T", bound=Told)


def numbered_twice(some: Sequence[T]) -> list[T]:
    """Those that came under the number of another message."""
    ids: dict[int, str] = {}
    return [one for one in some if ids.setdefault(one.seq, one.id) != one.id]


def jumps(some: Sequence[Told], asked_after: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """
    A connection, and two numbers that came one after the other on it and do not follow one another.

    `asked_after` is, by connection, the number after which its client asked.
    """
    lines: dict[int, list[int]] = defaultdict(list)
    for one in some:
        if one.line is not None:
            lines[one.line].append(one.seq)
    for line, seqs in lines.items():
        for before, after in pairwise([asked_after.get(line, 0), *seqs]):
            if after != before + 1:
                yield line, before, after


def steps_back(some: Sequence[T]) -> Iterator[T]:
    """Those that show a case less far than it was; what is heard once more is no step."""
    reached: dict[str, int] = {}
    known: set[int] = set()
    for one in some:
        if one.type == "incident" and one.case and one.state and one.seq not in known:
            rank = RANK[one.state]
            if rank < reached.get(one.case, 0):
                yield one
            reached[one.case] = rank
        known.add(one.seq)
