"""The cases that are past their day, in rows, and whose day has not come yet."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.check_in import CheckIn
from backend.incidents.face import PLACE, Face
from backend.incidents.hold import Hold
from backend.incidents.incident import Fix, Incident, Progress, Said, Tap
from backend.kernel.aging import AgingRows, about
from backend.kernel.statements import changed


def _placed(before: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Incident.closed_at < before, Incident.position_at.is_not(None))


def _on_a_track(before: datetime) -> sa.ColumnElement[bool]:
    # Asked of each position: a list of all such cases would be made anew for every few of them.
    return sa.exists().where(Incident.id == Fix.incident_id, _placed(before))


#: Cases closed before some moment that still say where they were. This is the last of a case's positions to go: as long
#: as it is there, the case is looked at again.
PLACED = AgingRows(Incident, Incident.id, _placed, sparing=about(Incident.id), instead=dict.fromkeys(PLACE))

#: Positions on the tracks of such cases.
TRACKS = AgingRows(Fix, Fix.id, _on_a_track, sparing=about(Fix.incident_id))

#: What owners are shown of cases that go on under duress: where they were goes as from any case that was called off,
#: whether the case itself is over or not.
FACES = AgingRows(
    Face,
    Face.incident_id,
    lambda before: sa.and_(Face.called_off_at < before, Face.place.is_not(None)),
    instead={"place": sa.null()},
)

#: Check-ins that were closed before some moment; an open one is never touched.
CHECK_INS = AgingRows(
    CheckIn, CheckIn.person_id, lambda before: CheckIn.closed_at < before, sparing=about(CheckIn.incident_id)
)

#: Cases closed before some moment.
CLOSED = AgingRows(Incident, Incident.id, lambda before: Incident.closed_at < before, sparing=about(Incident.id))


def with_tracks(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases that still have a track."""
    return set(session.scalars(sa.select(Fix.incident_id).where(Fix.incident_id.in_(incident_ids)).distinct()))


def owners_of(session: Session, incident_ids: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """These cases, each with its owner."""
    wanted = sa.select(Incident.id, Incident.owner_id).where(Incident.id.in_(incident_ids))
    return [(id_, owner_id) for id_, owner_id in session.execute(wanted) if owner_id is not None]


def still_open(session: Session, *, before: datetime | None = None) -> Sequence[UUID]:
    """Cases that are open, or those of them that were raised before this moment."""
    wanted = sa.select(Incident.id).where(Incident.closed_at.is_(None))
    return session.scalars(wanted if before is None else wanted.where(Incident.received_at < before)).all()


def people_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody whose deeds are in these cases."""
    ids = list(incident_ids)
    columns = (
        (Incident.owner_id, Incident.id),
        (Incident.raised_by, Incident.id),
        (Incident.closed_by, Incident.id),
        (Tap.person_id, Tap.incident_id),
        (Progress.by, Progress.incident_id),
        (Said.author_id, Said.incident_id),
        (Hold.set_by, Hold.incident_id),
        (Hold.released_by, Hold.incident_id),
    )
    wanted = sa.union(*(sa.select(person).where(case.in_(ids)) for person, case in columns))
    return {found for found in session.scalars(wanted) if found is not None}


def remove(session: Session, incident_ids: Collection[UUID]) -> int:
    """Remove cases with all that this slice keeps of them; how many."""
    for part in (Fix, Said, Progress, Tap, Hold, Face):
        changed(session, sa.delete(part).where(part.incident_id.in_(incident_ids)))
    return changed(session, sa.delete(Incident).where(Incident.id.in_(incident_ids)))
