"""What a report is made of, in rows."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, load_only

from backend.campus.campus import CANARY
from backend.dispatch.offer import Offer
from backend.dispatch.report import THERE, UNANSWERED, YES, Times
from backend.incidents.incident import Incident, Progress

_COLUMNS = (
    Incident.number,
    Incident.id,
    Incident.kind,
    Incident.raised_as,
    Incident.state,
    Incident.trigger,
    Incident.owner_id,
    Incident.site_id,
    Incident.zone_id,
    Incident.received_at,
    Incident.closed_at,
)


def _first(stages: Sequence[str]) -> sa.ScalarSelect[datetime]:
    wanted = sa.select(sa.func.min(Progress.at)).where(Progress.incident_id == Incident.id, Progress.stage.in_(stages))
    return wanted.scalar_subquery()


_ANSWERED = (
    sa.select(sa.func.min(Offer.answered_at))
    .where(Offer.incident_id == Incident.id, Offer.state.not_in(UNANSWERED))
    .scalar_subquery()
)


def received_between(
    session: Session, first: datetime, last: datetime, *, most: int
) -> Sequence[tuple[Incident, Times]]:
    """
    The real cases received from `first` and before `last`, oldest first, each with its times, in one statement.

    Neither exercises nor the canary's. Of a case only the columns a report
    needs are read: the rest of it is nobody's business here.
    """
    wanted = (
        sa.select(Incident, _ANSWERED, _first(YES), _first(THERE))
        .options(load_only(*_COLUMNS, raiseload=True))
        .where(
            Incident.received_at >= first,
            Incident.received_at < last,
            Incident.exercise.is_(False),
            Incident.team_id != CANARY,
        )
        .order_by(Incident.number)
        .limit(most)
    )
    return [
        (one, Times(one.received_at, answered_at, accepted_at, on_scene_at, one.closed_at, one.state))
        for one, answered_at, accepted_at, on_scene_at in session.execute(wanted)
    ]
