"""Put a message at the end of somebody's stream."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.inbox.message import Message, Recipient


def post(
    session: Session,
    recipient: Recipient,
    type_: str,
    data: dict[str, Any],
    *,
    incident_id: UUID | None = None,
    alarm_id: UUID | None = None,
    now: datetime,
) -> Message:
    """Number and keep a message; whoever holds the socket is handed it after the commit, or finds it there."""
    seq = inbox_store.next_seq(session, recipient)
    message = Message(recipient, seq, uuid4(), type_, now, data, incident_id)
    inbox_store.add(session, message, alarm_id=alarm_id)
    return message
