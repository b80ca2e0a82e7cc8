"""Set one's PINs, change them, or do without."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.people import people_store, pin_store
from backend.people.account import Principal
from backend.people.pin import PinPair, PinRow


def pins_of(session: Session, account_id: UUID) -> PinPair | None:
    """
    What a typed PIN is held against; None when this person has set none.

    A PIN that is changed between this look and the use of its verdict was
    changed in the same moment: either order of the two would have been fair.
    """
    row = pin_store.of_person(session, account_id)
    return PinPair(row.cancel_hash, row.duress_hash) if row else None


def set_pins(session: Session, pair: PinPair | None, *, by: Principal, now: datetime) -> None:
    """
    These from now on, or none: then calling off needs no PIN again.

    The door has checked the password. Nobody is told, on no channel; the log
    has a line that does not say how many PINs there are.
    """
    people_store.lock(session, by.id)
    row = pin_store.of_person(session, by.id)
    if pair is None:
        if row is not None:
            pin_store.remove(session, row)
    elif row is None:
        pin_store.add(
            session,
            PinRow(account_id=by.id, cancel_hash=pair.cancel_hash, duress_hash=pair.duress_hash, set_at=now),
        )
    else:
        row.cancel_hash, row.duress_hash, row.set_at = pair.cancel_hash, pair.duress_hash, now
    action = "pins.set" if pair else "pins.removed"
    audit.record(session, action, actor=by.id, about="account", about_id=by.id, at=now)
