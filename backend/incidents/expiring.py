"""Look at every check-in whose moment has come: remind its owner, or raise the emergency nobody called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from backend.alarms.raising_alarm import raise_alarm
from backend.incidents import check_in_store
from backend.incidents.check_in import CheckIn
from backend.incidents.raising import TapRequest, take_tap
from backend.kernel import audit, outbox
from backend.kernel.events import CheckInMoved
from backend.kernel.failpoints import reach
from backend.kernel.vocabulary import AlarmReason, Kind, Trigger
from backend.people.standing_in import stand_in_for

#: A check-in that runs out is a tap under an id made from its own: however often it is tried, it is one case.
TAPS = UUID("0f3d6c1a-2f64-4d0b-9a57-6f1f5a1c7e21")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose check-ins must be looked at now, and when the next one must be (None: none runs)."""

    people: Sequence[UUID]
    next_at: datetime | None


def waiting(session: Session, *, now: datetime, most: int = 50) -> Waiting:
    """What is due, the longest overdue first."""
    return Waiting(check_in_store.due(session, now=now, most=most), check_in_store.next_due(session))


def take(session: Session, person_id: UUID, *, now: datetime) -> None:
    """
    Remind the owner of an open check-in, or raise the emergency once its time is over.

    Harmless when it was ended or changed meanwhile: then nothing is due. It asks
    for no sign-in and no phone; an account that was closed meanwhile is still a person.
    """
    check_in = check_in_store.due_of(session, person_id, now=now)
    if check_in is None:
        return
    if check_in.ends_at <= now:
        _run_out(session, check_in, now=now)
    else:
        _warn(session, check_in, now=now)


def stumble(session: Session, person_id: UUID, *, now: datetime) -> None:
    """A check-in that could not be run out: the control room is alarmed, and it is tried again in a moment."""
    check_in = check_in_store.due_of(session, person_id, now=now)
    if check_in is not None and check_in.stumble(now=now):
        exercise = stand_in_for(session, person_id).exercise
        raise_alarm(session, AlarmReason.DEAD_LETTER, exercise=exercise, now=now)


def tap_id_of(check_in_id: UUID) -> UUID:
    """The press that this check-in becomes when it runs out."""
    return uuid5(TAPS, str(check_in_id))


def _run_out(session: Session, check_in: CheckIn, *, now: datetime) -> None:
    tap = TapRequest(
        tap_id=tap_id_of(check_in.id),
        kind=Kind.EMERGENCY,
        last_known=check_in.position,
        note=check_in.note,
        trigger=Trigger.CHECK_IN,
        pressed_at=check_in.ends_at,
    )
    incident, _ = take_tap(session, tap, by=stand_in_for(session, check_in.person_id), now=now)
    reach("check_in_raised")
    check_in.run_out(incident.id, now=now)
    audit.record(
        session,
        "check_in.ran_out",
        actor=None,
        about="check_in",
        about_id=check_in.id,
        at=now,
        incident=str(incident.id),
    )
    outbox.keep(session, CheckInMoved(check_in.person_id, check_in.id, "ran_out", incident.id), at=now)


def _warn(session: Session, check_in: CheckIn, *, now: datetime) -> None:
    check_in.warn(now=now)
    audit.record(session, "check_in.warned", actor=None, about="check_in", about_id=check_in.id, at=now)
    outbox.keep(session, CheckInMoved(check_in.person_id, check_in.id, "warned"), at=now)
