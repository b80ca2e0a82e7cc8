"""A message of somebody's stream: numbered, with an id, and what it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.kernel.vocabulary import Face


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person and a face."""

    person_id: UUID
    face: Face


@dataclass(frozen=True, slots=True)
class Message:
    """
    One message as its recipient gets it.

    `seq` is contiguous per recipient from 1; `data` carries the ids it is about.
    """

    recipient: Recipient
    seq: int
    id: UUID
    type: str
    at: datetime
    data: dict[str, Any]
    incident_id: UUID | None = None

    def on_the_wire(self) -> dict[str, Any]:
        """The five members a client reads."""
        return {"seq": self.seq, "id": str(self.id), "type": self.type, "at": self.at.isoformat(), "data": self.data}


def only_ids(data: dict[str, Any]) -> dict[str, Any]:
    """What is left of a message about something its recipient may no longer see: the ids it is about."""
    return {name: value for name, value in data.items() if name == "id" or name.endswith("_id")}


def without_positions(data: dict[str, Any]) -> dict[str, Any]:
    """The same data with nowhere in it where anybody was."""
    return {
        name: None if name == "position" else without_positions(value) if isinstance(value, dict) else value
        for name, value in data.items()
    }
