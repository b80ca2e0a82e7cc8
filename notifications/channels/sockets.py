"""Hand stream messages to open sockets: in order, without a gap, and never ahead of what is committed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from backend.inbox.message import Message, Recipient
from backend.kernel.vocabulary import Role


class Emit(Protocol):
    """Puts one event on one socket; never blocks."""

    def __call__(self, event: str, data: dict[str, Any], *, sid: str, namespace: str) -> None: ...


@dataclass(slots=True, eq=False)
class Connection:
    """
    One open socket and how far its recipient's stream has been put on it.

    `behind` while what was missed is being read; what is handed over meanwhile
    only sets `again`, so that one place alone writes to the socket.
    """

    sid: str
    namespace: str
    recipient: Recipient
    token_hash: str
    cursor: int
    roles: frozenset[Role] = frozenset()
    behind: bool = True
    again: bool = False
    shown: dict[str, Any] = field(default_factory=dict)


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
    ) -> None:
        """`spawn` starts work beside this one; `read_since` returns the next page after a seq, or nothing."""
        self._emit = emit
        self._spawn = spawn
        self._read_since = read_since
        self._close = close
        self._by_recipient: dict[Recipient, set[Connection]] = defaultdict(set)
        self._by_sid: dict[str, Connection] = {}

    def join(
        self,
        sid: str,
        namespace: str,
        recipient: Recipient,
        token_hash: str,
        last_seq: int,
        roles: frozenset[Role] = frozenset(),
    ) -> None:
        """A socket has opened, for somebody with these roles: it gets what follows `last_seq`, then everything new."""
        connection = Connection(sid, namespace, recipient, token_hash, last_seq, roles)
        self._by_sid[sid] = connection
        self._by_recipient[recipient].add(connection)
        self._spawn(lambda: self._catch_up(connection))

    def leave(self, sid: str) -> None:
        connection = self._by_sid.pop(sid, None)
        if connection is not None:
            connections = self._by_recipient[connection.recipient]
            connections.discard(connection)
            if not connections:
                del self._by_recipient[connection.recipient]

    def sync(self, sid: str, last_seq: int) -> None:
        """The client says how far it really got: everything after that once more."""
        connection = self._by_sid.get(sid)
        if connection is not None:
            connection.cursor = last_seq
            self._wake(connection)

    def hand_over(self, messages: Iterable[Message]) -> None:
        """These have just been committed."""
        for message in messages:
            for connection in tuple(self._by_recipient.get(message.recipient, ())):
                if connection.behind or message.seq > connection.cursor + 1:
                    self._wake(connection)
                elif message.seq == connection.cursor + 1:
                    self._put(connection, message)

    def look_for_missed(self, last_seqs: dict[tuple[UUID, str], int]) -> int:
        """The poll behind the bell: wake every connection that is behind these numbers; how many were."""
        behind = [
            connection
            for connection in self._by_sid.values()
            if last_seqs.get((connection.recipient.person_id, connection.recipient.face.value), 0) > connection.cursor
        ]
        for connection in behind:
            self._wake(connection)
        return len(behind)

    def end(self, person_id: UUID, token_hash: str | None) -> None:
        """Say `signed_out` and close this person's sockets, or those of one sign-in."""
        for connection in tuple(self._by_sid.values()):
            mine = connection.recipient.person_id == person_id
            if mine and token_hash in (None, connection.token_hash):
                # Outside the stream, so without a number of its own: a later sign-in must not read it again.
                told = {"seq": connection.cursor, "id": f"signed-out-{connection.sid}", "type": "signed_out"}
                data: dict[str, Any] = {**told, "at": None, "data": {}}
                self._emit("message", data, sid=connection.sid, namespace=connection.namespace)
                self._close(connection.sid, connection.namespace)

    def turn_away(self, sids: Collection[str], why: dict[str, Any]) -> None:
        """Say why and close these, those of them that are here: the sign-in stands, only the socket may not."""
        for connection in [self._by_sid[sid] for sid in sids if sid in self._by_sid]:
            self._emit("closing", why, sid=connection.sid, namespace=connection.namespace)
            self._close(connection.sid, connection.namespace)

    def show(self, event: str, data: dict[str, Any], viewers: Collection[UUID], namespace: str) -> None:
        """A picture: put whole on every socket of these people that does not show it already."""
        for connection in tuple(self._by_sid.values()):
            fits = connection.namespace == namespace and connection.recipient.person_id in viewers
            if fits and connection.shown.get(event) != data:
                connection.shown[event] = data
                self._emit(event, data, sid=connection.sid, namespace=namespace)

    @property
    def sids(self) -> list[str]:
        return list(self._by_sid)

    @property
    def people(self) -> set[UUID]:
        return {recipient.person_id for recipient in self._by_recipient}

    @property
    def tokens(self) -> dict[str, UUID]:
        """The sign-ins behind the open sockets and whose they are."""
        return {one.token_hash: one.recipient.person_id for one in self._by_sid.values()}

    @property
    def roles(self) -> dict[UUID, frozenset[Role]]:
        """What the people behind the open sockets were when they connected; of several, all that any was."""
        found: dict[UUID, frozenset[Role]] = {}
        for one in self._by_sid.values():
            found[one.recipient.person_id] = found.get(one.recipient.person_id, frozenset()) | one.roles
        return found

    def has(self, namespace: str) -> bool:
        """Whether anybody is connected there."""
        return any(one.namespace == namespace for one in self._by_sid.values())

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
                if not connection.again:
                    return
        finally:
            # No switch between the last look at `again` and this line: nothing can be handed over unseen.
            connection.behind = False

    def _put(self, connection: Connection, message: Message) -> None:
        connection.cursor = message.seq
        self._emit("message", message.on_the_wire(), sid=connection.sid, namespace=connection.namespace)
