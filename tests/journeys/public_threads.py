"""Broadcasts as the journeys make them: straight into the store and out, past the control room's own doors."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.putting_out import put_out
from backend.broadcasts.spoken import Spoken
from tests.campus import CampusStage

WORDS = {"en": {"title": "Leave Sherfield", "body": "Use the stairs."}}


class Warned:
    """One thread: begun by being made, and followed by updates until it is cleared."""

    def __init__(self, campus: CampusStage, words: Any = None, **facts: Any) -> None:
        self.campus = campus
        told: dict[str, Any] = {
            "state": BroadcastState.DRAFT.value,
            "purpose": "alert",
            "severity": "severe",
            "exercise": False,
            "place": "sherfield",
            "audience": {"everyone": True},
            "owner_id": uuid4(),
            "made_at": campus.clock(),
            "next_update_min": 15,
        }
        self.broadcast = Broadcast(**{**told, **facts})
        campus.database.write(broadcast_store.add, self.broadcast)
        self.said = self._says("alert", words)

    @property
    def id(self) -> UUID:
        return self.broadcast.id

    def updates(self, words: Any = None) -> Spoken:
        return self._says("update", words)

    def clears(self, words: Any = None) -> Spoken:
        return self._says("all_clear", words)

    def retracts(self, words: Any = None) -> Spoken:
        return self._says("retraction", words)

    def expires(self) -> None:
        self.campus.database.write(_expire, self.id, now=self.campus.clock())

    def _says(self, part: str, words: Any) -> Spoken:
        self.said = self.campus.database.write(_issue, self.id, part, words or WORDS, now=self.campus.clock())
        return self.said


def _issue(session: Session, broadcast_id: UUID, part: str, words: Any, *, now: Any) -> Spoken:
    broadcast = broadcast_store.locked(session, broadcast_id)
    assert broadcast is not None
    version = Version(
        broadcast_id=broadcast_id,
        number=broadcast.version + 1,
        part=part,
        words=words,
        written_by=uuid4(),
        written_at=now,
    )
    session.add(version)
    return put_out(session, broadcast, version, by=uuid4(), now=now)


def _expire(session: Session, broadcast_id: UUID, *, now: Any) -> None:
    broadcast = broadcast_store.locked(session, broadcast_id)
    assert broadcast is not None
    broadcast.expire(now=now)
