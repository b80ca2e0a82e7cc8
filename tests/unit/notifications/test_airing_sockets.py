"""What is on air reaches each socket once and never goes back, whatever comes in between."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.inbox.message import Message, Recipient
from backend.kernel.rooms import HANDSET
from backend.kernel.vocabulary import Face
from notifications.airing import Airing
from notifications.channels.on_air import BROADCAST
from tests.unit.notifications.airings import airing
from tests.wireless import wireless


class Ends:
    """Sockets without a wire; what begins beside goes on when it is told to, and reads what `on_air` says then."""

    def __init__(self) -> None:
        self.heard: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        self.on_air: list[tuple[Airing, bool]] = []
        self.beside: list[Callable[[], None]] = []
        self.meanwhile: Callable[[], None] = lambda: None
        self.sockets = wireless(
            emit=lambda event, data, *, sid, namespace: self.heard[sid].append((data["version"], data["ended"])),
            hand=self._hand,
            spawn=self.beside.append,
            read_since=self._read_since,
            read_air=lambda person_id, exercise, watches: self.on_air,
        )

    def joins(self) -> tuple[str, UUID]:
        sid, person_id = str(uuid4()), uuid4()
        self.heard[sid] = []
        self.sockets.join(sid, HANDSET, Recipient(person_id, Face.HANDSET), "hash", 0)
        return sid, person_id

    def go_on(self) -> None:
        while self.beside:
            self.beside.pop(0)()

    def _read_since(self, _recipient: Recipient, _seq: int) -> list[Message]:
        self.meanwhile()
        return []

    def _hand(self, event: str, data: dict[str, Any], *, room: str | list[str], namespace: str) -> None:
        everybody = list(self.heard) if (event, namespace) == (BROADCAST, HANDSET) else []
        for sid in everybody if isinstance(room, str) else room:
            self.heard[sid].append((data["version"], data["ended"]))


@pytest.fixture
def ends() -> Ends:
    return Ends()


def test_a_look_that_was_overtaken_shows_nobody_the_older_version(ends: Ends) -> None:
    """
    It read the rows before the all clear, which was handed over meanwhile; who joins now is no longer warned.
    """
    ends.sockets.on_air.air(airing(1))
    ends.sockets.on_air.air(airing(2, ended=True))
    late, person_id = ends.joins()

    behind = ends.sockets.on_air.unaired(airing(1))
    ends.sockets.on_air.air_to(airing(1), behind)
    ends.sockets.on_air.pass_by(airing(1), behind)
    ends.on_air = [(airing(2, ended=True), False)]
    ends.go_on()

    assert {person_id} == behind
    assert [] == ends.heard[late]


def test_what_is_aired_while_a_socket_catches_up_is_shown_once(ends: Ends) -> None:
    """
    It came by the room while the stream was read; then it is among what is on air, and is there already.
    """
    late, _ = ends.joins()
    ends.on_air = [(airing(1), True)]
    ends.meanwhile = lambda: ends.sockets.on_air.air(airing(1)) if not ends.heard[late] else None

    ends.go_on()
    once = list(ends.heard[late])
    ends.sockets.sync(late, 0)
    ends.go_on()

    assert [(1, False)] == once
    assert [(1, False), (1, False)] == ends.heard[late]


def test_after_who_read_it_first_all_others_are_handed_it_and_nobody_is_looked_at(ends: Ends) -> None:
    """
    A phone that connected between the commit and the hand-over; every socket has it once.
    """
    ends.joins()
    ends.go_on()
    ends.on_air = [(airing(1), True)]
    ends.joins()
    ends.go_on()

    ends.sockets.on_air.air(airing(1))

    assert [[(1, False)], [(1, False)]] == list(ends.heard.values())
    assert set() == ends.sockets.on_air.unaired(airing(1))


def test_a_process_without_sockets_keeps_no_account_of_them(ends: Ends) -> None:
    """
    A worker airs what it relays, for the web processes to hand on, and nobody ever asks it on whose sockets that was.
    """
    ends.sockets.on_air.air(airing(1))
    assert {} == ends.sockets.on_air.take_aired()
