"""What a store must be told when it comes back from a backup: time has passed, and clients know more than it does."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.incidents import incident_store
from backend.kernel import audit
from backend.people.coming_back import come_back
from notifications import delivery_store, wave_store

#: More cases than can have been raised since the backup.
NUMBERS_SKIPPED = 1000


def settle(session: Session, *, backup: str, taken_at: datetime, everybody: bool, now: datetime) -> int:
    """
    Nobody is connected and nothing is being sent; how many sign-ins ran out.

    Cases, ladders and alarms stay as they were: what was due is due, and the
    first round climbs it. Streams go on at this moment's seconds, above anything
    that a stream at one message a second could have reached before.
    """
    ended = come_back(session, everybody=everybody, now=now)
    delivery_store.free_leases(session)
    wave_store.free_leases(session)
    inbox_store.renumber(session, int(now.timestamp()))
    incident_store.skip_numbers(session, NUMBERS_SKIPPED)
    audit.record(
        session,
        "backup.restored",
        actor=None,
        about="backup",
        about_id=backup[-60:],
        at=now,
        taken_at=taken_at.isoformat(),
        sign_ins_ended=ended,
    )
    return ended
