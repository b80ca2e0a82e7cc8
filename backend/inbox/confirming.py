"""A recipient's screen says what it showed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.inbox.message import Recipient
from backend.kernel import outbox
from backend.kernel.events import MessageDisplayed
from backend.kernel.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many of the ids were news, and which are no message of this recipient."""

    news: int
    others: frozenset[UUID]


def confirm(
    session: Session, recipient: Recipient, message_ids: Collection[UUID], stage: Stage, *, now: datetime
) -> Confirmed:
    """
    Write down that these messages were displayed or opened.

    Ids of other people's messages and receipts sent twice are passed over: a
    phone that repeats itself is an ordinary phone.
    """
    news = 0
    rows = inbox_store.of_recipient(session, recipient, message_ids)
    for row in rows:
        if stage is Stage.OPENED and row.opened_at is None:
            row.opened_at = now
        elif row.displayed_at is not None:
            continue
        # Opened implies displayed, whichever receipt was lost on the way.
        first_showing = row.displayed_at is None
        row.displayed_at = row.displayed_at or now
        news += 1
        if first_showing:
            outbox.keep(
                session,
                MessageDisplayed(
                    recipient.person_id, recipient.face.value, row.id, stage, row.incident_id, row.alarm_id
                ),
                at=now,
            )
    return Confirmed(news, frozenset(message_ids) - {row.id for row in rows})
