"""Buttons that are no phones, as their makers build them."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.devices import registering
from backend.devices.registering import NewDevice
from backend.devices.signature import sign
from backend.kernel.vocabulary import Kind
from tests.campus import CampusStage
from tests.campus_people import Person


@dataclass
class Button:
    """A device as its maker builds it: an address, a secret, and a clock that may be off."""

    campus: CampusStage
    id: UUID
    secret: str
    clock_off_s: int = 0

    def is_pressed(self, body: Any = None, *, header: str | None = None, raw: bytes | None = None) -> Any:
        """The answer to one press."""
        sent = raw if raw is not None else json.dumps(body or {}).encode()
        at = int(self.campus.clock().timestamp()) + self.clock_off_s
        headers = {"Bluelight-Signature": header if header is not None else sign(self.secret, sent, at=at)}
        answer = self.campus.client.post(f"/v1/devices/{self.id}/taps", data=sent, headers=headers)
        self.campus.settles()
        return answer


def button(campus: CampusStage, kind: str = "emergency", **more: Any) -> Button:
    """One that hangs in the Sherfield Building, unless it is somebody's."""
    where = more if {"email", "place", "zone_id"} & set(more) else {"zone_id": "sherfield", **more}
    new = NewDevice("Library desk", Kind(kind), **where)
    device, secret = campus.database.write(registering.register, new, by=None, now=campus.clock())
    return Button(campus, device.id, secret)


def button_of(campus: CampusStage, person: Person, **more: Any) -> Button:
    return button(campus, email=f"{person.name}@journeys.example", **more)
