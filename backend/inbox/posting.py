"""Put messages at the ends of streams."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.inbox.message import Message, Recipient


@dataclass(frozen=True, slots=True)
class Draft:
    """A message without its number."""

    recipient: Recipient
    type: str
    data: dict[str, Any]
    incident_id: UUID | None = None
    alarm_id: UUID | None = None


def post(session: Session, drafts: Sequence[Draft], *, now: datetime) -> list[Message]:
    """
    Number and keep them, in this order; whoever holds a socket is handed them after the commit, or finds them there.

    All who post number the recipients in one order, theirs: two who met crosswise would wait for the store to see it.
    """
    wanted = Counter(draft.recipient for draft in drafts)
    in_order = sorted(wanted, key=lambda one: (one.person_id, one.face))
    last = inbox_store.take_numbers(session, {one: wanted[one] for one in in_order})
    following = {one: last[one] - n for one, n in wanted.items()}
    posted = []
    for draft in drafts:
        following[draft.recipient] += 1
        seq = following[draft.recipient]
        message = Message(draft.recipient, seq, uuid4(), draft.type, now, draft.data, draft.incident_id)
        inbox_store.add(session, message, alarm_id=draft.alarm_id)
        posted.append(message)
    return posted
