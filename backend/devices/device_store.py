"""The devices, in rows."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.devices.device import Device
from backend.kernel.database import FRESH


def by_id(session: Session, device_id: UUID) -> Device | None:
    return session.get(Device, device_id)


def locked(session: Session, device_id: UUID) -> Device | None:
    """The device, held until the commit: its presses take turns."""
    wanted = sa.select(Device).where(Device.id == device_id).with_for_update()
    return session.scalars(wanted, execution_options=FRESH).first()


def everything(session: Session) -> Sequence[Device]:
    """Every device, also those that were removed, by name."""
    return session.scalars(sa.select(Device).order_by(Device.name, Device.id)).all()


def add(session: Session, device: Device) -> None:
    session.add(device)
    session.flush()
