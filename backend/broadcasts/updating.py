"""Give the next word on a thread: new words, a template's, or that nothing has changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals.asking_second import void
from backend.broadcasts import broadcast_store, prepared
from backend.broadcasts.agreed import ISSUE
from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.composing import compose, must_stand, words_in
from backend.broadcasts.drafting import of_desk
from backend.broadcasts.issuing import Issued, send, send_or_ask
from backend.broadcasts.sketch import SketchedUpdate
from backend.broadcasts.spoken import Part, Words
from backend.campus import campus_store
from backend.kernel import audit
from backend.kernel.errors import Conflict
from backend.people.account import Principal


def update(session: Session, broadcast_id: UUID, wanted: SketchedUpdate, *, by: Principal, now: datetime) -> Issued:
    """
    The next word, to everybody the first one went to.

    "No change" and a template's words are one press; free text waits for a
    second person, and takes the place of whatever waited before. Raises
    NotFound, Conflict for what is not in force, or Invalid with each fault.
    """
    broadcast = in_force_of_desk(session, broadcast_id, by=by)
    if wanted.no_change:
        said = words_in(newest(session, broadcast))
        version = write_next(
            session, broadcast, Part.UPDATE, prepared.no_change(said), wanted.next_update_min, by=by, now=now
        )
        must_stand(session, broadcast, version)
        version.template = prepared.NO_CHANGE
        send(session, broadcast, version, by=by.id, now=now)
        return Issued(broadcast, waits=False)
    words = compose(campus_store.newest(session), wanted.words, place=broadcast.place)
    version = write_next(session, broadcast, Part.UPDATE, words, wanted.next_update_min, by=by, now=now)
    return send_or_ask(session, broadcast, version, by=by, now=now)


def write_next(
    session: Session,
    broadcast: Broadcast,
    part: Part,
    words: dict[str, Words],
    next_update_min: int | None = None,
    *,
    by: Principal,
    now: datetime,
) -> Version:
    """Write the next words down; what waited for a second person in their place is void."""
    void(session, ISSUE, broadcast.id, by=by.id, now=now)
    version = broadcast_store.write_next(session, broadcast, part, words, by=by.id, now=now)
    version.next_update_min = next_update_min
    session.flush()
    audit.record(
        session,
        "broadcast.written",
        actor=by.id,
        about="broadcast",
        about_id=broadcast.id,
        at=now,
        version=version.number,
        part=part.value,
    )
    return version


def in_force_of_desk(session: Session, broadcast_id: UUID, *, by: Principal) -> Broadcast:
    """This control room's thread, which goes on. Raises NotFound, or Conflict when it is not in force."""
    broadcast = of_desk(session, broadcast_id, by=by)
    if broadcast.is_over:
        raise Conflict("This broadcast is over. Begin a new one.", slug="broadcast-over")
    if not broadcast.in_force:
        raise Conflict("This broadcast was never issued.", slug="broadcast-not-in-force")
    return broadcast


def newest(session: Session, broadcast: Broadcast) -> Version:
    """What was said last."""
    found = broadcast_store.version(session, broadcast.id, broadcast.version)
    assert found is not None
    return found
