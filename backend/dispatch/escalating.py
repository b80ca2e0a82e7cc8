"""Climb the ladder of every case whose next step is due: the first dispatch is its step zero."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import CONTROL_ROOM, Campus, EscalationPolicy, Step
from backend.dispatch import offer_store
from backend.dispatch.alarming import alarm_duress, alarm_once
from backend.dispatch.asking import alarm_if_unreachable, ask, candidates, offer_again, offer_to, place_of
from backend.dispatch.choosing import choose
from backend.dispatch.offer import Offer
from backend.dispatch.policy import Ladder, due_steps, end_of, fallback, next_due
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel import audit, outbox
from backend.kernel.events import LadderClimbed, MailboxTold
from backend.kernel.vocabulary import AlarmReason, IncidentState, Kind, OfferState
from backend.people import responder_store

#: How long a ladder that could not be climbed rests.
AFTER_STUMBLE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Climbed:
    """What one look at the ladders did: how many cases were due, and when the next will be (None: none is planned)."""

    cases: int
    next_due_at: datetime | None


def climb_due(session: Session, *, now: datetime, most: int = 16) -> Climbed:
    """Climb what is due, the longest overdue first, a few cases in one transaction."""
    incidents = incident_store.due_and_locked(session, now=now, most=most)
    for incident in incidents:
        _climb(session, incident, now=now)
    session.flush()
    # Who has just climbed looks again at once; only who finds nothing needs to know how long to sleep.
    return Climbed(len(incidents), None if incidents else incident_store.next_due(session))


def due(session: Session, *, now: datetime, most: int = 50) -> list[UUID]:
    """The cases to climb now, for the slow way after a fault: one transaction each."""
    return list(incident_store.due(session, now=now, most=most))


def climb(session: Session, incident_id: UUID, *, now: datetime) -> int:
    """
    Take every rung of one case that is due; how many officers were asked.

    Harmless when somebody else climbed it meanwhile, and when the case is
    closed: then nothing is due.
    """
    incident = incident_store.locked(session, incident_id)
    if incident is None or incident.next_step_at is None or incident.next_step_at > now:
        return 0
    return _climb(session, incident, now=now)


def _climb(session: Session, incident: Incident, *, now: datetime) -> int:
    campus = campus_store.newest(session)
    policy = policy_of(campus, incident)
    untouched = incident.state == IncidentState.RAISED.value
    offers = [] if untouched else list(offer_store.of_incident(session, incident.id))
    alarm_duress(session, incident, now=now)
    if incident.inside is False:
        alarm_once(session, incident, AlarmReason.OUTSIDE_EVERY_SITE, now=now)
    if incident.late_at is not None and incident.late_at <= now:
        _ask_again(session, incident, offers, now=now)
    made: list[Offer] = []
    # Flushed once at the end: what a rung writes is a few statements, not a few for each officer.
    with session.no_autoflush:
        for step in due_steps(policy, ladder_of(incident, offers), now=now):
            made += _take_rung(session, campus, incident, step, offers + made, now=now)
    ladder = ladder_of(incident, offers)
    at_its_end = incident.rung >= len(policy.steps) and end_of(policy, incident.ladder_from) <= now
    if at_its_end and not any(offer.holds for offer in offers):
        alarm_once(session, incident, AlarmReason.NOBODY_ANSWERED, now=now)
    incident.next_step_at = next_due(policy, ladder, late_at=incident.late_at, now=now)
    return len(made)


def reconsider(session: Session, officer_id: UUID, *, now: datetime) -> int:
    """
    An officer has come on duty: offer them what the rungs climbed so far would have.

    Without this a case whose ladder was climbed while nobody was there would
    wait for ever. How many offers were made; none to one who has left again by
    the time this is told (promise I13).
    """
    if not responder_store.is_on_duty(session, officer_id, now=now):
        return 0
    campus = campus_store.newest(session)
    made = 0
    for incident_id in incident_store.understaffed(session):
        incident = incident_store.locked(session, incident_id)
        if incident is None or not incident.open:
            continue
        offers = offer_store.of_incident(session, incident.id)
        own = next((one for one in offers if one.officer_id == officer_id and one.climb == incident.climb), None)
        if ladder_of(incident, list(offers)).staffed or (own is not None and own.state != OfferState.WITHDRAWN.value):
            continue
        if own is not None:
            offer_again(session, incident, own, now=now)
            _tell_of(session, incident, now=now)
            made += 1
            continue
        for step in policy_of(campus, incident).steps[: incident.rung]:
            fit = [one for one in candidates(session, campus, incident, step, now=now) if one.id == officer_id]
            chosen = choose(step, fit, place_of(incident), campus.geofence, now=now) if step.on_duty else []
            if chosen:
                offer_to(session, incident, chosen[0], by=(), now=now)
                _tell_of(session, incident, now=now)
                made += 1
                break
    return made


def ask_one_more(session: Session, incident: Incident, *, now: datetime) -> int:
    """Somebody declined: ask the next nearest of the rungs climbed so far at once. How many were asked (0 or 1)."""
    campus = campus_store.newest(session)
    offers = offer_store.of_incident(session, incident.id)
    asked = {offer.officer_id for offer in offers if offer.climb == incident.climb or offer.holds}
    for step in policy_of(campus, incident).steps[: max(incident.rung, 1)]:
        if not step.on_duty:
            continue
        left = [one for one in candidates(session, campus, incident, step, now=now) if one.id not in asked]
        one_of_them = Step(after_s=step.after_s, ask="nearest", count=1, team=step.team)
        chosen = choose(one_of_them, left, place_of(incident), campus.geofence, now=now)
        # Without a position "nearest" is everybody: the first reachable one will do here.
        for one in sorted(chosen, key=lambda one: not one.responder.reachable)[:1]:
            offer_to(session, incident, one, by=(), now=now)
            _tell_of(session, incident, now=now)
            return 1
    return 0


def policy_of(campus: Campus, incident: Incident) -> EscalationPolicy:
    kind = Kind(incident.kind)
    return campus.policy(kind, incident.team_id) or fallback(kind)


def ladder_of(incident: Incident, offers: list[Offer]) -> Ladder:
    holding = sum(offer.counts for offer in offers)
    return Ladder(incident.rung, incident.ladder_from, holding, incident.wanted)


def _take_rung(
    session: Session, campus: Campus, incident: Incident, step: Step, offers: list[Offer], *, now: datetime
) -> list[Offer]:
    made = ask(session, campus, incident, step, offers, now=now)
    team = campus.team(incident.team_id)
    mailbox = team.mailbox if team else None
    if incident.rung == 0 and mailbox and not incident.exercise:
        outbox.keep(session, MailboxTold(incident.id, Kind(incident.kind), incident.team_id), at=now)
    elif step.on_duty and incident.inside is not False and not mailbox:
        on_this_climb = [offer for offer in offers if offer.climb == incident.climb]
        alarm_if_unreachable(session, incident, on_this_climb + made, now=now)
    if made:
        _tell_of(session, incident, now=now)
    if step.and_tell == CONTROL_ROOM and not any(offer.holds for offer in offers):
        alarm_once(session, incident, AlarmReason.UNANSWERED, now=now)
    incident.rung += 1
    audit.record(
        session,
        "ladder.climbed",
        actor=None,
        about="incident",
        about_id=incident.id,
        at=now,
        rung=incident.rung,
        asked=len(made),
    )
    return made


def _tell_of(session: Session, incident: Incident, *, now: datetime) -> None:
    """Owner and control room hear of it after the officers do."""
    outbox.keep(session, LadderClimbed(incident.id, Kind(incident.kind)), at=now)


def _ask_again(session: Session, incident: Incident, offers: list[Offer], *, now: datetime) -> None:
    """Accepted, and nobody is there: the yes no longer counts and the ladder begins anew."""
    for offer in offers:
        if offer.holds:
            offer.late = True
    incident.late_at = None
    incident.climb += 1
    incident.rung, incident.ladder_from = 0, now
    incident_store.add_progress(session, incident.id, "asked_again", at=now, by=None)
    alarm_once(session, incident, AlarmReason.ACCEPTED_AND_LATE, now=now)


def stumble(session: Session, incident_id: UUID, *, now: datetime) -> None:
    """A ladder that could not be climbed: the control room is alarmed, and it is tried again in a moment."""
    incident = incident_store.locked(session, incident_id)
    if incident is not None and incident.next_step_at is not None:
        incident.next_step_at = now + AFTER_STUMBLE
        alarm_once(session, incident, AlarmReason.DEAD_LETTER, now=now)
