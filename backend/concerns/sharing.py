"""Give copies to one more reader: to the Prevent lead for a referral, or to a colleague's new key."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store
from backend.concerns.advising import must_be_assigned, open_to_change
from backend.concerns.concern import Concern
from backend.concerns.considering import able
from backend.concerns.copying import Copies, give_copies
from backend.kernel import audit
from backend.kernel.errors import Forbidden


def share(
    session: Session,
    concern_id: UUID,
    reader: UUID,
    copies: Copies,
    *,
    leads: Collection[UUID],
    by: UUID,
    at_once: bool,
    today: date,
    now: datetime,
) -> Concern:
    """
    The reader can open the whole concern from now on, and what is written in it later.

    By one of the two assigned. Only the Prevent lead (`leads`), who decides
    about a referral, and the two themselves, when one has a new key.
    """
    concern = open_to_change(session, concern_id, by=by, today=today, at_once=at_once)
    must_be_assigned(session, concern, by=by)
    if reader not in concern_store.assignees(session, concern.id):
        if reader not in leads:
            raise Forbidden("Only the Prevent lead is shown a concern of others.", slug="not-the-lead")
        able(session, concern, [reader], field="adviser_id", today=today)
    give_copies(session, concern, [reader], copies)
    audit.record(
        session, "concern.shared", actor=by, about="concern", about_id=concern.id, at=now, adviser_id=str(reader)
    )
    return concern
