"""Screens of the control room without a network: open consoles, and the pictures that each is shown."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any

from backend.inbox.message import Recipient
from backend.kernel.vocabulary import Face, Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.wireless import wireless


class Screens:
    """Open consoles of one process, and the pictures that each was shown."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.shown: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        self.sockets = wireless(emit=self._take, hand=self._hand)
        campus.service.rounds = replace(campus.service.rounds, sockets=self.sockets)

    def opens(self, person: Person, *roles: Role, face: Face = Face.CONSOLE) -> str:
        """A socket of this person, who has these roles: a controller, unless said otherwise."""
        recipient, held = Recipient(person.id, face), frozenset(roles or {Role.CONTROLLER})
        screen = _screen_of(person, face)
        self.sockets.join(screen, f"/{face.value}", recipient, "token", 0, held)
        person.face = face
        person.connects()
        return screen

    def closes(self, person: Person) -> None:
        self.sockets.leave(_screen_of(person, person.face))
        self.campus.close_socket(person)

    def look(self, *, after_s: float = 1) -> None:
        self.campus.clock.now += timedelta(seconds=after_s)
        self.campus.service.rounds.picture()

    def newest(self, screen: str, event: str) -> dict[str, Any]:
        return self.shown[screen][event][-1]

    def told(self, event: str) -> dict[str, list[dict[str, Any]]]:
        """All pictures of this kind, by the screens that were shown any."""
        return {screen: shown[event] for screen, shown in self.shown.items() if event in shown}

    def _hand(self, event: str, data: dict[str, Any], *, room: str | list[str], namespace: str) -> None:
        # A name alone is a whole world's room, which no screen here is in.
        for sid in [] if isinstance(room, str) else room:
            self._take(event, data, sid=sid, namespace=namespace)

    def _take(self, event: str, data: dict[str, Any], *, sid: str, namespace: str) -> None:
        self.shown[sid][event].append(data)


def _screen_of(person: Person, face: Face) -> str:
    return f"{person.name}-{face.value}"
