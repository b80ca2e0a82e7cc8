"""Take a tap: open a case, or add to the one that is open. A tap is never refused for its details."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.campus.geofence import Position, usable
from backend.incidents import conversation_store, incident_store, track_store
from backend.incidents.incident import Incident, Said
from backend.incidents.routing import route
from backend.kernel import audit, outbox
from backend.kernel.database import wants
from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.events import IncidentRaised, MessageSaid, TapJoined
from backend.kernel.failpoints import reach
from backend.kernel.vocabulary import IncidentState, Kind, Trigger
from backend.people import people_store
from backend.people.account import Principal

#: The round that climbs the ladders listens to this bell.
BELL = "escalating"

#: A tap's note becomes a message of the conversation under an id made from the tap's own.
NOTES = UUID("6f9d1c1e-53a5-4c0e-9d0a-6a1f0e8b7a55")


@dataclass(frozen=True, slots=True)
class TapRequest:
    """
    A press, as forgivingly read: what could not be understood is absent.

    `last_known` is where the person was, however long ago; no phone sends it.
    """

    tap_id: UUID
    kind: Kind
    subtype: str | None = None
    position: Position | None = None
    note: str | None = None
    silent: bool = False
    trigger: Trigger = Trigger.BUTTON
    pressed_at: datetime | None = None
    last_known: Position | None = None

    def place_at(self, now: datetime) -> Position | None:
        """Where the case is, as far as this press tells."""
        return usable(self.position, received_at=now) if self.position else self.last_known


@dataclass(frozen=True, slots=True)
class PhonedIn:
    """A case that is nobody's own: a controller raises it for somebody who rang, or a button on a wall does."""

    kind: Kind
    subtype: str | None
    position: Position | None
    zone_id: str | None
    caller_name: str | None
    caller_number: str | None
    note: str | None
    trigger: Trigger = Trigger.PHONED_IN


def take_tap(session: Session, tap: TapRequest, *, by: Principal, now: datetime) -> tuple[Incident, bool]:
    """
    The case of this tap, and whether the tap opened it.

    The same `tap_id` always leads to the same case. An open case of the same
    person and kind takes the tap in, except that a silent tap never joins a
    case that may sound, nor an officer's duress one that is not.
    """
    # One person's taps take turns, so that fifty retries at once find one case.
    people_store.take_turns(session, by.id)
    known = incident_store.tapped(session, by.id, tap.tap_id)
    if known is not None:
        incident = incident_store.by_id(session, known)
        assert incident is not None
        return incident, False
    campus = campus_store.newest(session)
    joined = next((case for case in incident_store.open_of(session, by.id, tap.kind) if may_join(tap, case)), None)
    if joined is not None:
        join(session, campus, joined, tap, by=by, now=now)
        return joined, False
    return open_case(session, campus, tap, by=by, now=now), True


def may_join(tap: TapRequest, case: Incident) -> bool:
    """Whether this tap adds to that open case rather than opening one of its own."""
    duress = tap.trigger is Trigger.RESPONDER_DURESS
    return (case.silent or not tap.silent) and (not duress or case.trigger == Trigger.RESPONDER_DURESS.value)


def take_call(session: Session, call: PhonedIn, *, by: Principal, now: datetime) -> Incident:
    """A controller raises a case for somebody who rang: the same clock, the same officers."""
    campus = campus_store.newest(session)
    incident = _new(
        campus,
        kind=call.kind,
        subtype=call.subtype,
        position=usable(call.position, received_at=now) if call.position else None,
        zone_id=call.zone_id,
        exercise=by.exercise,
        now=now,
    )
    incident.trigger, incident.silent = call.trigger.value, False
    incident.owner_id, incident.raised_by = None, by.id
    incident.caller_name, incident.caller_number = call.caller_name, call.caller_number
    incident.note = call.note
    _begin(session, incident, actor=by.id, now=now)
    if call.note:
        say_note(session, incident, uuid4(), call.note, author=by.id, now=now)
    return incident


def place(campus: Campus, incident: Incident) -> None:
    """Find the zone and site of the newest position; without one what was known stays."""
    position = incident.position
    if position is None:
        return
    zone = campus.geofence.zone_at(position.latitude, position.longitude)
    site = campus.geofence.site_at(position.latitude, position.longitude)
    incident.zone_id = zone.id if zone else None
    incident.site_id = site.id if site else None
    incident.inside = site is not None


def say_note(session: Session, incident: Incident, message_id: UUID, text: str, *, author: UUID, now: datetime) -> None:
    """A note is the first thing said in the conversation."""
    conversation_store.add(session, Said(id=message_id, incident_id=incident.id, author_id=author, text=text, at=now))
    outbox.keep(session, MessageSaid(incident.id, Kind(incident.kind), message_id, author), at=now)


def open_case(session: Session, campus: Campus, tap: TapRequest, *, by: Principal, now: datetime) -> Incident:
    """A case of this press alone, whatever else is open."""
    position = tap.place_at(now)
    incident = _new(
        campus,
        kind=tap.kind,
        subtype=tap.subtype,
        position=position,
        zone_id=None,
        exercise=by.exercise,
        now=now,
    )
    incident.silent, incident.trigger = tap.silent, tap.trigger.value
    incident.owner_id = incident.raised_by = by.id
    incident.note, incident.pressed_at = tap.note, tap.pressed_at
    _begin(session, incident, actor=by.id, now=now)
    keep_tap(session, incident, tap, position, by=by, now=now)
    return incident


def _new(
    campus: Campus,
    *,
    kind: Kind,
    subtype: str | None,
    position: Position | None,
    zone_id: str | None,
    exercise: bool,
    now: datetime,
) -> Incident:
    incident = Incident(
        id=uuid4(),
        kind=kind.value,
        subtype=subtype,
        state=IncidentState.RAISED.value,
        exercise=exercise,
        received_at=now,
        ladder_from=now,
        next_step_at=now,
        rung=0,
        climb=0,
    )
    if position is not None:
        incident.move_to(position, seq=None, received_at=now)
        place(campus, incident)
    elif zone_id is not None:
        zone = campus.zone(zone_id)
        if zone is None:
            raise Invalid("There is no such zone.", [FieldFault("zone", "Use the id of a zone of this campus.")])
        incident.zone_id, incident.site_id, incident.inside = zone.id, zone.site, True
    place_of = campus.zone(incident.zone_id)
    chosen = route(campus, kind, subtype=subtype, zone=place_of, local_time=campus.local(now), exercise=exercise)
    incident.team_id, incident.routed_because = chosen.team_id, chosen.because[:300]
    policy = campus.policy(kind, chosen.team_id)
    incident.wanted = policy.wanted if policy else 1
    return incident


def _begin(session: Session, incident: Incident, *, actor: UUID, now: datetime) -> None:
    incident_store.add(session, incident)
    reach("tap_incident_written")
    incident_store.add_progress(session, incident.id, "received", at=now, by=actor)
    audit.record(
        session,
        "incident.raised",
        actor=actor,
        about="incident",
        about_id=incident.id,
        at=now,
        kind=incident.kind,
        trigger=incident.trigger,
    )
    outbox.keep(session, IncidentRaised(incident.id, Kind(incident.kind)), at=now)
    reach("tap_outbox_written")
    wants(session, BELL)


def join(
    session: Session, campus: Campus, incident: Incident, tap: TapRequest, *, by: Principal, now: datetime
) -> None:
    """A further tap adds its position, note and trigger to an open case."""
    position = tap.place_at(now)
    if position is not None and incident.move_to(position, seq=None, received_at=now):
        place(campus, incident)
    keep_tap(session, incident, tap, position, by=by, now=now)
    # What runs out by itself never covers up that an officer called for help.
    if tap.trigger is not Trigger.BUTTON and incident.trigger != Trigger.RESPONDER_DURESS.value:
        incident.trigger = tap.trigger.value
    incident.note = incident.note or tap.note
    audit.record(session, "incident.joined", actor=by.id, about="incident", about_id=incident.id, at=now)
    outbox.keep(session, TapJoined(incident.id, Kind(incident.kind)), at=now)


def keep_tap(
    session: Session,
    incident: Incident,
    tap: TapRequest,
    position: Position | None,
    *,
    by: Principal,
    now: datetime,
) -> None:
    incident_store.add_tap(
        session,
        {
            "person_id": by.id,
            "tap_id": tap.tap_id,
            "incident_id": incident.id,
            "at": now,
            "pressed_at": tap.pressed_at,
            "trigger": tap.trigger.value,
            "note": tap.note,
        },
    )
    reach("tap_key_written")
    if position is not None:
        track_store.add_fix(session, fix_row(incident.id, position, seq=None, now=now))
    if tap.note:
        say_note(session, incident, uuid5(NOTES, f"{by.id}/{tap.tap_id}"), tap.note, author=by.id, now=now)


def fix_row(incident_id: UUID, position: Position, *, seq: int | None, now: datetime) -> dict[str, object]:
    """A position as a row of the case's track."""
    return {
        "incident_id": incident_id,
        "seq": seq,
        "latitude": position.latitude,
        "longitude": position.longitude,
        "accuracy_m": position.accuracy_m,
        "recorded_at": position.recorded_at or now,
        "received_at": now,
    }
