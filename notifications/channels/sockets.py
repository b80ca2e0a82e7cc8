"""Hand stream messages to open sockets: in order, without a gap, and never ahead of what is committed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.inbox.message import Message, Recipient
from backend.kernel.vocabulary import Face, Role
from backend.people.handset import OpenSocket
from notifications.airing import Airing
from notifications.channels.connection import Connection
from notifications.channels.handing import Emit, Hand, hand_to
from notifications.channels.on_air import OnAir


class Sockets:
    """
    Every open socket of this process, by recipient.

    A wake-up and no more: a message that is not next in line, or that was
    never handed over, is read from the rows.
    """

    def __init__(
        self,
        *,
        emit: Emit,
        spawn: Callable[[Callable[[], None]], None],
        read_since: Callable[[Recipient, int], list[Message]],
        close: Callable[[str, str], None],
        hand: Hand,
        read_air: Callable[[UUID, bool, bool], list[tuple[Airing, bool]]],
        told: Callable[[Message], None] = lambda _message: None,
    ) -> None:
        """
        `spawn` starts work beside this one; `read_since` returns the next page after a seq, or nothing.

        `read_air` is what `OnAir` reads, and `told` hears of each message that is put on a socket which had all
        before it.
        """
        self._emit = emit
        self._hand = hand
        self._spawn = spawn
        self._read_since = read_since
        self._close = close
        self._told = told
        #: How many sockets are open, by face.
        self.open: Counter[str] = Counter()
        self._by_recipient: dict[Recipient, set[Connection]] = defaultdict(set)
        self._by_sid: dict[str, Connection] = {}
        self.on_air = OnAir(emit=emit, hand=hand, read=read_air, of_people=self._of_people)

    def join(
        self,
        sid: str,
        namespace: str,
        recipient: Recipient,
        token_hash: str,
        last_seq: int,
        roles: frozenset[Role] = frozenset(),
        *,
        exercise: bool = False,
    ) -> None:
        """A socket has opened, for somebody with these roles: it gets what follows `last_seq`, then everything new."""
        connection = Connection(sid, namespace, recipient, token_hash, last_seq, roles, exercise=exercise)
        self.leave(sid)
        self._by_sid[sid] = connection
        self.open[recipient.face.value] += 1
        self._by_recipient[recipient].add(connection)
        self.on_air.join(connection)
        self._spawn(lambda: self._catch_up(connection))

    def leave(self, sid: str) -> None:
        connection = self._by_sid.pop(sid, None)
        if connection is not None:
            self.open[connection.recipient.face.value] -= 1
            self.on_air.leave(connection)
            connections = self._by_recipient[connection.recipient]
            connections.discard(connection)
            if not connections:
                del self._by_recipient[connection.recipient]

    def sync(self, sid: str, last_seq: int) -> None:
        """The client says how far it really got: everything after that once more."""
        connection = self._by_sid.get(sid)
        if connection is not None:
            connection.cursor, connection.is_new = last_seq, True
            self.on_air.owe(connection)
            self._wake(connection)

    def hand_over(self, messages: Iterable[Message]) -> None:
        """These have just been committed."""
        for message in messages:
            for connection in tuple(self._by_recipient.get(message.recipient, ())):
                if connection.behind or message.seq > connection.cursor + 1:
                    self._wake(connection)
                elif message.seq == connection.cursor + 1:
                    self._put(connection, message)

    def look_for_missed(self, last_seqs: dict[tuple[UUID, str], int]) -> None:
        """The poll behind the bell: wake every connection that is behind these numbers."""
        for (person_id, face), last_seq in last_seqs.items():
            for connection in tuple(self._by_recipient.get(Recipient(person_id, Face(face)), ())):
                if last_seq > connection.cursor:
                    self._wake(connection)

    def end(self, person_id: UUID, token_hash: str | None) -> None:
        """Say `signed_out` and close this person's sockets, or those of one sign-in."""
        for connection in self._of_people([person_id]):
            if token_hash in (None, connection.token_hash):
                # Outside the stream, so without a number of its own: a later sign-in must not read it again.
                told = {"seq": connection.cursor, "id": f"signed-out-{connection.sid}", "type": "signed_out"}
                data: dict[str, Any] = {**told, "at": None, "data": {}}
                self._emit("message", data, sid=connection.sid, namespace=connection.namespace)
                self._close(connection.sid, connection.namespace)

    def turn_away(self, sids: Collection[str], why: dict[str, Any]) -> None:
        """Say why and close these, those of them that are here: the sign-in stands, only the socket may not."""
        for connection in self.of(sids):
            self._emit("closing", why, sid=connection.sid, namespace=connection.namespace)
            self._close(connection.sid, connection.namespace)

    def show(self, event: str, data: dict[str, Any], viewers: Collection[UUID], *, at: datetime) -> None:
        """
        A picture as of now: put whole on every console of these people that does not show it already.

        One that was shown another less than a second ago waits for the next.
        """
        behind = [
            connection
            for connection in self.on_air.watching
            if connection.recipient.person_id in viewers and connection.waits(event, data, at)
        ]
        for connection in behind:
            connection.shown[event] = data, at
        hand_to(self._hand, behind, event, {"as_of": at.isoformat(), **data})

    @property
    def sids(self) -> list[str]:
        return list(self._by_sid)

    def of(self, sids: Iterable[str]) -> list[Connection]:
        """Those of these that are open still."""
        return [self._by_sid[sid] for sid in sids if sid in self._by_sid]

    @property
    def held(self) -> list[OpenSocket]:
        """The same, with whose they are."""
        return [one.as_open for one in self._by_sid.values()]

    @property
    def people(self) -> set[UUID]:
        return {recipient.person_id for recipient in self._by_recipient}

    @property
    def watchers(self) -> set[UUID]:
        """Who is looking at a controller's console here."""
        return {one.recipient.person_id for one in self.on_air.watching}

    def _of_people(self, people: Iterable[UUID]) -> list[Connection]:
        """Their sockets, of both faces."""
        recipients = (Recipient(person_id, face) for person_id in people for face in Face)
        return [one for recipient in recipients for one in self._by_recipient.get(recipient, ())]

    def _wake(self, connection: Connection) -> None:
        if connection.behind:
            connection.again = True
            return
        connection.behind = True
        self._spawn(lambda: self._catch_up(connection))

    def _catch_up(self, connection: Connection) -> None:
        try:
            while connection.sid in self._by_sid:
                connection.again = False
                for message in self._read_since(connection.recipient, connection.cursor):
                    if message.seq > connection.cursor:
                        self._put(connection, message)
                        connection.again = True
                if connection.airs and not connection.again:
                    self.on_air.catch_up(connection)
                if not connection.again and not connection.airs:
                    connection.is_new = False
                    return
        finally:
            # No switch between the last look at `again` and this line: nothing can be handed over unseen.
            connection.behind = False

    def _put(self, connection: Connection, message: Message) -> None:
        connection.cursor = message.seq
        if not connection.is_new:
            self._told(message)
        self._emit("message", message.on_the_wire(), sid=connection.sid, namespace=connection.namespace)
