"""Who may open a concern, who must be sealed to, and who may work on it: who holds a copy, and who is assigned."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.concern import Concern, Stage
from backend.kernel.errors import Conflict, Forbidden, NotFound


def may_open(session: Session, concern_id: UUID, *, by: UUID, today: date, at_once: bool) -> Concern:
    """
    The concern, for who holds a copy of it and has not stood aside.

    Shown from the day after it was lodged, so that no line of the audit log
    tells the hour it came; `at_once` is for a demo. Raises NotFound otherwise:
    what is not there, not yet shown and not theirs is never told apart.
    """
    concern = concern_store.by_id(session, concern_id)
    shown = concern is not None and (at_once or concern.day < today)
    if concern is None or not shown or not _holds(session, concern.id, by):
        raise NotFound("There is no such concern, or it is not yours to open.")
    return concern


def open_to_change(session: Session, concern_id: UUID, *, by: UUID, today: date, at_once: bool) -> Concern:
    """The same, as it is now; until the commit nobody else changes who reads it."""
    concern_store.locked(session, concern_id)
    return may_open(session, concern_id, by=by, today=today, at_once=at_once)


def must_be_assigned(session: Session, concern: Concern, *, by: UUID) -> None:
    """Raises Conflict while nobody is assigned, Forbidden for who is not one of the two."""
    if concern.stage == Stage.WAITING.value:
        raise Conflict("Assign two advisers first: two work on a concern, never one.", slug="not-assigned")
    if by not in concern_store.assignees(session, concern.id):
        raise Forbidden("Only the two advisers it is assigned to work on this concern.", slug="not-yours")


def required_keys(session: Session, concern: Concern) -> dict[str, bytes]:
    """
    What everything written in this concern is sealed to, by key id: exactly these.

    The keys in use of the assigned and of whom it was shared with, and the
    recovery key. A reply to the reporter has one copy more, `reporter`.
    """
    # The same statements for every concern, and for one that is none: a mailbox is looked into by this as well.
    keys, holders = key_store.all_keys(session), concern_store.holders(session, concern.id)
    holding = {adviser_id for adviser_id, own in keys.items() if any(key.id in holders for key in own)}
    readers = (concern_store.assignees(session, concern.id) | holding) - place_store.recused(session, concern.id)
    in_use = [key for one in readers for key in keys.get(one, []) if key.retired_on is None]
    recovery = key_store.recovery(session)
    return {key.id: key.public_key for key in [*in_use, *([recovery] if recovery else [])]}


def _holds(session: Session, concern_id: UUID, adviser_id: UUID) -> bool:
    own = {key.id for key in key_store.all_keys_of(session, adviser_id)}
    recused = adviser_id in place_store.recused(session, concern_id)
    return not recused and not own.isdisjoint(concern_store.holders(session, concern_id))
