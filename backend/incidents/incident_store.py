"""The cases, their taps and their story, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.campus.campus import CANARY
from backend.incidents.incident import CLOSED, Incident, Progress, Tap
from backend.kernel.database import FRESH
from backend.kernel.statements import insert_into, later, look, put, row_of, write_out
from backend.kernel.vocabulary import IncidentState, Kind, Trigger

# Built once: on the hot path building a statement costs more than running it.
_BY_ID = sa.select(Incident).where(Incident.id == sa.bindparam("id"))
_TAPPED = sa.select(Tap.incident_id).where(
    Tap.person_id == sa.bindparam("person_id"), Tap.tap_id == sa.bindparam("tap_id")
)
_BY_IDS = sa.select(Incident).where(Incident.id.in_(sa.bindparam("ids", expanding=True)))
_LOCKED = _BY_ID.with_for_update()
#: To its owner a case under duress is over, or was never there.
_AS_THEY_SEEM = Incident.trigger != Trigger.DURESS_PIN.value
_OPEN_OF = (
    sa.select(Incident)
    .where(
        Incident.owner_id == sa.bindparam("owner_id"),
        Incident.kind == sa.bindparam("kind"),
        Incident.closed_at.is_(None),
        _AS_THEY_SEEM,
    )
    .order_by(Incident.number.desc())
    .with_for_update()
)
_ANY_OPEN_OF = sa.select(Incident.number).where(
    Incident.owner_id == sa.bindparam("owner_id"),
    Incident.kind == sa.bindparam("kind"),
    Incident.closed_at.is_(None),
    _AS_THEY_SEEM,
)
_PROGRESS_OF = (
    sa.select(Progress).where(Progress.incident_id.in_(sa.bindparam("ids", expanding=True))).order_by(Progress.id)
)
_DUE = (
    sa.select(Incident)
    .where(Incident.next_step_at <= sa.bindparam("now"))
    .order_by(Incident.next_step_at)
    .limit(sa.bindparam("most"))
)
_DUE_LOCKED = _DUE.with_for_update(skip_locked=True)
# Said though it goes without saying: SQLite finds the index of what is due by these words, and reads all cases without.
_NEXT_DUE = sa.select(sa.func.min(Incident.next_step_at)).where(Incident.next_step_at.is_not(None))
_ADD = insert_into(Incident)
_ADD_TAP, _ADD_PROGRESS = insert_into(Tap), insert_into(Progress)


#: Where a session keeps the cases its transaction has looked up.
HELD = "incidents"


def by_id(session: Session, incident_id: UUID) -> Incident | None:
    """The case; looked up once in a transaction, since several who tell of it ask for it again."""
    held: dict[UUID, Incident | None] = session.info.setdefault(HELD, {})
    if held.get(incident_id) is None:
        held[incident_id] = session.scalars(_BY_ID, {"id": incident_id}).first()
    return held[incident_id]


_TAKE = (
    sa.select(Incident.id)
    .where(Incident.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Incident.id)
    .with_for_update(key_share=True)
)


def locked(session: Session, incident_id: UUID) -> Incident | None:
    """The case, held until the commit: who answers it, moves it or closes it takes turns."""
    return session.scalars(_LOCKED, {"id": incident_id}, execution_options=FRESH).first()


def take(session: Session, incident_ids: Collection[UUID]) -> None:
    """
    Hold these cases until the commit, in one order; who has one held waits, who merely names one does not.

    They are looked up together. What this transaction holds already costs
    nothing, and SQLite's one writer holds everything.
    """
    held: dict[UUID, Incident | None] = session.info.setdefault(HELD, {})
    wanted = list(set(incident_ids) - set(held))
    if wanted and session.get_bind().dialect.name == "postgresql":
        look(session, _TAKE, {"ids": wanted})
    if wanted:
        held.update({one.id: one for one in session.scalars(_BY_IDS, {"ids": wanted})})


def by_ids(session: Session, incident_ids: Collection[UUID]) -> Sequence[Incident]:
    return session.scalars(_BY_IDS, {"ids": list(incident_ids)}).all()


def by_number(session: Session, number: int) -> Incident | None:
    """The case that people call by this number, whatever letter and year they say with it."""
    return session.scalars(sa.select(Incident).where(Incident.number == number)).first()


def open_of_caller(session: Session, number: str, *, exercise: bool) -> Incident | None:
    """The newest open case that is nobody's own and came from this telephone, held until the commit."""
    return session.scalars(
        sa.select(Incident)
        .where(
            Incident.caller_number == number,
            Incident.owner_id.is_(None),
            Incident.closed_at.is_(None),
            Incident.exercise == exercise,
        )
        .order_by(Incident.number.desc())
        .limit(1)
        .with_for_update(),
        execution_options=FRESH,
    ).first()


def tapped(session: Session, person_id: UUID, tap_id: UUID) -> UUID | None:
    """The case of this tap, if it was ever answered."""
    return look(session, _TAPPED, {"person_id": person_id, "tap_id": tap_id}).scalar()


def taps_of(session: Session, incident_id: UUID, *, most: int = 200) -> Sequence[Tap]:
    """The newest presses of a case, oldest first: none is refused, so that there may be any number."""
    write_out(session)
    newest = sa.select(Tap).where(Tap.incident_id == incident_id).order_by(Tap.at.desc()).limit(most)
    return session.scalars(newest).all()[::-1]


def open_of(session: Session, owner_id: UUID, kind: Kind) -> Sequence[Incident]:
    """The cases of this kind that to this person are open, newest first, held until the commit."""
    values = {"owner_id": owner_id, "kind": kind.value}
    # Nearly always there is none, and that is soon said.
    return session.scalars(_OPEN_OF, values).all() if look(session, _ANY_OPEN_OF, values).first() else []


def add(session: Session, incident: Incident) -> None:
    """
    Write a new case, past the unit of work: its number is known at once.

    The object is not the session's; what changes it later reads it anew.
    """
    number = put(session, _ADD, row_of(incident)).inserted_primary_key
    assert number is not None
    incident.number = number[0]


def add_tap(session: Session, row: dict[str, Any]) -> None:
    later(session, _ADD_TAP, row)


def add_progress(
    session: Session, incident_id: UUID, stage: str, *, at: datetime, by: UUID | None, words: str | None = None
) -> None:
    row = {"incident_id": incident_id, "stage": stage, "at": at, "by": by, "words": words}
    later(session, _ADD_PROGRESS, row)


def progress_of(session: Session, incident_id: UUID) -> Sequence[Progress]:
    return progress_of_all(session, [incident_id]).get(incident_id, [])


def progress_of_all(session: Session, incident_ids: Collection[UUID]) -> dict[UUID, list[Progress]]:
    """The stories of several cases in one look."""
    write_out(session)
    found: dict[UUID, list[Progress]] = {}
    for line in session.scalars(_PROGRESS_OF, {"ids": list(incident_ids)}) if incident_ids else ():
        found.setdefault(line.incident_id, []).append(line)
    return found


def due(session: Session, *, now: datetime, most: int) -> Sequence[UUID]:
    """The cases whose next step is due, the longest overdue first."""
    return [incident.id for incident in session.scalars(_DUE, {"now": now, "most": most})]


def due_and_locked(session: Session, *, now: datetime, most: int) -> Sequence[Incident]:
    """The same, held until the commit; what another process holds is passed over."""
    options = {"now": now, "most": most}
    found = session.scalars(_DUE_LOCKED, options, execution_options=FRESH).all()
    session.info.setdefault(HELD, {}).update({incident.id: incident for incident in found})
    return found


def next_due(session: Session) -> datetime | None:
    """When the next case is due."""
    return look(session, _NEXT_DUE).scalar()


def open_cases(session: Session) -> Sequence[Incident]:
    """Every open case but the canary's, oldest first."""
    wanted = sa.select(Incident).where(Incident.closed_at.is_(None), Incident.team_id != CANARY)
    return session.scalars(wanted.order_by(Incident.number)).all()


def open_count(session: Session) -> int:
    """How many of them there are."""
    wanted = sa.select(sa.func.count()).select_from(Incident)
    return session.scalar(wanted.where(Incident.closed_at.is_(None), Incident.team_id != CANARY)) or 0


def open_or_closed_since(
    session: Session,
    since: datetime,
    *,
    exercise: bool,
    is_open: bool | None,
    before: int | None,
    most: int,
    to: UUID,
) -> Sequence[Incident]:
    """
    Cases of one world that are open or were closed since then, newest first, below this number.

    `is_open` keeps to the open ones (True) or the closed ones (False); `to` is
    who looks: a case of theirs that goes on under duress counts as closed.
    """
    seems = sa.or_(_AS_THEY_SEEM, Incident.owner_id.is_(None), Incident.owner_id != to)
    still_open = sa.and_(Incident.closed_at.is_(None), seems)
    closed = sa.or_(Incident.closed_at >= since, sa.and_(Incident.raised_as.is_not(None), sa.not_(seems)))
    kept = sa.or_(still_open, closed) if is_open is None else still_open if is_open else closed
    ours = sa.and_(Incident.exercise == exercise, Incident.team_id != CANARY, kept)
    wanted = sa.select(Incident).where(ours).order_by(Incident.number.desc()).limit(most)
    return session.scalars(wanted if before is None else wanted.where(Incident.number < before)).all()


def owned_by(session: Session, owner_id: UUID, *, open_only: bool, before: int | None, most: int) -> Sequence[Incident]:
    """A person's own cases as they know of them, newest first, below this number."""
    not_concealed = sa.or_(_AS_THEY_SEEM, Incident.raised_as.is_not(None))
    wanted = (
        sa.select(Incident)
        .where(Incident.owner_id == owner_id, not_concealed)
        .order_by(Incident.number.desc())
        .limit(most)
    )
    if open_only:
        wanted = wanted.where(Incident.closed_at.is_(None), _AS_THEY_SEEM)
    return session.scalars(wanted if before is None else wanted.where(Incident.number < before)).all()


def under_duress_of(session: Session, owner_id: UUID) -> Incident | None:
    """The newest open case in which this person is being forced, held until the commit."""
    return session.scalars(
        sa.select(Incident)
        .where(Incident.owner_id == owner_id, Incident.closed_at.is_(None), sa.not_(_AS_THEY_SEEM))
        .order_by(Incident.number.desc())
        .limit(1)
        .with_for_update()
    ).first()


def all_under_duress(session: Session, owner_id: UUID) -> Sequence[Incident]:
    """The cases, open or closed, in which this person was being forced."""
    return session.scalars(sa.select(Incident).where(Incident.owner_id == owner_id, sa.not_(_AS_THEY_SEEM))).all()


def understaffed(session: Session) -> Sequence[UUID]:
    """Open cases that have been asked about and may still want somebody."""
    states = [state.value for state in IncidentState if state.value not in CLOSED]
    return session.scalars(
        sa.select(Incident.id).where(Incident.state.in_(states), Incident.rung > 0).order_by(Incident.number)
    ).all()


def skip_numbers(session: Session, by: int) -> None:
    """The next case gets a number this much higher: a reference that was told to somebody is not given again."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sa.text("UPDATE sqlite_sequence SET seq = seq + :by WHERE name = 'incidents'"), {"by": by})
        return
    sequence = sa.func.pg_get_serial_sequence("incidents", "number")
    session.execute(sa.select(sa.func.setval(sequence, sa.func.nextval(sequence) + by)))
