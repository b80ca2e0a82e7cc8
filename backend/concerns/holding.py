"""A legal hold: while it stands no clock destroys the concern. The second person's yes is the door's to bring."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store
from backend.concerns.concern import Concern, Entry, EntryKind, Stage
from backend.concerns.sealing import Envelope
from backend.concerns.working import to_read, write_down
from backend.kernel import audit
from backend.kernel.errors import Conflict


def to_hold(session: Session, concern_id: UUID, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    """
    The concern, for who may read it once it is assigned: its two, and whom it was shared with; open or closed.

    Raises NotFound, and Conflict while nobody is assigned.
    """
    concern = to_read(session, concern_id, by=by, now=now, at_once=at_once)
    if concern.stage == Stage.WAITING.value:
        raise Conflict("Assign two advisers first: two work on a concern, never one.", slug="not-assigned")
    return concern


def give_reason(session: Session, concern: Concern, because: Envelope, *, held: bool, by: UUID, now: datetime) -> Entry:
    """
    Why it should be held, or be held no longer; the entry's id stands for exactly these words.

    The first who asks to hold it gains the week in which somebody can agree, so
    that nothing is lost for want of a colleague; nobody gains one twice. Raises
    Conflict when it is so already, Invalid for the wrong keys.
    """
    if concern.held == held:
        said, slug = ("This concern is held already.", "already-held") if held else ("It is not held.", "not-held")
        raise Conflict(said, slug=slug)
    if held and concern_store.last_day(session, concern.id, {EntryKind.HOLD}) is None:
        concern.stay(today=now.date())
    return write_down(session, concern, EntryKind.HOLD, because, by=by, now=now)


def hold(session: Session, concern: Concern, *, by: UUID, now: datetime) -> None:
    """Two have agreed: it stays, however long its clocks have run out."""
    concern.held = True
    audit.record(session, "concern.held", actor=by, about="concern", about_id=concern.id, at=now)


def release(session: Session, concern: Concern, *, by: UUID, now: datetime) -> None:
    """Two have agreed: its clock counts on, and what is overdue goes with the next round."""
    concern.held = False
    audit.record(session, "concern.hold_released", actor=by, about="concern", about_id=concern.id, at=now)
