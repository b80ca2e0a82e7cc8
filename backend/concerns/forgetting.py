"""What a concern's two clocks do when they end: the mailbox is closed, and at last all of it destroyed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import end_store
from backend.kernel.retention import Count, Rule, Spared


class PastConcerns:
    """Concerns whose data's last day is over, with every row of them; a legal hold spares one."""

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        due = end_store.how_many(session, end_store.due(_day(before)))
        return Count(due, end_store.how_many(session, end_store.past_data(_day(before))) - due)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[UUID]:
        return end_store.some(session, end_store.due(_day(before)), most)

    def forget(self, session: Session, keys: Sequence[UUID], *, before: datetime, spared: Spared, now: datetime) -> int:
        return end_store.remove(session, end_store.held_fast(session, keys, end_store.due(_day(before))))


class PastMailboxes:
    """
    Mailboxes whose last day is over; of their concerns the desk keeps what it has.

    They close on a concern that is held as well: the hold keeps data, and the
    reporter was told this day.
    """

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        return Count(end_store.how_many(session, end_store.past_mailbox(_day(before))))

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[UUID]:
        return end_store.some(session, end_store.past_mailbox(_day(before)), most)

    def forget(self, session: Session, keys: Sequence[UUID], *, before: datetime, spared: Spared, now: datetime) -> int:
        due = end_store.held_fast(session, keys, end_store.past_mailbox(_day(before)))
        for concern_id in due:
            end_store.close_mailbox(session, concern_id)
        return len(due)


def _day(moment: datetime) -> date:
    """Days of concerns are those of UTC, wherever the campus is."""
    return moment.astimezone(UTC).date()


#: Nobody's name, no concern's id: the audit is told numbers, on the day after one that the rows have told all along.
CONCERNS = Rule(
    "anonymous concerns",
    "concerns",
    "the day their reporters were told",
    (
        *("concerns", "concern_entries", "concern_copies", "concern_assignees", "concern_recusals"),
        "concern_referrals",
    ),
    PastConcerns(),
    batch=20,
    dated=True,
)
MAILBOXES = Rule(
    "mailboxes of concerns",
    "mailboxes",
    "the day their reporters were told",
    ("concerns", "concern_copies"),
    PastMailboxes(),
    batch=20,
    dated=True,
)
