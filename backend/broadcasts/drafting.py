"""Write a broadcast down before it goes out: a draft, changed and dropped as often as anybody likes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals.asking_second import void
from backend.broadcasts import broadcast_store, prepared
from backend.broadcasts.agreed import ISSUE
from backend.broadcasts.broadcast import Broadcast, BroadcastState
from backend.broadcasts.composing import compose, template_of
from backend.broadcasts.sketch import Sketch
from backend.broadcasts.spoken import Part, Purpose
from backend.campus import campus_store
from backend.kernel import audit
from backend.kernel.errors import Conflict, FieldFault, Invalid, NotFound
from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.account import Principal


def draft(session: Session, sketch: Sketch, *, by: Principal, now: datetime) -> Broadcast:
    """
    A new draft, whatever is still missing: the lint says what.

    Raises Invalid for a template, a deputy or a severity that there is not.
    """
    broadcast = Broadcast(made_at=now, source=None)
    _take(session, broadcast, sketch, by=by, now=now)
    return broadcast


def change(
    session: Session,
    broadcast_id: UUID,
    sketch: Sketch,
    *,
    over: datetime | None = None,
    by: Principal,
    now: datetime,
) -> Broadcast:
    """
    The draft anew.

    Who saves it is its author from now on, and what a second person was asked
    before is void. `over` is when those words were written that this stands in
    place of. Raises NotFound, Conflict when it is out or over or somebody has
    written on it since, or Invalid.
    """
    broadcast = of_desk(session, broadcast_id, by=by)
    must_be_ours(broadcast)
    if broadcast.state != BroadcastState.DRAFT.value:
        raise Conflict("This broadcast is no draft any more.", slug="broadcast-issued")
    stands = broadcast_store.next_version(session, broadcast)
    if over is not None and stands is not None and stands.written_at != over:
        who = people_store.names(session, [stands.written_by]).get(stands.written_by, "Somebody else")
        raise Conflict(f"{who} has changed this draft since you read it.", slug="draft-changed")
    void(session, ISSUE, broadcast.id, by=by.id, now=now)
    _take(session, broadcast, sketch, by=by, now=now)
    return broadcast


def drop(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> None:
    """It will not go out; dropping it again is fine. Raises NotFound, or Conflict when it was issued."""
    broadcast = of_desk(session, broadcast_id, by=by)
    if broadcast.state == BroadcastState.DROPPED.value:
        return
    broadcast.drop()
    void(session, ISSUE, broadcast.id, by=by.id, now=now)
    audit.record(session, "broadcast.dropped", actor=by.id, about="broadcast", about_id=broadcast.id, at=now)


def must_be_ours(broadcast: Broadcast) -> None:
    """What came from outside is nobody's draft until somebody has made it theirs. Raises Conflict."""
    if broadcast.state == BroadcastState.PROPOSED.value:
        raise Conflict("This was proposed from outside: make it your draft first.", slug="broadcast-proposed")


def of_desk(session: Session, broadcast_id: UUID, *, by: Principal) -> Broadcast:
    """This thread with nobody else writing on it, if it is this control room's. Raises NotFound."""
    found = broadcast_store.locked(session, broadcast_id)
    if found is None or broadcast_store.desk_of(session, found) != by.exercise:
        raise NotFound("There is no such broadcast.")
    return found


def _take(session: Session, broadcast: Broadcast, sketch: Sketch, *, by: Principal, now: datetime) -> None:
    campus = campus_store.newest(session)
    template = template_of(campus, sketch.words.template)
    severity = sketch.severity or (template.severity if template else None)
    if severity is None:
        raise Invalid("Say how bad it is.", [FieldFault("severity", "extreme, severe, moderate or minor.")])
    zone = prepared.zone_named(campus, sketch.place)
    place = zone.id if zone else (sketch.place or "").strip() or None
    values = prepared.values_for(campus, place, sketch.words.values)
    ends = sketch.end_condition or (prepared.filled(template.end_condition or "", values) if template else "")
    is_new = broadcast.id is None
    # What came in as an exercise or a test stays one, whatever its draft says.
    came_as_test = broadcast.source is not None and broadcast.purpose == Purpose.TEST.value
    came_as_exercise = broadcast.source is not None and broadcast.exercise
    broadcast.state = BroadcastState.DRAFT.value
    broadcast.purpose = (Purpose.TEST if came_as_test else sketch.purpose).value
    broadcast.severity = str(severity)
    broadcast.exercise = by.exercise or sketch.exercise or came_as_exercise
    broadcast.place = place
    broadcast.audience = sketch.audience.document()
    broadcast.owner_id = by.id
    broadcast.deputy_id = _deputy(session, sketch.deputy_id, by=by)
    broadcast.next_update_min = sketch.next_update_min or (template.next_update_min if template else None)
    broadcast.end_condition = ends.strip() or None
    words = compose(campus, sketch.words, place=place)
    if is_new:
        broadcast_store.add(session, broadcast)
    broadcast_store.write_next(session, broadcast, Part.ALERT, words, by=by.id, now=now)
    action = "broadcast.drafted" if is_new else "broadcast.changed"
    audit.record(
        session,
        action,
        actor=by.id,
        about="broadcast",
        about_id=broadcast.id,
        at=now,
        severity=broadcast.severity,
        exercise=broadcast.exercise,
    )


def _deputy(session: Session, deputy_id: UUID | None, *, by: Principal) -> UUID | None:
    """Another controller of the same world, who minds the promise when its owner does not."""
    if deputy_id is None:
        return None
    if deputy_id == by.id:
        raise Invalid("Name another deputy.", [FieldFault("deputy", "The deputy is somebody else than the owner.")])
    if deputy_id not in people_store.with_role(session, Role.CONTROLLER, exercise=by.exercise):
        raise Invalid("Name another deputy.", [FieldFault("deputy", "There is no such controller.")])
    return deputy_id
