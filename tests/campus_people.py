"""The people of the journeys: a student taps, an officer is asked, a console looks on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from backend.kernel.vocabulary import Face

if TYPE_CHECKING:
    from tests.campus import CampusStage

Place = tuple[float, float]


@dataclass
class Person:
    """Somebody of this campus and the device in their hand."""

    campus: CampusStage
    id: UUID
    name: str
    token: str
    face: Face = Face.HANDSET
    sid: str | None = None
    case: dict[str, Any] = field(default_factory=dict)

    def asks(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """One request, signed in."""
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return self.campus.client.open(path, method=method, json=body, headers=headers, **more)

    def gets(self, path: str) -> Any:
        response = self.asks("GET", path)
        assert response.status_code == 200, (response.status_code, response.text)
        return response.json

    def posts(self, path: str, body: Any = None, *, expecting: int | Sequence[int] = (200, 201, 204)) -> Any:
        response = self.asks("POST", path, body if body is not None else {})
        allowed = [expecting] if isinstance(expecting, int) else expecting
        assert response.status_code in allowed, (response.status_code, response.text)
        self.campus.settles()
        return response.json if response.data else None

    def taps(self, kind: str = "emergency", at: Place | None = None, **more: Any) -> dict[str, Any]:
        """Press; the case is kept in `case`."""
        body = {"tap_id": str(uuid4()), "kind": kind, **more}
        if at is not None:
            body["position"] = {"latitude": at[0], "longitude": at[1], "accuracy_m": 8.0}
        self.case = self.posts("/v1/taps", body, expecting=(200, 201))
        return self.case

    def looks(self) -> dict[str, Any]:
        """The own case as it is now."""
        seen: dict[str, Any] = self.gets(f"/v1/incidents/{self.case['id']}")
        return seen

    def at_the_console(self) -> Person:
        """From now on it is the console that this person looks at."""
        self.face = Face.CONSOLE
        return self

    def connects(self) -> None:
        """Open a socket, as far as dispatch can tell."""
        self.sid = self.sid or str(uuid4())
        self.campus.open_socket(self)

    def loses_its_network(self) -> None:
        """No socket, and no request for longer than keeps anybody reachable."""
        self.campus.close_socket(self)

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """The whole stream, as the device would have it."""
        items: list[dict[str, Any]] = []
        while page := self._page(items[-1]["seq"] if items else after):
            items += page
        return items

    def _page(self, after: int) -> list[dict[str, Any]]:
        if self.face is Face.HANDSET:
            found: list[dict[str, Any]] = self.gets(f"/v1/stream?after={after}")["items"]
            return found
        return [message.on_the_wire() for message in self.campus.stream_of(self, after)]

    def heard(self, type_: str) -> list[dict[str, Any]]:
        """The data of its messages of one type, oldest first."""
        return [message["data"] for message in self.messages() if message["type"] == type_]

    def shows(self, type_: str, stage: str = "displayed") -> None:
        """Its screen shows every message of this type so far, and says so."""
        ids = [message["id"] for message in self.messages() if message["type"] == type_]
        self.posts("/v1/receipts", {"message_ids": ids, "stage": stage})


class Officer(Person):
    """An officer: goes on duty, is asked, comes."""

    def goes_on_duty(self, at: Place | None = None, state: str = "on_patrol") -> Officer:
        body: dict[str, Any] = {"state": state}
        if at is not None:
            body["position"] = {"latitude": at[0], "longitude": at[1], "accuracy_m": 5.0}
        self.connects()
        response = self.asks("PUT", "/v1/duty", body)
        assert response.status_code == 200, response.text
        self.campus.settles()
        return self

    def goes_off_duty(self) -> None:
        self.asks("PUT", "/v1/duty", {"state": "off_duty"})
        self.campus.settles()

    def is_at(self, at: Place) -> None:
        self.posts("/v1/positions", {"latitude": at[0], "longitude": at[1], "accuracy_m": 5.0})

    @property
    def offers(self) -> list[dict[str, Any]]:
        """What this officer is being asked at this moment."""
        found: list[dict[str, Any]] = self.gets("/v1/offers")["items"]
        return found

    @property
    def is_ringing(self) -> bool:
        """Whether the handset was told of an offer and not yet of its end."""
        standing: set[str] = set()
        for message in self.messages():
            if message["type"] == "offer":
                standing.add(message["data"]["offer_id"])
            elif message["type"] == "offer_withdrawn":
                standing.discard(message["data"]["offer_id"])
        return bool(standing & {offer["id"] for offer in self.offers})

    def accepts(self, *, expecting: int = 200) -> Any:
        """Say yes to the oldest offer."""
        return self.posts(f"/v1/offers/{self.offers[0]['id']}/accept", expecting=expecting)

    def declines(self, reason: str | None = None) -> None:
        self.posts(f"/v1/offers/{self.offers[0]['id']}/decline", {"reason": reason})

    def moves(self, move: str, incident_id: str, *, expecting: int = 200) -> Any:
        return self.posts(f"/v1/incidents/{incident_id}/moves", {"move": move}, expecting=expecting)
