"""Rooms told in slices: encoded once, in the order of the emits, and never in the way of whoever waits for the hub."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import gevent
import pytest
from gevent.socket import socketpair

from backend.kernel.rooms import front
from infra import fanning_rooms
from infra.fanning_rooms import SLICE, FanningRooms

MANY = 5 * SLICE
HANDSET = "/handset"


class Hall:
    """A manager with sockets that only write down what they are handed; `on_frame` is told how many there were."""

    def __init__(self) -> None:
        self.manager = FanningRooms()
        self.encoded = 0
        self.heard: list[tuple[str, Any]] = []
        self.sessions: dict[str, Any] = {}
        self.on_frame = lambda number: None
        ids = iter(range(1_000_000))
        engine = SimpleNamespace(generate_id=lambda: f"sid{next(ids)}", sockets=self.sessions)
        words = SimpleNamespace(dumps=self._dumps)
        self.manager.set_server(SimpleNamespace(eio=engine, packet_class=SimpleNamespace(json=words)))

    def enters(self, number: int, room: str | None = None, *, answered: bool = True) -> list[str]:
        """So many more sockets in a room, their CONNECT answered."""
        return [self._enters(room, answered) for _ in range(number)]

    def told(self, sid: str) -> list[Any]:
        return [what for whom, what in self.heard if whom == sid]

    def settles(self) -> None:
        """Until nothing is on its way to anybody."""
        with gevent.Timeout(5):
            while self.manager._fans:
                gevent.sleep(0)

    def _enters(self, room: str | None, answered: bool) -> str:
        engine_sid = f"engine{len(self.sessions)}"
        sid = self.manager.pre_connect(engine_sid, HANDSET)
        assert sid is not None

        def send(frame: bytes) -> bool:
            self.heard.append((sid, json.loads(frame[frame.index(b"[") :])[1]))
            self.on_frame(len(self.heard))
            return True

        self.sessions[engine_sid] = SimpleNamespace(websocket=SimpleNamespace(send_frame=send))
        if room is not None:
            self.manager.enter_room(sid, HANDSET, room)
        if answered:
            self.manager.connect(sid, HANDSET)
        return sid

    def _dumps(self, value: Any, **how: Any) -> str:
        self.encoded += 1
        return json.dumps(value, **how)


@pytest.fixture
def hall() -> Iterator[Hall]:
    made = Hall()
    yield made
    made.settles()


@pytest.fixture
def pair() -> Iterator[Any]:
    """Both ends of a connection."""
    ours, theirs = socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_room_is_told_the_same_bytes_by_one_encoding(hall):
    """
    However many are in it, and nobody outside it.
    """
    inside, outside = hall.enters(MANY, "real"), hall.enters(3, "exercise")

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    hall.settles()

    assert hall.encoded == 1
    assert [hall.told(sid) for sid in inside] == [[1]] * MANY
    assert [hall.told(sid) for sid in outside] == [[]] * 3


def test_a_list_of_sockets_is_told_by_one_encoding_too(hall):
    """
    Nobody twice who is named twice, and nobody who has left.
    """
    sids = hall.enters(3)
    hall.manager.disconnect(sids[2], HANDSET)

    hall.manager.emit("picture", 1, HANDSET, room=[*sids, sids[0]])

    assert hall.encoded == 1
    assert hall.heard == [(sids[0], 1), (sids[1], 1)]


def test_who_waits_for_a_socket_has_a_turn_in_the_middle_of_a_broadcast(hall, pair):
    """
    A tap's bytes come after the first slice: it is read slices before the last handset is told.
    """
    hall.enters(MANY, "real")
    ours, theirs = pair
    hall.on_frame = lambda number: theirs.send(b"tap") if number == SLICE + 1 else None

    def read() -> int:
        ours.recv(3)
        return len(hall.heard)

    reader = gevent.spawn(read)

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    told_by_then = reader.get(timeout=5)

    assert SLICE < told_by_then <= 3 * SLICE


def test_a_hub_that_is_never_idle_does_not_hold_a_broadcast_up(hall, monkeypatch):
    """
    It goes on by time.
    """
    monkeypatch.setattr(fanning_rooms, "PATIENCE_S", 0.002)
    sids = hall.enters(MANY, "real")
    busy = True

    def spin() -> None:
        while busy:
            gevent.sleep(0)

    spinning = gevent.spawn(spin)

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    with gevent.Timeout(5):
        while hall.manager._fans:
            gevent.sleep(0.001)
    busy = False
    spinning.join()

    assert len(hall.heard) == len(sids)


def test_those_in_front_of_a_room_are_told_first(hall):
    """
    Officers, who entered last.
    """
    hall.enters(MANY, "real")
    officers = hall.enters(4, "real")
    for sid in officers:
        hall.manager.enter_room(sid, HANDSET, front("real"))

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    first = [sid for sid, _ in hall.heard[:4]]
    hall.settles()

    assert sorted(officers) == sorted(first)
    assert len(hall.heard) == MANY + 4


def test_the_order_on_every_socket_is_that_of_the_emits(hall):
    """
    A message to one whom the broadcasts have not reached brings both along; the others wait for neither.
    """
    sids = hall.enters(MANY, "real")

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    hall.manager.emit("broadcast", 2, HANDSET, room="real")
    hall.manager.emit("message", 3, HANDSET, room=sids[-1])
    at_once = hall.told(sids[-1])
    hall.settles()

    assert at_once == [1, 2, 3]
    assert hall.told(sids[-1]) == [1, 2, 3]
    assert [hall.told(sid) for sid in sids[:-1]] == [[1, 2]] * (MANY - 1)


def test_who_leaves_in_the_middle_is_told_no_more_and_the_others_are(hall):
    """
    One whose connection is gone, and one who left the namespace.
    """
    sids = hall.enters(MANY, "real")

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    hall.sessions.pop(hall.manager.eio_sid_from_sid(sids[-1], HANDSET))
    hall.manager.disconnect(sids[-2], HANDSET)
    hall.settles()

    assert [hall.told(sid) for sid in sids[-2:]] == [[], []]
    assert len(hall.heard) == MANY - 2


def test_nothing_is_sent_before_connect_is_answered(hall):
    """
    What was emitted meanwhile follows, in its order.
    """
    (sid,) = hall.enters(1, "real", answered=False)
    hall.enters(MANY, "real")

    hall.manager.emit("broadcast", 1, HANDSET, room="real")
    hall.manager.emit("message", 2, HANDSET, room=sid)
    hall.settles()
    before = hall.told(sid)
    hall.manager.connect(sid, HANDSET)

    assert before == []
    assert hall.told(sid) == [1, 2]


def test_who_is_refused_leaves_nothing_behind(hall):
    """
    Nothing held for them, no room of their own.
    """
    (sid,) = hall.enters(1, "real", answered=False)
    hall.manager.emit("message", 1, HANDSET, room=sid)

    hall.manager.disconnect(sid, HANDSET)

    assert hall.manager._held == {}
    assert hall.manager._entering == set()
    assert hall.manager.rooms == {}
