"""Those who are connected in one world, the real one or the exercises', and what of it all of them have been shown."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from notifications.airing import Airing
from notifications.channels.connection import Connection


class Mark(NamedTuple):
    """So far are all who had joined by then."""

    rank: int
    last: int


NOTHING = Mark(0, 0)


class World:
    """
    Open sockets in the order in which they joined, and how far they are with each broadcast.

    What all were handed at once is noted once, as far as it goes: thousands of
    notes would keep the hub from handing it on.
    """

    def __init__(self) -> None:
        self.open: dict[str, Connection] = {}
        self.watching: dict[str, Connection] = {}
        self._last = 0
        #: How far all were shown a broadcast, and how far it is known that what they were shown is all of theirs.
        self._shown: dict[UUID, Mark] = {}
        self._sure: dict[UUID, Mark] = {}
        #: How far any was ever shown it.
        self._newest: dict[UUID, int] = {}

    def join(self, connection: Connection) -> None:
        self._last += 1
        connection.number = self._last
        self.open[connection.sid] = connection
        if connection.watches:
            self.watching[connection.sid] = connection

    def leave(self, sid: str) -> None:
        self.open.pop(sid, None)
        self.watching.pop(sid, None)

    def has_come(self, airing: Airing) -> bool:
        """Whether a socket was shown this version, or a newer one."""
        return self._newest.get(airing.broadcast_id, 0) >= airing.shown_rank

    def has_gone_on(self, airing: Airing) -> bool:
        """Whether a socket was shown a newer version than this: nobody is to be shown this one any more."""
        return self._newest.get(airing.broadcast_id, 0) > airing.shown_rank

    def shows(self, connection: Connection, airing: Airing) -> bool:
        return self.rank(connection, airing.broadcast_id) >= airing.shown_rank

    def rank(self, connection: Connection, broadcast_id: UUID) -> int:
        """How far this socket was shown a broadcast."""
        mark = self._shown.get(broadcast_id, NOTHING)
        with_all = mark.rank if connection.number <= mark.last else 0
        return max(with_all, connection.aired.get(broadcast_id, 0))

    def ranks(self, connection: Connection) -> dict[UUID, int]:
        """The same of all that it was shown."""
        ranks = {one: self.rank(connection, one) for one in {*self._shown, *connection.aired}}
        return {one: rank for one, rank in ranks.items() if rank}

    def note(self, connections: Collection[Connection], airing: Airing) -> None:
        """It was put on these."""
        broadcast_id, rank = airing.broadcast_id, airing.shown_rank
        self._newest[broadcast_id] = max(self._newest.get(broadcast_id, 0), rank)
        for connection in connections:
            connection.aired[broadcast_id] = max(connection.aired.get(broadcast_id, 0), rank)

    def note_all(self, airing: Airing) -> None:
        """It is everybody's, none here has a newer one, and it was put on all."""
        self._newest[airing.broadcast_id] = airing.shown_rank
        self._shown[airing.broadcast_id] = Mark(airing.shown_rank, self._last)
        self._now_sure(airing)

    def unsure(self, airing: Airing) -> list[Connection]:
        """Those on which it is not known how this one stands."""
        broadcast_id, rank = airing.broadcast_id, airing.rank
        mark = self._sure.get(broadcast_id, NOTHING)
        last = mark.last if mark.rank >= rank else 0
        found = []
        for connection in reversed(self.open.values()):
            if connection.number <= last:
                break
            if connection.looked_at.get(broadcast_id, 0) < rank:
                found.append(connection)
        if not found:
            self._now_sure(airing)
        return found

    def _now_sure(self, airing: Airing) -> None:
        if self._sure.get(airing.broadcast_id, NOTHING).rank <= airing.rank:
            self._sure[airing.broadcast_id] = Mark(airing.rank, self._last)
