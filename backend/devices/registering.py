"""Register a device, give it another secret, take it away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.devices import device_store
from backend.devices.device import Device
from backend.devices.signature import secret_of
from backend.kernel import audit
from backend.kernel.errors import FieldFault, Invalid, NotFound
from backend.kernel.vocabulary import Kind
from backend.people import people_store

#: What a session carries so that a device's secret can be made.
KEY = "device_key"


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What is known of a device before it is registered; exactly one of person, zone and place."""

    name: str
    kind: Kind
    email: str | None = None
    zone_id: str | None = None
    place: tuple[float, float] | None = None
    exercise: bool = False


def register(session: Session, new: NewDevice, *, by: UUID | None, now: datetime) -> tuple[Device, str]:
    """The device and its secret, which is told here and nowhere else. Raises Invalid naming what does not fit."""
    if sum(one is not None for one in (new.email, new.zone_id, new.place)) != 1:
        raise Invalid("A device belongs to one person, or hangs at one zone or position: give one of the three.")
    latitude, longitude = new.place or (None, None)
    device = Device(
        name=new.name.strip(),
        kind=new.kind.value,
        person_id=_person(session, new.email) if new.email else None,
        zone_id=_zone(session, new.zone_id) if new.zone_id else None,
        latitude=latitude,
        longitude=longitude,
        exercise=new.exercise,
        generation=1,
        active=True,
        added_at=now,
    )
    if not device.name or len(device.name) > 120:
        raise Invalid("The device needs a name.", [FieldFault("name", "Between 1 and 120 characters.")])
    device_store.add(session, device)
    return device, _told(session, device, "device.added", by=by, now=now)


def rotate(session: Session, device_id: UUID, *, by: UUID | None, now: datetime) -> tuple[Device, str]:
    """The device and its new secret; the one before is good for nothing from now on. Raises NotFound."""
    device = _active(session, device_id)
    device.rotate()
    return device, _told(session, device, "device.rotated", by=by, now=now)


def remove(session: Session, device_id: UUID, *, by: UUID | None, now: datetime) -> Device:
    """Nothing is taken from it any more. Raises NotFound."""
    device = _active(session, device_id)
    device.remove()
    audit.record(session, "device.removed", actor=by, about="device", about_id=device.id, at=now)
    return device


def own_secret(session: Session, device: Device) -> str:
    """What this device signs with now."""
    key = session.info[KEY]
    assert isinstance(key, bytes)
    return secret_of(key, device.id, device.generation)


def _told(session: Session, device: Device, action: str, *, by: UUID | None, now: datetime) -> str:
    audit.record(session, action, actor=by, about="device", about_id=device.id, at=now, generation=device.generation)
    return own_secret(session, device)


def _active(session: Session, device_id: UUID) -> Device:
    device = device_store.locked(session, device_id)
    if device is None or not device.active:
        raise NotFound("There is no such device.")
    return device


def _person(session: Session, email: str) -> UUID:
    account = people_store.by_email(session, email)
    if account is None or not account.active:
        raise Invalid("Nobody has this address.", [FieldFault("person", "Use the address of an active account.")])
    return account.id


def _zone(session: Session, zone_id: str) -> str:
    if campus_store.newest(session).zone(zone_id) is None:
        raise Invalid("There is no such zone.", [FieldFault("zone", "Use the id of a zone of this campus.")])
    return zone_id
