"""Put a version out: from this commit on it is what everybody is told, on every channel and page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, Version, spoken
from backend.broadcasts.spoken import Spoken
from backend.kernel import audit, outbox
from backend.kernel.database import wants
from backend.kernel.events import BroadcastIssued

#: The round that puts people on the roll and plans the waves listens to this bell.
BELL = "fanning_out"


def put_out(
    session: Session, broadcast: Broadcast, version: Version, *, by: UUID, second: UUID | None = None, now: datetime
) -> Spoken:
    """
    Issue it, with its hash, its event and its audit line.

    Whether the words may go out, and whether these persons may send them, was
    decided before. Raises Conflict when the thread does not take them.
    """
    broadcast.issue(version, by=by, second=second, now=now)
    told = spoken(broadcast, version)
    version.hash = told.hash
    session.flush()
    audit.record(
        session,
        "broadcast.issued",
        actor=by,
        about="broadcast",
        about_id=broadcast.id,
        at=now,
        version=version.number,
        part=version.part,
        hash=told.hash,
        second=str(second) if second else None,
    )
    outbox.keep(session, BroadcastIssued(broadcast.id, version.number), at=now)
    wants(session, BELL)
    return told
