"""The far ends of open sockets: what each was put, by which room or by itself, without a wire between."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from backend.inbox.message import Recipient
from backend.kernel.rooms import world
from backend.kernel.vocabulary import Face, Role
from notifications import airing
from notifications.airing import Airing
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.wireless import wireless

Event = tuple[str, dict[str, Any]]


class LiveEnds:
    """Sockets of this stage's people; `rooms` counts what was handed to a whole room at once."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.heard: dict[str, list[Event]] = defaultdict(list)
        self.rooms: list[tuple[str, str]] = []
        self._members: dict[tuple[str, str], set[str]] = defaultdict(set)
        rounds = campus.service.rounds
        self.sockets = wireless(emit=self._emit, hand=self._hand, read_air=self._read_air)
        campus.service.rounds = replace(rounds, sockets=self.sockets)

    def opens(self, person: Person, *, exercise: bool = False, roles: Collection[Role] = ()) -> str:
        """A socket of this person's face; its sid."""
        sid, namespace = f"{person.name}-{len(self.heard)}", f"/{person.face.value}"
        self.heard[sid] = []
        self._members[world(exercise), namespace].add(sid)
        recipient = Recipient(person.id, person.face)
        self.sockets.join(sid, namespace, recipient, "token", 0, frozenset(roles), exercise=exercise)
        return sid

    def opens_console(self, person: Person) -> str:
        assert person.face is Face.CONSOLE
        return self.opens(person, roles=[Role.CONTROLLER])

    def closes(self, sid: str) -> None:
        self.sockets.leave(sid)

    def polls(self) -> None:
        """The look behind the bell."""
        self.campus.service.rounds.broadcasts.look_for_unaired()

    def broadcasts(self, sid: str) -> list[dict[str, Any]]:
        return [data for event, data in self.heard[sid] if event == "broadcast"]

    def versions(self, sid: str) -> list[tuple[int, bool]]:
        """The versions it was shown, each with whether that is the end."""
        return [(one["version"], one["ended"]) for one in self.broadcasts(sid)]

    def _emit(self, event: str, data: dict[str, Any], *, sid: str, namespace: str) -> None:
        self.heard[sid].append((event, data))

    def _hand(self, event: str, data: dict[str, Any], *, room: str | list[str], namespace: str) -> None:
        if isinstance(room, list):
            for sid in room:
                self._emit(event, data, sid=sid, namespace=namespace)
            return
        self.rooms.append((room, namespace))
        for sid in self._members[room, namespace]:
            self.heard[sid].append((event, data))

    def _read_air(self, person_id: UUID, exercise: bool, watches: bool) -> list[tuple[Airing, bool]]:
        found: list[tuple[Airing, bool]] = self.campus.database.read(
            airing.for_one, person_id, exercise=exercise, watches=watches, now=self.campus.clock()
        )
        return found
