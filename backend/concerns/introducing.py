"""What an adviser tells of themselves: their faculty, and when they were trained."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import key_store
from backend.concerns.adviser import Adviser
from backend.kernel import audit
from backend.kernel.errors import FieldFault, Invalid


def introduce(
    session: Session,
    adviser_id: UUID,
    name: str,
    faculty: str | None,
    trained_on: date | None,
    *,
    today: date,
    now: datetime,
) -> Adviser:
    """Colleagues see it when they assign; no reporter does. Raises Invalid for training that is still to come."""
    if trained_on is not None and trained_on > today:
        raise Invalid("Training counts once it is done.", [FieldFault("trained_on", "Not in the future.")])
    adviser = key_store.put_adviser(session, adviser_id, name)
    adviser.faculty, adviser.trained_on = faculty, trained_on
    audit.record(
        session,
        "adviser.introduced",
        actor=adviser_id,
        about="adviser",
        about_id=adviser_id,
        at=now,
        trained_on=str(trained_on) if trained_on else None,
    )
    return adviser
