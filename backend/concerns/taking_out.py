"""Take a concern out as it is stored, for whoever brings the recovery key together: sealed as before."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store
from backend.concerns.sealing import Envelope
from backend.kernel import audit
from backend.kernel.errors import NotFound


def take_out(session: Session, concern_id: UUID, *, today: date, now: datetime) -> dict[str, Any] | None:
    """
    A concern as it is stored, with the recovery key's copies and no others; sealed as before.

    None when no recovery key opens any of it. Raises NotFound for one that is
    not there, or came today: the audit line of this would tell its hour.
    """
    concern = concern_store.by_id(session, concern_id)
    if concern is None or concern.day >= today:
        raise NotFound("There is no such concern of an earlier day.")
    entries = concern_store.entries(session, concern_id)
    found: dict[UUID, dict[str, bytes]] = {one.id: {} for one in entries}
    for copy in concern_store.copies(session, list(found), key_store.recovery_ids(session)):
        found[copy.entry_id][copy.key_id] = copy.sealed
    told = [
        {
            "id": str(one.id),
            "kind": one.kind,
            "day": one.day.isoformat(),
            **Envelope(one.box, found[one.id]).on_the_wire(),
        }
        for one in entries
        if found[one.id]
    ]
    if not told:
        return None
    audit.record(session, "concern.taken_out", actor=None, about="concern", about_id=concern_id, at=now)
    return {"id": str(concern_id), "entries": told}
