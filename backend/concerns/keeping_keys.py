"""Advisers' keys come and go: only public halves are here, and nobody but their holder has the others."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.adviser import Adviser, SealingKey
from backend.concerns.sealing import is_usable, key_id_of
from backend.kernel import audit
from backend.kernel.errors import Conflict, Invalid, NotFound


def register(
    session: Session,
    adviser_id: UUID,
    name: str,
    public_key: bytes,
    *,
    beside: bool = False,
    by: UUID | None,
    today: date,
    now: datetime,
) -> SealingKey:
    """
    From now on concerns are sealed to this key too, and reporters are told `name`.

    It replaces those in use (`beside` keeps them, for a second device): they
    are retired and open what they hold. The same key again is the same. Raises
    Invalid for what is no X25519 key, Conflict for one that was somebody's.
    """
    key_id = _usable(public_key)
    known = key_store.key(session, key_id)
    if known is not None and (known.adviser_id != adviser_id or known.retired_on is not None):
        raise Conflict("This key has been used here before: make a new one.", slug="key-known")
    key_store.put_adviser(session, adviser_id, name)
    in_use = key_store.keys_of(session, [adviser_id])
    if not beside:
        key_store.retire(session, [one for one in in_use if one.id != key_id], today=today)
    if known is not None:
        return known
    audit.record(
        session, "concern.key_registered", actor=by, about="adviser", about_id=adviser_id, at=now, key_id=key_id
    )
    return key_store.put(session, key_id, public_key, adviser_id=adviser_id, today=today)


def retire_own(session: Session, key_id: str, *, by: UUID, today: date, now: datetime) -> SealingKey:
    """No reporter is told of it any more; what it holds, it opens. Raises NotFound for what is not one's own."""
    key = key_store.key(session, key_id)
    if key is None or key.adviser_id != by:
        raise NotFound("This is no key of yours.")
    if key.retired_on is None:
        key_store.retire(session, [key], today=today)
        audit.record(session, "concern.key_retired", actor=by, about="adviser", about_id=by, at=now, key_id=key_id)
    return key


def set_recovery(session: Session, public_key: bytes, *, now: datetime) -> SealingKey:
    """
    From now on every concern is sealed to this key as well, whoever is struck out.

    What was lodged before opens with the halves of the key before it: keep those.
    """
    key_id = _usable(public_key)
    before = key_store.recovery(session)
    if before is not None and before.id == key_id:
        return before
    if key_store.key(session, key_id) is not None:
        raise Conflict("This key has been used here before: make a new one.", slug="key-known")
    if before is not None:
        key_store.retire(session, [before], today=now.date())
    audit.record(
        session, "concern.recovery_key_set", actor=None, about="concern_key", about_id=key_id, at=now, key_id=key_id
    )
    return key_store.put(session, key_id, public_key, adviser_id=None, today=now.date())


def retire_of(session: Session, adviser_id: UUID, *, by: UUID | None, today: date, now: datetime) -> None:
    """
    Who is no adviser any more: keys retired, copies destroyed, places vacant; nothing to do is no fault.

    A copy without which nobody could open an entry stays: it is of use to
    nobody without the role, and to its holder if the role comes back.
    """
    adviser = key_store.adviser(session, adviser_id)
    if adviser is None:
        return
    keys = key_store.all_keys_of(session, adviser_id)
    in_use = [one for one in keys if one.retired_on is None]
    # First the keys: whoever is giving copies to one of them has done so then, or does not any more.
    key_store.retire(session, in_use, today=today)
    places = place_store.places_of(session, adviser_id)
    concern_store.destroy_copies_of(session, [one.id for one in keys])
    for concern_id in places:
        place_store.vacate(session, concern_id, adviser_id)
        audit.record(
            session,
            "concern.place_vacated",
            actor=by,
            about="concern",
            about_id=concern_id,
            at=now,
            adviser_id=str(adviser_id),
        )
    if in_use:
        audit.record(session, "concern.keys_retired", actor=by, about="adviser", about_id=adviser_id, at=now)


def rename(session: Session, adviser_id: UUID, name: str) -> None:
    """Reporters strike out by name: it is the one colleagues know."""
    adviser = key_store.adviser(session, adviser_id)
    if adviser is not None:
        adviser.name = name


def erase(session: Session, adviser_id: UUID, *, by: UUID | None, today: date, now: datetime) -> None:
    """The same, and nothing here tells their name, faculty or leave any more."""
    retire_of(session, adviser_id, by=by, today=today, now=now)
    adviser: Adviser | None = key_store.adviser(session, adviser_id)
    if adviser is not None:
        key_store.forget(session, adviser)


def _usable(public_key: bytes) -> str:
    """Its key id. Raises Invalid for what nothing can be sealed to."""
    if not is_usable(public_key):
        raise Invalid("Nothing can be sealed to this key: send the 32 bytes of an X25519 public key.")
    return key_id_of(public_key)
