"""Send what is due: urgent lanes first, leased, each attempt written down before and after."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.alarms.raising_alarm import raise_alarm
from backend.campus import campus_store
from backend.incidents import incident_store
from backend.kernel.vocabulary import AlarmReason, Channel
from backend.people import handset_store, people_store
from notifications import delivery_store
from notifications.delivery import MOST_ATTEMPTS, TOO_OLD, Delivery, Outcome, Parcel, Result

#: Deliveries claimed together; small, so that an urgent one never waits long behind them.
BATCH = 50


def claim(session: Session, *, now: datetime) -> tuple[str, list[Parcel]]:
    """
    Take what is due under a lease, with where each goes looked up now.

    A call to a case that has waited too long is given up: people sent after a
    case that has moved on are people missing elsewhere. What ended each of its
    senders is dead, with an alarm.
    """
    lease = str(uuid4())
    parcels = []
    for delivery in delivery_store.due(session, now=now, most=BATCH):
        if delivery.attempts >= MOST_ATTEMPTS:
            _settle(session, delivery, Outcome.FAILED, "no sender came back from it", now=now)
            continue
        delivery.claim(lease, now=now)
        if delivery.incident_id is not None and delivery.person_id is not None and now - delivery.made_at > TOO_OLD:
            delivery.settle(Outcome.GONE, "too old to be of use", now=now)
            continue
        parcels.append(
            Parcel(delivery.id, delivery.channel, targets(session, delivery), delivery.sentence, delivery.data)
        )
    return lease, parcels


def settle(session: Session, lease: str, results: Sequence[Result], *, now: datetime) -> int:
    """
    Write down what came of each; how many of them were still ours.

    Results that come after the lease ran out are dropped: another sender has
    the delivery now. A dead letter alarms the control room (promise I9).
    """
    by_id = {result.delivery_id: result for result in results}
    held = delivery_store.leased(session, lease, list(by_id))
    for delivery in held:
        result = by_id[delivery.id]
        _settle(session, delivery, result.outcome, result.fault, now=now)
    return len(held)


def targets(session: Session, delivery: Delivery) -> tuple[str, ...]:
    """Where this goes at this moment: a signed-out handset has no target and gets nothing (promise I13)."""
    if delivery.team_id is not None:
        team = campus_store.newest(session).team(delivery.team_id)
        return (team.mailbox,) if team and team.mailbox else ()
    if delivery.person_id is None:
        return ()
    if delivery.channel == Channel.PUSH.value:
        return tuple(one.push_value for one in handset_store.pushable(session, delivery.person_id) if one.push_value)
    return _address(session, delivery.person_id, delivery.channel)


def _settle(session: Session, delivery: Delivery, outcome: Outcome, fault: str | None, *, now: datetime) -> None:
    if delivery.settle(outcome, fault, now=now):
        incident = incident_store.by_id(session, delivery.incident_id) if delivery.incident_id else None
        exercise = incident is not None and incident.exercise
        raise_alarm(session, AlarmReason.DEAD_LETTER, incident_id=delivery.incident_id, exercise=exercise, now=now)


def _address(session: Session, person_id: UUID, channel: str) -> tuple[str, ...]:
    account = people_store.by_id(session, person_id)
    if account is None or not account.active:
        return ()
    address = account.email if channel == Channel.EMAIL.value else account.mobile
    return (address,) if address else ()
