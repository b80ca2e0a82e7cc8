"""Take what happened out of the outbox and tell it: to streams, to channels, and to the slices it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.alarms.raising_alarm import raise_alarm
from backend.alarms.taking import displayed as alarm_displayed
from backend.dispatch.acknowledging import displayed as incident_displayed
from backend.dispatch.escalating import reconsider
from backend.dispatch.staffing import alarm_if_deserted, answer_desertion
from backend.dispatch.standing_down import leave
from backend.inbox.message import Message, Recipient
from backend.inbox.posting import Draft, post
from backend.incidents import incident_store
from backend.kernel import outbox
from backend.kernel.database import wants
from backend.kernel.event_rows import from_row
from backend.kernel.events import BroadcastIssued, DutyChanged, Event, MessageDisplayed, SignedOut
from backend.kernel.failpoints import reach
from backend.kernel.outbox import Waiting
from backend.kernel.vocabulary import AlarmReason, DutyState, Face, Lane
from notifications import airing, delivery_store
from notifications.addressing import carried, recipients, told_apart
from notifications.airing import Airing
from notifications.recipes import Telling, messages_for
from notifications.showing import shown, shown_to, shown_together
from notifications.taking_back import take_back

#: The round that sends deliveries listens to this bell.
SENDING = "sending"

#: Events told together: enough that a burst of one case becomes one message, few enough that nobody waits long.
MOST = 50


@dataclass(slots=True)
class Relayed:
    """
    What one transaction planned: messages for whoever holds the sockets, and whose sockets must close.

    `ended` pairs a person with one sign-in, or with None for all of them. `issued` are broadcasts for open sockets.
    `shown` are messages about cases that a phone says it displays.
    """

    messages: list[Message] = field(default_factory=list)
    ended: list[tuple[UUID, str | None]] = field(default_factory=list)
    issued: list[Airing] = field(default_factory=list)
    shown: list[UUID] = field(default_factory=list)
    #: The lane of its rows (the most urgent), None if there were none; and whether more of it or behind it wait.
    lane: Lane | None = None
    more: bool = False


def relay(
    session: Session, *, now: datetime, most: int = MOST, only: int | None = None, since: Lane = Lane.EMERGENCY
) -> Relayed:
    """
    Tell what waits (or `only` the row named), each event exactly once: what is most urgent from `since` on.

    Several changes of one case in one go become one message per recipient: it
    shows the case as it is now, and that is all anybody needs.
    """
    relayed = Relayed()
    pending: dict[tuple[object, ...], tuple[Recipient, Telling]] = {}
    plans: list[dict[str, Any]] = []
    waiting = outbox.next_waiting(session, now=now, most=most, only=only, since=since)
    rows = _together(waiting)
    events = [from_row(row.name, row.facts) for row in rows]
    # Whoever reads a case and then numbers what it read must be alone at it: another relayer, who read it later, could
    # number first, and the case would go back at whoever looks (promise I5).
    incident_store.take(session, {id_ for event in events if (id_ := getattr(event, "incident_id", None))})
    for row, event in zip(rows, events, strict=True):
        _tell_slices(session, event, relayed, now=now)
        for telling in told_apart(session, messages_for(event)):
            if take_back(session, telling, plans, now=now):
                plans += _plans(session, telling, row, event.carried_in, now=now)
            told = telling.incident_id if telling.type == "incident" else row.id
            for recipient in recipients(session, telling, row.id):
                # Taken out and put at the end: the newest word keeps the newest place.
                pending.pop((recipient, telling.type, told), None)
                pending[recipient, telling.type, told] = recipient, telling
    if plans:
        delivery_store.plan(session, plans)
        wants(session, SENDING)
    outbox.mark_relayed(session, [row.id for row in rows], now=now)
    relayed.lane = Lane(rows[0].lane) if rows else None
    relayed.more = len(waiting) > len(rows) or len(waiting) == most
    relayed.messages = _post(session, list(pending.values()), now=now)
    reach("relay_messages_posted")
    return relayed


def waiting_ids(session: Session, *, now: datetime, most: int = MOST, since: Lane = Lane.EMERGENCY) -> list[int]:
    """The rows that `relay` would take, for the slow way after a failure: one transaction each."""
    waiting = outbox.next_waiting(session, now=now, most=most, since=since)
    return [row.id for row in _together(waiting)]


def _together(waiting: Sequence[Waiting]) -> Sequence[Waiting]:
    """
    One lane at a time: what officers are asked is out before the boards are drawn anew.

    Those in which somebody is asked to come go together: many small goes are what leaves no time for the others.
    """
    return [row for row in waiting if row.lane <= max(waiting[0].lane, Lane.FIRST_AID)]


def give_up_on(session: Session, row_id: int, fault: str, *, now: datetime) -> bool:
    """Count a failure to relay this row; at the last one it is dead and the control room knows (promise I9)."""
    dead = outbox.mark_failed(session, row_id, fault=fault, now=now)
    if dead:
        raise_alarm(session, AlarmReason.DEAD_LETTER, now=now)
    return dead


def _post(session: Session, told: list[tuple[Recipient, Telling]], *, now: datetime) -> list[Message]:
    """Number and keep a message for each; what several are shown alike is looked up once."""
    seen: dict[tuple[object, ...], dict[str, Any] | None] = {}
    seen.update(shown_together(session, [telling for _, telling in told], now=now))
    drafts = []
    # In one order of recipients: whoever has gone is taken out of their cases, and two relayers could meet crosswise.
    for recipient, telling in sorted(told, key=lambda one: (one[0].person_id, one[0].face)):
        if telling.subject not in seen:
            seen[telling.subject] = shown(session, telling, now=now)
        data = seen[telling.subject]
        if data is None and telling.type == "offer":
            # Gone off duty between the offer and its telling: what is not told must not go on standing.
            leave(session, recipient.person_id, now=now)
        if data is not None and telling.type is not None:
            about = {"incident_id": telling.incident_id, "alarm_id": telling.alarm_id}
            drafts.append(Draft(recipient, telling.type, shown_to(recipient, data), **about))
    return post(session, drafts, now=now)


def _plans(session: Session, telling: Telling, row: Waiting, lane: Lane, *, now: datetime) -> list[dict[str, Any]]:
    """What goes by the other channels; the key makes planning twice plan once."""
    return [
        {
            "id": uuid4(),
            "key": f"{row.id}/{one.channel}/{one.person_id or one.team_id}",
            "person_id": one.person_id,
            "team_id": one.team_id,
            "channel": one.channel,
            "lane": int(lane),
            "sentence": one.sentence,
            "data": one.data,
            "incident_id": one.incident_id,
            "made_at": now,
            "due_at": now,
            "attempts": 0,
            "dead": False,
        }
        for one in carried(session, telling, row.id)
    ]


def _tell_slices(session: Session, event: Event, relayed: Relayed, *, now: datetime) -> None:
    """What came of a message goes back down, to the use case of the slice it concerns."""
    if isinstance(event, MessageDisplayed):
        if event.incident_id is not None:
            incident_displayed(session, event.incident_id, viewer=event.person_id, now=now)
            if event.face == Face.HANDSET.value:
                relayed.shown.append(event.message_id)
        if event.alarm_id is not None:
            alarm_displayed(session, event.alarm_id, now=now)
    elif isinstance(event, DutyChanged):
        if event.state == DutyState.OFF_DUTY.value:
            leave(session, event.officer_id, now=now)
            alarm_if_deserted(session, event.officer_id, now=now)
        else:
            reconsider(session, event.officer_id, now=now)
            answer_desertion(session, event.officer_id, now=now)
    elif isinstance(event, SignedOut):
        relayed.ended.append((event.person_id, event.token_hash))
    elif isinstance(event, BroadcastIssued):
        told = airing.issued(session, event.broadcast_id, event.version)
        relayed.issued += [told] if told else []
