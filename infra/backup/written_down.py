"""What the audit keeps of backups, and what is asked of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.kernel import audit

ABOUT = "backup"
BEGUN, PROVED = "backup.begun", "backup.proved"


def proved_at(session: Session) -> datetime | None:
    """When the newest good backup of this store was finished."""
    return audit.newest(session, PROVED, about=ABOUT)
