"""After a restore: nobody is connected any more, and who sees more than their own signs in again."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.kernel.vocabulary import Role
from backend.people import handset_store, sign_in_store

#: Whose sign-in opens other people's cases or the whole log, from a desk with a keyboard.
AT_A_DESK = frozenset({Role.CONTROLLER, Role.ADVISER, Role.PREVENT_LEAD, Role.ADMIN, Role.AUDITOR})


def come_back(session: Session, *, everybody: bool, now: datetime) -> int:
    """
    Close every socket and let sign-ins run out: those of desks, or everybody's; how many.

    A sign-out after the backup is undone by the restore, so what it ended could
    live again. They run out and are not revoked: such a phone still raises a tap.
    """
    handset_store.close_all(session)
    return sign_in_store.let_run_out(session, None if everybody else AT_A_DESK, now=now)
