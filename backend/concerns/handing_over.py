"""A place changes hands: the one who stays gives the newcomer copies, and then the leaver's are destroyed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.advising import must_be_assigned, open_to_change
from backend.concerns.candidate import PLACES
from backend.concerns.concern import Concern
from backend.concerns.considering import able
from backend.concerns.copying import Copies, give_copies
from backend.kernel import audit
from backend.kernel.errors import Conflict


def hand_over(
    session: Session,
    concern_id: UUID,
    leaver: UUID | None,
    newcomer: UUID,
    copies: Copies,
    *,
    by: UUID,
    at_once: bool,
    today: date,
    now: datetime,
) -> Concern:
    """
    The newcomer has the leaver's place, or with no leaver the vacant one.

    By either of the two. Nobody is put out by a colleague: the leaver does it
    themselves, or is on leave (also one that is announced), or has no key any
    more. Raises Conflict otherwise, and Invalid unless the copies are complete.
    """
    concern = open_to_change(session, concern_id, by=by, today=today, at_once=at_once)
    must_be_assigned(session, concern, by=by)
    assigned = concern_store.assignees(session, concern.id)
    if newcomer in assigned:
        raise Conflict("They have one of the two places already.", slug="already-assigned")
    if leaver is None and len(assigned) >= PLACES:
        raise Conflict("Both places are taken: say whose is handed over.", slug="no-vacancy")
    if leaver is not None:
        _may_leave(session, leaver, assigned, by=by, today=today)
    able(session, concern, [newcomer], field="newcomer", today=today)
    give_copies(session, concern, [newcomer], copies)
    place_store.put(session, concern.id, newcomer, today=today)
    if leaver is not None:
        place_store.vacate(session, concern.id, leaver)
        keys = [key.id for key in key_store.all_keys_of(session, leaver)]
        concern_store.destroy_copies_of(session, keys, concern_id=concern.id)
    audit.record(
        session,
        "concern.handed_over",
        actor=by,
        about="concern",
        about_id=concern.id,
        at=now,
        leaver=str(leaver) if leaver else None,
        newcomer=str(newcomer),
    )
    return concern


def _may_leave(session: Session, leaver: UUID, assigned: set[UUID], *, by: UUID, today: date) -> None:
    if leaver not in assigned:
        raise Conflict("They have no place in this concern.", slug="no-place")
    adviser = key_store.adviser(session, leaver)
    stays = adviser is not None and not adviser.is_leaving(today) and bool(key_store.keys_of(session, [leaver]))
    if leaver != by and stays:
        raise Conflict("They are not on leave: they hand over their own place themselves.", slug="not-on-leave")
