"""Put broadcasts on open sockets: each version once, never an older one late, and what is on air on who comes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from uuid import UUID

from backend.kernel.rooms import CONSOLE, HANDSET, world
from notifications.airing import Airing
from notifications.channels.connection import Connection
from notifications.channels.handing import Emit, Hand, hand_to
from notifications.channels.world import World

#: The event of both faces that a broadcast is.
BROADCAST = "broadcast"


class OnAir:
    """The open sockets of both worlds as broadcasts know them, and on whose sockets which version was put."""

    def __init__(
        self,
        *,
        emit: Emit,
        hand: Hand,
        read: Callable[[UUID, bool, bool], list[tuple[Airing, bool]]],
        of_people: Callable[[Iterable[UUID]], list[Connection]],
    ) -> None:
        """
        `read` returns what is on air in a person's world and whether it is
        theirs, and is asked for the person, the world, and whether they watch.
        `of_people` are their open sockets.
        """
        self._emit = emit
        self._hand = hand
        self._read = read
        self._of_people = of_people
        #: The real world and the exercises'.
        self._worlds = {exercise: World() for exercise in (False, True)}
        self._set_out: dict[tuple[UUID, int], list[Collection[Connection]]] = defaultdict(list)

    def join(self, connection: Connection) -> None:
        self._worlds[connection.exercise].join(connection)

    def leave(self, connection: Connection) -> None:
        self._worlds[connection.exercise].leave(connection.sid)

    def owe(self, connection: Connection) -> None:
        """This one asks for what is on air; what it was shown before it asked, it is shown again."""
        connection.airs = True
        connection.was = self._worlds[connection.exercise].ranks(connection)

    @property
    def watching(self) -> list[Connection]:
        """The consoles that are shown all broadcasts of their world."""
        return [one for world_ in self._worlds.values() for one in world_.watching.values()]

    def air(self, airing: Airing) -> None:
        """
        A version has just been committed: everyone's goes to the room of its world at once, encoded once.

        Another's goes to the consoles that watch; its own people follow as they come on the roll. What another
        process hands over may come late: a socket that shows it is left alone, and nobody is shown an older one.
        """
        world_ = self._worlds[airing.exercise]
        if not airing.is_everyones:
            self.air_to(airing, ())
            return
        if world_.has_gone_on(airing):
            return
        if world_.has_come(airing):
            told = [one for one in world_.open.values() if not world_.shows(one, airing)]
            hand_to(self._hand, told, BROADCAST, airing.data)
        else:
            told = list(world_.open.values())
            # Those in the control room, who answer for it, before those who are told.
            for namespace in (CONSOLE, HANDSET):
                self._hand(BROADCAST, airing.data, room=world(airing.exercise), namespace=namespace)
        # Thousands, and the hub waits: nobody is noted by themselves.
        world_.note_all(airing)
        if told:
            self._set_out[airing.broadcast_id, airing.version].append(told)

    def air_to(self, airing: Airing, people: Collection[UUID]) -> None:
        """Put it on the sockets of these people of its world, and on the consoles that watch, unless it is there."""
        world_ = self._worlds[airing.exercise]
        if world_.has_gone_on(airing):
            return
        theirs = dict.fromkeys([*self._of_people(people), *world_.watching.values()])
        wanted = [one for one in theirs if one.exercise == airing.exercise and not world_.shows(one, airing)]
        self._note(wanted, airing)
        hand_to(self._hand, wanted, BROADCAST, airing.data)

    def unaired(self, airing: Airing) -> set[UUID]:
        """The people of its world with a socket on which it is not known how this one stands."""
        return {one.recipient.person_id for one in self._worlds[airing.exercise].unsure(airing)}

    def pass_by(self, airing: Airing, people: Collection[UUID]) -> None:
        """These were looked at: what of it is theirs is on their sockets."""
        for connection in self._of_people(people):
            if connection.exercise == airing.exercise:
                known = connection.looked_at.get(airing.broadcast_id, 0)
                connection.looked_at[airing.broadcast_id] = max(known, airing.rank)

    def take_aired(self) -> dict[tuple[UUID, int], set[UUID]]:
        """On whose sockets which versions have been put since this was asked last."""
        found, self._set_out = self._set_out, defaultdict(list)
        return {one: {told.recipient.person_id for told in chain(*those)} for one, those in found.items()}

    def catch_up(self, connection: Connection) -> None:
        """What is on air, after every CONNECT and `sync`; what came since then is not shown again."""
        connection.airs = False
        world_ = self._worlds[connection.exercise]
        for airing, is_theirs in self._read(connection.recipient.person_id, connection.exercise, connection.watches):
            newer = world_.rank(connection, airing.broadcast_id) > connection.was.get(airing.broadcast_id, 0)
            if is_theirs and not (newer and world_.shows(connection, airing)):
                self._note([connection], airing)
                self._emit(BROADCAST, airing.data, sid=connection.sid, namespace=connection.namespace)
            connection.looked_at[airing.broadcast_id] = airing.rank
        if not connection.airs:
            connection.was = {}

    def _note(self, connections: Collection[Connection], airing: Airing) -> None:
        if connections:
            self._worlds[airing.exercise].note(connections, airing)
            self._set_out[airing.broadcast_id, airing.version].append(connections)
