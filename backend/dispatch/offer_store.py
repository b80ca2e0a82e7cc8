"""The offers, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch.offer import HOLDING, Offer
from backend.incidents.incident import Incident
from backend.kernel.statements import insert_into, later, row_of, write_out
from backend.kernel.vocabulary import OfferState

#: Where a session keeps the offers its own transaction has made.
HELD = "offers"

_ADD = insert_into(Offer)
_OF_INCIDENTS = (
    sa.select(Offer)
    .where(Offer.incident_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Offer.offered_at, Offer.rung, Offer.id)
)


def by_id(session: Session, offer_id: UUID) -> Offer | None:
    made: Offer | None = session.info.get(HELD, {}).get(offer_id)
    return made if made is not None else session.get(Offer, offer_id)


def of_incident(session: Session, incident_id: UUID) -> Sequence[Offer]:
    """Everybody who was asked, in the order they were; this transaction's own included."""
    return of_incidents(session, [incident_id]).get(incident_id, [])


def of_incidents(session: Session, incident_ids: Collection[UUID]) -> dict[UUID, list[Offer]]:
    """The same for several cases in one look."""
    write_out(session)
    found: dict[UUID, list[Offer]] = {}
    for offer in session.scalars(_OF_INCIDENTS, {"ids": list(incident_ids)}) if incident_ids else ():
        found.setdefault(offer.incident_id, []).append(offer)
    return found


def latest_of(session: Session, incident_id: UUID, officer_id: UUID) -> Offer | None:
    """This officer's newest offer of this case."""
    return session.scalars(
        sa.select(Offer)
        .where(Offer.incident_id == incident_id, Offer.officer_id == officer_id)
        .order_by(Offer.climb.desc())
        .limit(1)
    ).first()


def waiting_for(session: Session, officer_id: UUID) -> Sequence[Offer]:
    """What this officer is being asked right now, oldest first."""
    return session.scalars(
        sa.select(Offer)
        .where(Offer.officer_id == officer_id, Offer.state == OfferState.OFFERED.value)
        .order_by(Offer.offered_at)
    ).all()


def open_to(session: Session, officer_id: UUID, incident_ids: Collection[UUID]) -> set[UUID]:
    """Those of the cases that this officer is offered or has."""
    states = [OfferState.OFFERED.value, *HOLDING]
    return set(
        session.scalars(
            sa.select(Offer.incident_id).where(
                Offer.officer_id == officer_id, Offer.incident_id.in_(incident_ids), Offer.state.in_(states)
            )
        )
    )


def cases_of(session: Session, officer_id: UUID) -> Sequence[UUID]:
    """The cases this officer has or is offered."""
    states = [OfferState.OFFERED.value, *HOLDING]
    return session.scalars(
        sa.select(Offer.incident_id).where(Offer.officer_id == officer_id, Offer.state.in_(states)).distinct()
    ).all()


def asked_about(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody who was ever asked about any of these cases."""
    return set(session.scalars(sa.select(Offer.officer_id).where(Offer.incident_id.in_(incident_ids)).distinct()))


def remove_of(session: Session, incident_ids: Collection[UUID]) -> None:
    """Remove every offer of these cases."""
    session.execute(sa.delete(Offer).where(Offer.incident_id.in_(incident_ids)))


def add(session: Session, offer: Offer) -> None:
    session.add(offer)


def add_asked(session: Session, offer: Offer) -> None:
    """
    Write an offer as it was made, several in one statement; it stays as it is in this transaction.

    Whoever tells of it in the same transaction need not ask for it.
    """
    later(session, _ADD, row_of(offer))
    session.info.setdefault(HELD, {})[offer.id] = offer


def unanswered(session: Session) -> dict[bool, tuple[int, datetime]]:
    """How many officers are being asked about open cases, and since when the longest; exercises (True) apart."""
    found = session.execute(
        sa.select(Incident.exercise, sa.func.count(), sa.func.min(Offer.offered_at, type_=Offer.offered_at.type))
        .join(Offer, Offer.incident_id == Incident.id)
        .where(Incident.closed_at.is_(None), Offer.state == OfferState.OFFERED.value)
        .group_by(Incident.exercise)
    )
    return {exercise: (number, since) for exercise, number, since in found}


def first_asked(session: Session, incident_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the first officers were asked about each of these."""
    found = session.execute(
        sa.select(Offer.incident_id, sa.func.min(Offer.offered_at, type_=Offer.offered_at.type))
        .where(Offer.incident_id.in_(incident_ids))
        .group_by(Offer.incident_id)
    )
    return {incident_id: at for incident_id, at in found}


def officers_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody who was asked about one of these cases."""
    return set(session.scalars(sa.select(Offer.officer_id).where(Offer.incident_id.in_(incident_ids)).distinct()))
