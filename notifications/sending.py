"""Send what is due: urgent lanes first, leased, each attempt written down before and after."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.alarms.raising_alarm import raise_alarm
from backend.campus import campus_store
from backend.dispatch import offer_store
from backend.incidents import incident_store
from backend.kernel.vocabulary import AlarmReason, Channel
from backend.people import handset_store, people_store, responder_store
from backend.people.losing_targets import lose_target
from notifications import delivery_store
from notifications.delivery import MOST_ATTEMPTS, TOO_OLD, Delivery
from notifications.parcel import URGENT, Outcome, Parcel, Result, Target, TargetKind
from notifications.places import Places
from notifications.recipes import WITHDRAWN
from notifications.slots import KEPT, SHARED, slot_of

#: Deliveries claimed together; small, so that an urgent one never waits long behind them.
BATCH = 50

#: The channels by which somebody is called to a case.
RINGS = frozenset({Channel.PUSH.value, Channel.SMS.value, Channel.VOICE.value})

#: For how long a case holds its place at the push provider: as long as a push may be tried, and then be kept.
HELD = TOO_OLD + KEPT


def claim(session: Session, *, places: Places | None = None, now: datetime) -> tuple[str, list[Parcel]]:
    """
    Take what is due and has a place under a lease, with where each goes looked up now.

    A call to a case that has waited too long is given up: people sent after a
    case that has moved on are people missing elsewhere. What ended each of its
    senders is dead, with an alarm.
    """
    lease = str(uuid4())
    free = places.copy() if places is not None else Places()
    channels = [channel.value for channel in Channel]
    full = [channel for channel in channels if not free.fits(channel, urgent=True)]
    crowded = [channel for channel in channels if not free.fits(channel, urgent=False)]
    claimed = []
    for delivery in delivery_store.due(session, now=now, most=BATCH, full=full, crowded=crowded):
        if not free.take(delivery.channel, urgent=delivery.lane <= URGENT):
            continue
        if delivery.attempts >= MOST_ATTEMPTS:
            _settle(session, delivery, Result(delivery.id, Outcome.FAILED, "no sender came back from it"), now=now)
            continue
        delivery.claim(lease, now=now)
        useless = _useless(session, delivery, now=now)
        if useless:
            delivery.settle(Result(delivery.id, Outcome.GONE, useless), now=now)
        else:
            claimed.append(delivery)
    _place(session, claimed, now=now)
    parcels = [_parcel(session, delivery) for delivery in claimed if delivery.finished_at is None]
    nowhere = {parcel.delivery_id for parcel in parcels if not parcel.targets}
    for delivery in claimed:
        if delivery.id in nowhere:
            # An officer without a push target is an ordinary case, and no reason for a second transaction.
            delivery.settle(Result(delivery.id, Outcome.GONE, "there is nowhere to send this to"), now=now)
    return lease, [parcel for parcel in parcels if parcel.targets]


def settle(session: Session, lease: str, results: Sequence[Result], *, now: datetime) -> int:
    """
    Write down what came of each; how many of them were still ours.

    Results that come after the lease ran out are dropped: another sender has
    the delivery now. Dead targets are forgotten all the same. A dead letter
    alarms the control room (promise I9), and so does what will not get better
    by itself.
    """
    by_id = {result.delivery_id: result for result in results}
    for target in [one for result in results for one in result.gone]:
        lose_target(session, target.kind.value, target.value, now=now)
    held = delivery_store.leased(session, lease, list(by_id))
    for delivery in held:
        _settle(session, delivery, by_id[delivery.id], now=now)
    if any(result.alarming for result in results):
        raise_alarm(session, AlarmReason.DEAD_LETTER, now=now)
    return len(held)


def targets(session: Session, delivery: Delivery) -> tuple[Target, ...]:
    """Where this goes at this moment: a signed-out handset has no target and gets nothing (promise I13)."""
    if delivery.team_id is not None:
        team = campus_store.newest(session).team(delivery.team_id)
        return (Target(TargetKind.MAILBOX, team.mailbox),) if team and team.mailbox else ()
    if delivery.person_id is None:
        return ()
    if delivery.channel == Channel.PUSH.value:
        return tuple(
            Target(TargetKind(one.push_kind), one.push_value, one.platform, one.installation_id)
            for one in handset_store.pushable(session, delivery.person_id)
            if one.push_kind and one.push_value and one.installation_id not in (delivery.told or ())
        )
    return _address(session, delivery.person_id, delivery.channel)


def _useless(session: Session, delivery: Delivery, *, now: datetime) -> str | None:
    """Why nobody should get this any more."""
    if delivery.is_call and now - delivery.made_at > TOO_OLD:
        return "too old to be of use"
    offer_id = delivery.data.get("offer_id")
    if delivery.channel in RINGS and offer_id and not delivery.data.get(WITHDRAWN):
        offer = offer_store.by_id(session, UUID(offer_id))
        if offer is None or not offer.waits:
            return "answered or withdrawn meanwhile"
        if not offer.by and not responder_store.is_on_duty(session, offer.officer_id, now=now):
            # Only a recall names its channels in the offer, and may ring who is at home (promise I13).
            return "off duty meanwhile"
    return None


def _place(session: Session, claimed: Sequence[Delivery], *, now: datetime) -> None:
    """Give each push the place of its case; a withdrawal that has none of its own is not worth another's call."""
    pushes = [one for one in claimed if one.channel == Channel.PUSH.value and one.slot is None]
    people = {one.person_id for one in pushes if one.person_id}
    taken = delivery_store.slots(session, people, since=now - HELD) if people else {}
    for delivery in pushes:
        held = taken.setdefault(delivery.person_id, {}) if delivery.person_id else {}
        case = str(delivery.incident_id) if delivery.incident_id else None
        delivery.slot = slot_of(case, held)
        if case is not None:
            held[case] = delivery.slot
        if delivery.slot == SHARED and delivery.data.get(WITHDRAWN):
            delivery.settle(Result(delivery.id, Outcome.GONE, "its place is shared with other cases"), now=now)


def _parcel(session: Session, delivery: Delivery) -> Parcel:
    return Parcel(
        delivery.id,
        delivery.channel,
        targets(session, delivery),
        delivery.sentence,
        delivery.data,
        lane=delivery.lane,
        about=delivery.about,
        slot=delivery.slot,
    )


def _settle(session: Session, delivery: Delivery, result: Result, *, now: datetime) -> None:
    if delivery.settle(result, now=now):
        incident = incident_store.by_id(session, delivery.incident_id) if delivery.incident_id else None
        exercise = incident is not None and incident.exercise
        raise_alarm(session, AlarmReason.DEAD_LETTER, incident_id=delivery.incident_id, exercise=exercise, now=now)


def _address(session: Session, person_id: UUID, channel: str) -> tuple[Target, ...]:
    account = people_store.by_id(session, person_id)
    if account is None or not account.active:
        return ()
    if channel == Channel.EMAIL.value:
        return (Target(TargetKind.MAILBOX, account.email),) if account.email else ()
    return (Target(TargetKind.NUMBER, account.mobile),) if account.mobile else ()
