"""What the store holds after a run, read in one snapshot into plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.alarms.alarm import Alarm
from backend.broadcasts.broadcast import Broadcast
from backend.campus import campus_store
from backend.dispatch.offer import Offer
from backend.inbox.inbox_store import MessageRow
from backend.incidents.incident import Incident, Progress, Tap
from backend.kernel import chaining
from backend.kernel.audit import AuditLine
from backend.kernel.chaining import Head
from backend.kernel.outbox import OutboxRow
from backend.people.account import Account
from infra.backup.invariants import broken
from notifications.delivery import Delivery
from notifications.parcel import Outcome
from notifications.recipes import WITHDRAWN


@dataclass(frozen=True, slots=True)
class Case:
    """A row of `incidents`; times are seconds of the wall's clock."""

    id: str
    owner: str
    kind: str
    state: str
    wanted: int
    received_at: float
    closed_at: float | None = None
    position_seq: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of `offers`."""

    id: str
    case: str
    officer: str
    climb: int
    rung: int
    state: str
    offered_at: float
    late: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A row of `messages`."""

    who: str
    seq: int
    id: str
    type: str
    case: str | None = None
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Alarmed:
    """A row of `alarms`."""

    reason: str
    case: str | None
    since: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row of `audit`."""

    action: str
    actor: str | None
    about_id: str | None


@dataclass(frozen=True, slots=True)
class Pushed:
    """A row of `deliveries` that reached somebody's target."""

    who: str | None
    channel: str
    case: str | None
    sent_at: float


@dataclass
class Kept:
    """The store; people are called as the journals call them, a console's face with `@console`."""

    cases: dict[str, Case] = field(default_factory=dict)
    #: By person and tap id: the cases it stands in.
    taps: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    offers: list[Asked] = field(default_factory=list)
    messages: list[Told] = field(default_factory=list)
    alarms: list[Alarmed] = field(default_factory=list)
    progress: list[tuple[str, str, float, str | None]] = field(default_factory=list)
    audit: list[Line] = field(default_factory=list)
    deliveries: list[Pushed] = field(default_factory=list)
    #: By broadcast: its newest issued version, and whether it is over.
    broadcasts: dict[str, tuple[int, bool]] = field(default_factory=dict)
    #: By kind: the second of each rung.
    ladders: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    #: Each rung that was climbed, from 0: its case, and when.
    climbed: list[tuple[str, int, float]] = field(default_factory=list)
    #: Events that nobody has been told of yet.
    waiting: int = 0
    #: What the audit's own proof and the named queries of every backup say.
    audit_faults: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def look(session: Session, anchors: list[Head], *, now: datetime) -> Kept:
    """Everything the judge goes by."""
    names = {id_: email.partition("@")[0] for id_, email in session.execute(sa.select(Account.id, Account.email))}
    kept = Kept(
        audit_faults=list(chaining.faults_of(session, anchors=anchors)),
        broken=list(broken(session.connection(), now=now)),
        ladders=_ladders(session),
    )
    kept.waiting = waiting(session)
    _cases(session, kept, names)
    _people(session, kept, names)
    return kept


def waiting(session: Session) -> int:
    """How many events nobody has been told of yet."""
    return session.scalar(sa.select(sa.func.count()).where(OutboxRow.done.is_(False))) or 0


def _ladders(session: Session) -> dict[str, tuple[int, ...]]:
    policies = campus_store.newest(session).policies
    return {str(one.kind): tuple(step.after_s for step in one.steps) for one in policies}


def _cases(session: Session, kept: Kept, names: Mapping[UUID, str]) -> None:
    for one in session.scalars(sa.select(Incident)):
        owner = names[one.owner_id] if one.owner_id else ""
        ends = one.closed_at.timestamp() if one.closed_at else None
        facts = (one.kind, one.state, one.wanted, one.received_at.timestamp(), ends, one.position_seq, one.note)
        kept.cases[str(one.id)] = Case(str(one.id), owner, *facts)
    for tap in session.scalars(sa.select(Tap)):
        kept.taps.setdefault((names[tap.person_id], str(tap.tap_id)), []).append(str(tap.incident_id))
    for row in session.scalars(sa.select(Offer)):
        told = (row.climb, row.rung, row.state, row.offered_at.timestamp(), row.late)
        kept.offers.append(Asked(str(row.id), str(row.incident_id), names[row.officer_id], *told))
    for step in session.scalars(sa.select(Progress).order_by(Progress.id)):
        by = names.get(step.by) if step.by else None
        kept.progress.append((str(step.incident_id), step.stage, step.at.timestamp(), by))
    for alarm in session.scalars(sa.select(Alarm)):
        about = str(alarm.incident_id) if alarm.incident_id else None
        kept.alarms.append(Alarmed(alarm.reason, about, alarm.since.timestamp()))


def _people(session: Session, kept: Kept, names: Mapping[UUID, str]) -> None:
    for message in session.scalars(sa.select(MessageRow)):
        who = names[message.person_id] + ("@console" if message.face == "console" else "")
        about = str(message.incident_id) if message.incident_id else None
        told = (who, message.seq, str(message.id), message.type, about)
        kept.messages.append(Told(*told, message.at.timestamp()))
    for line in session.scalars(sa.select(AuditLine)):
        actor = names.get(UUID(line.actor)) if line.actor else None
        kept.audit.append(Line(line.action, actor, line.about_id))
        if line.action == "ladder.climbed":
            kept.climbed.append((str(line.about_id), int(line.facts["rung"]) - 1, line.at.timestamp()))
    sent = sa.select(Delivery).where(Delivery.outcome == Outcome.SENT.value)
    for one in session.scalars(sent):
        # What takes a call back off a screen is no call.
        if one.data.get(WITHDRAWN):
            continue
        case = str(one.incident_id) if one.incident_id else None
        who_ = names.get(one.person_id) if one.person_id else None
        sent_at = one.finished_at.timestamp() if one.finished_at else 0.0
        kept.deliveries.append(Pushed(who_, one.channel, case, sent_at))
    for broadcast in session.scalars(sa.select(Broadcast).where(Broadcast.version > 0)):
        kept.broadcasts[str(broadcast.id)] = (broadcast.version, broadcast.is_over)
