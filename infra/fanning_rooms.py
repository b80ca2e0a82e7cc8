"""Rooms whose messages are encoded once and handed to the sockets as they are, a slice at a time."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import gevent
from socketio import Manager

from backend.kernel.rooms import front
from infra.frame import frame_text

#: Sockets written to in one go: what a tap in the middle waits for is under a millisecond.
SLICE = 64

#: Where there is always something else to do a broadcast goes on all the same after so long.
PATIENCE_S = 0.005

#: To many at once: sids, rooms, or one of either.
Room = str | Collection[str] | None


@dataclass(slots=True)
class Fan:
    """One frame on its way to many: `waiting` are the sids and engine sids it has not reached, who acts on it first."""

    frame: bytes
    waiting: dict[str, str]
    order: Iterator[tuple[str, str]]


class FanningRooms(Manager):
    """
    python-socketio's rooms, with a way out of our own. Belongs to the hub's thread.

    An emit never waits and encodes once. The order on each socket is that of
    the emits: who is still waiting for a broadcast gets it right before what
    comes next. Nothing goes out before CONNECT is answered; it is held until then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._fans: deque[Fan] = deque()
        self._going = False
        self._entering: set[str] = set()
        self._held: dict[str, list[bytes]] = {}

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Room = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Room = None,
        **kwargs: Any,
    ) -> None:
        frame = None if callback else self.frame(event, data, namespace)
        if frame is None:
            self._settle(self._members(namespace, to or room))
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **kwargs)
        else:
            self.fan(frame, namespace, to or room, skip_sid=skip_sid)

    def frame(self, event: str, data: Any, namespace: str) -> bytes | None:
        """The event as the bytes of one frame; None when something in it is binary and follows in frames of its own."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        try:
            words = self.json.dumps([event, *arguments], separators=(",", ":"))
        except TypeError:
            return None
        return frame_text(f"42{'' if namespace == '/' else namespace + ','}{words}".encode())

    def fan(self, frame: bytes, namespace: str, room: Room, *, skip_sid: Any = None) -> None:
        """Hand a ready frame to everybody in a room, to those in front of it first; the caller never waits."""
        members = self._members(namespace, room)
        for sid in skip_sid if isinstance(skip_sid, list) else [skip_sid]:
            members.pop(sid, None)
        if len(members) <= SLICE:
            self._settle(members)
            for sid, engine_sid in members.items():
                self._put(sid, engine_sid, frame)
            return
        self._fans.append(Fan(frame, members, iter(list(members.items()))))
        if not self._going:
            self._going = True
            self._slice(self._fans[0])
            gevent.spawn(self._go_on)

    def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        sid: str | None = super().pre_connect(eio_sid, namespace)
        if sid is not None:
            self._entering.add(sid)
            # Everybody's room of one's own is a kilobyte each, and makes leaving a search through all of them.
            del self.rooms[namespace][sid]
        return sid

    def connect(self, sid: str, namespace: str) -> str:
        found: str = super().connect(sid, namespace)
        self._entering.discard(found)
        engine_sid = self.eio_sid_from_sid(found, namespace)
        for frame in self._held.pop(found, ()):
            self._put(found, engine_sid, frame)
        return found

    def disconnect(self, sid: str, namespace: str, **kwargs: Any) -> Any:
        self._entering.discard(sid)
        self._held.pop(sid, None)
        for fan in self._fans:
            fan.waiting.pop(sid, None)
        return super().disconnect(sid, namespace, **kwargs)

    def get_participants(self, namespace: str, room: Room) -> Iterator[tuple[str, str]]:
        yield from self._members(namespace, room).items()

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        return [sid, *super().get_rooms(sid, namespace)]

    def _members(self, namespace: str, room: Room) -> dict[str, str]:
        """The sids in a room, who stands in front of it before the others, and their engine sids."""
        rooms = self.rooms.get(namespace, {})
        everybody = rooms.get(None, {})
        if room is None:
            return dict(everybody)
        members: dict[str, str] = {}
        for one in [room] if isinstance(room, str) else room:
            if one in everybody:
                members[one] = everybody[one]
            elif one in rooms:
                members.update(rooms.get(front(one), {}))
                members.update(rooms[one])
        return members

    def _settle(self, sids: Collection[str]) -> None:
        """These get at once what is still on its way to them."""
        for fan in self._fans:
            for sid in sids:
                engine_sid = fan.waiting.pop(sid, None)
                if engine_sid is not None:
                    self._put(sid, engine_sid, fan.frame)

    def _go_on(self) -> None:
        try:
            while self._fans:
                with gevent.Timeout(PATIENCE_S, False):
                    # Not sleep(0), which lets the ready run and looks at no socket.
                    gevent.idle()
                if not self._slice(self._fans[0]):
                    self._fans.popleft()
        finally:
            self._going = False

    def _slice(self, fan: Fan) -> int:
        """Write to the next few; how many were left to be looked at."""
        waiting, put, frame = fan.waiting, self._put, fan.frame
        some = list(islice(fan.order, SLICE))
        for sid, engine_sid in some:
            if waiting.pop(sid, None) is not None:
                put(sid, engine_sid, frame)
        return len(some)

    def _put(self, sid: str, engine_sid: str | None, frame: bytes) -> None:
        if sid in self._entering:
            self._held.setdefault(sid, []).append(frame)
            return
        session = self.server.eio.sockets.get(engine_sid)
        websocket = session.websocket if session is not None else None
        if websocket is not None:
            websocket.send_frame(frame)
