"""Take a press of a device: its person's tap, or a case at the place where it hangs."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.geofence import Position
from backend.devices import device_store
from backend.devices.device import Device
from backend.devices.registering import own_secret
from backend.devices.signature import Signature, verified
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import PhonedIn, TapRequest, join, keep_tap, take_call, take_tap
from backend.kernel import audit
from backend.kernel.errors import Unauthenticated
from backend.kernel.vocabulary import Kind, Trigger
from backend.people.account import Principal
from backend.people.standing_in import stand_in_for

UNKNOWN = "This is not signed with the secret of a device we know."
TOO_OLD = "This was signed too long ago, or the device's clock is wrong."


@dataclass(frozen=True, slots=True)
class Press:
    """A press as forgivingly read; without an id of its own it is known by its signature."""

    press_id: str | None = None
    position: Position | None = None
    note: str | None = None
    battery: int | None = None


def recognise(session: Session, device_id: UUID, header: str, body: bytes, *, now: datetime) -> Signature:
    """
    The signature of a device that signed this body just now.

    Raises Unauthenticated, and tells only who knows the secret that the time is the trouble.
    """
    device = device_store.by_id(session, device_id)
    signed = verified(own_secret(session, device), header, body) if device else None
    if device is None or not device.active or signed is None:
        raise Unauthenticated(UNKNOWN, slug="signature-not-good")
    if not signed.is_fresh(now=now.timestamp()):
        raise Unauthenticated(TOO_OLD, slug="signature-too-old")
    return signed


def take_press(
    session: Session, device_id: UUID, press: Press, *, signed: Signature, now: datetime
) -> tuple[Incident, bool]:
    """
    The case of this press, and whether the press opened it; the same press is the same case.

    A person's device taps for its person. One that hangs somewhere opens a case
    that is nobody's, and pressed again while that is open adds to it.
    """
    device = device_store.locked(session, device_id)
    if device is None or not device.active:
        raise Unauthenticated(UNKNOWN, slug="signature-not-good")
    tap = TapRequest(
        tap_id=uuid5(device.id, press.press_id or signed.mac),
        kind=Kind(device.kind),
        position=press.position,
        note=press.note,
        trigger=Trigger.DEVICE,
    )
    if device.person_id is not None:
        incident, opened = take_tap(session, tap, by=stand_in_for(session, device.person_id), now=now)
    else:
        incident, opened = _take_at_its_place(session, device, tap, now=now)
    device.hear(press.battery, now=now)
    audit.record(
        session,
        "device.pressed",
        actor=device.person_id,
        about="device",
        about_id=device.id,
        at=now,
        incident=str(incident.id),
    )
    return incident, opened


def _take_at_its_place(session: Session, device: Device, tap: TapRequest, *, now: datetime) -> tuple[Incident, bool]:
    known = incident_store.tapped(session, device.id, tap.tap_id)
    sought = known or device.incident_id
    newest = incident_store.locked(session, sought) if sought else None
    if known is not None and newest is not None:
        return newest, False
    campus = campus_store.newest(session)
    itself = Principal(device.id, device.name, frozenset(), device.exercise, token_hash="")
    # Where it hangs is known better than what it says of that.
    tap = replace(tap, position=device.position)
    if newest is not None and newest.open:
        join(session, campus, newest, tap, by=itself, now=now)
        return newest, False
    call = PhonedIn(
        kind=tap.kind,
        subtype=None,
        position=device.position,
        # A zone that the campus no longer has does not refuse a press.
        zone_id=device.zone_id if campus.zone(device.zone_id) else None,
        caller_name=device.name,
        caller_number=None,
        note=tap.note,
        trigger=Trigger.DEVICE,
    )
    incident = take_call(session, call, by=itself, now=now)
    # What it said is in the conversation already.
    keep_tap(session, incident, replace(tap, note=None), None, by=itself, now=now)
    device.incident_id = incident.id
    return incident, True
