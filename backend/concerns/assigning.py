"""Two advisers take a concern, and from then on nobody else can read it: the others' copies are destroyed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.advising import open_to_change
from backend.concerns.candidate import PLACES
from backend.concerns.concern import Concern, Stage
from backend.concerns.considering import able, candidates
from backend.concerns.copying import Copies, give_copies
from backend.kernel import audit
from backend.kernel.errors import Conflict, Invalid


def assign(
    session: Session,
    concern_id: UUID,
    adviser_ids: Sequence[UUID],
    copies: Copies,
    *,
    by: UUID,
    at_once: bool,
    today: date,
    now: datetime,
) -> Concern:
    """
    These two work on it; all copies but theirs and the recovery key's are gone for ever.

    `copies` are for who came after it was lodged. Who was struck out by the
    reporter stands aside for good. Raises Conflict with a sentence for each who
    cannot be assigned, and when two are already.
    """
    concern = open_to_change(session, concern_id, by=by, today=today, at_once=at_once)
    if concern.stage != Stage.WAITING.value:
        raise Conflict("It is assigned already: a place is handed over, not given twice.", slug="already-assigned")
    must_be_two(adviser_ids)
    two = able(session, concern, list(adviser_ids), field="adviser_ids", today=today)
    remember_struck_out(session, concern, today=today)
    newcomers = [one.adviser_id for one in two if one.needs_copies]
    if newcomers or copies:
        give_copies(session, concern, newcomers, copies)
    seat_two(session, concern, adviser_ids, "concern.assigned", by=by, today=today, now=now)
    return concern


def must_be_two(adviser_ids: Sequence[UUID]) -> None:
    """Raises Invalid for fewer, for more, and for one twice."""
    if len(adviser_ids) != PLACES or len(set(adviser_ids)) != PLACES:
        raise Invalid("Name two advisers: two work on a concern, never one.")


def remember_struck_out(session: Session, concern: Concern, *, today: date) -> None:
    """The reporter's choice, before the copies by which it can be told are gone."""
    struck_out = {one.adviser_id for one in candidates(session, concern, today=today) if one.struck_out}
    place_store.stand_aside(session, concern.id, struck_out - place_store.recused(session, concern.id), today=today)


def seat_two(
    session: Session,
    concern: Concern,
    adviser_ids: Sequence[UUID],
    action: str,
    *,
    by: UUID,
    today: date,
    now: datetime,
) -> None:
    """
    Both places are theirs, every other copy but the recovery key's is gone, and the audit has it as `action`.

    A concern that is past waiting keeps its stage.
    """
    for adviser_id in adviser_ids:
        place_store.put(session, concern.id, adviser_id, today=today)
    if concern.stage == Stage.WAITING.value:
        concern.stage = Stage.ASSIGNED.value
    _destroy_others(session, concern.id)
    first, second = sorted(str(one) for one in adviser_ids)
    audit.record(session, action, actor=by, about="concern", about_id=concern.id, at=now, first=first, second=second)


def _destroy_others(session: Session, concern_id: UUID) -> None:
    """All copies but those of the assigned, retired keys of theirs included, and of every recovery key there was."""
    readers = concern_store.assignees(session, concern_id)
    kept = {key.id for one in readers for key in key_store.all_keys_of(session, one)}
    concern_store.destroy_copies(session, concern_id, but=kept | key_store.recovery_ids(session))
