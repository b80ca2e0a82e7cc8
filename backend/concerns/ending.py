"""The end of a concern, or of its mailbox: every row of the one, every way back by the other."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import end_store


def destroy(session: Session, concern_id: UUID) -> bool:
    """
    Every row of it, in every table; False for one that is not there.

    Asks neither for its day nor for a hold: whoever calls this has.
    """
    return end_store.remove(session, [concern_id]) > 0
