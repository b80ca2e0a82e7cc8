"""End a thread with fixed words, in one press: all clear, or that it was sent in error."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts import prepared
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.composing import must_stand, words_in
from backend.broadcasts.issuing import send
from backend.broadcasts.spoken import Part, Words
from backend.broadcasts.updating import in_force_of_desk, newest, write_next
from backend.campus import campus_store
from backend.kernel.errors import FieldFault, Invalid
from backend.people.account import Principal


def clear(
    session: Session,
    broadcast_id: UUID,
    template: str | None,
    values: Mapping[str, str],
    *,
    by: Principal,
    now: datetime,
) -> Broadcast:
    """
    It is over: the campus's all clear, with the place of the thread.

    Raises NotFound, Conflict for what is not in force, Invalid for a template
    that there is not or whose placeholders nobody filled.
    """
    broadcast = in_force_of_desk(session, broadcast_id, by=by)
    campus = campus_store.newest(session)
    found = prepared.all_clear_of(campus, template)
    if found is None:
        raise Invalid("There is no such template.", [FieldFault("template", f"No all clear is called {template}.")])
    words = prepared.words_of(found, prepared.values_for(campus, broadcast.place, values))
    return _end(session, broadcast, Part.ALL_CLEAR, words, found.id, by=by, now=now)


def retract(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> Broadcast:
    """It should never have gone out, and everybody it went to is told so. Raises NotFound, or Conflict."""
    broadcast = in_force_of_desk(session, broadcast_id, by=by)
    words = prepared.retraction(words_in(newest(session, broadcast)))
    return _end(session, broadcast, Part.RETRACTION, words, prepared.RETRACTION, by=by, now=now)


def _end(
    session: Session,
    broadcast: Broadcast,
    part: Part,
    words: dict[str, Words],
    template: str,
    *,
    by: Principal,
    now: datetime,
) -> Broadcast:
    version = write_next(session, broadcast, part, words, by=by, now=now)
    must_stand(session, broadcast, version)
    version.template = template
    send(session, broadcast, version, by=by.id, now=now)
    return broadcast
