"""Take a concern, and what its reporter adds; nothing but sealed things, a day and a random name is written."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store
from backend.concerns.advising import required_keys
from backend.concerns.concern import EntryKind, Stage
from backend.concerns.keys_offered import KeysOffered
from backend.concerns.sealing import Envelope
from backend.kernel.errors import Conflict, Invalid, Unavailable

NOBODY = "No adviser can read a concern here yet."


@dataclass(frozen=True, slots=True)
class Sealed:
    """A concern as it is stored: where its replies go, the key they are sealed to, and its words for the advisers."""

    mailbox: str
    reply_key: bytes
    envelope: Envelope


def in_use(session: Session) -> KeysOffered:
    """The keys a reporter seals to; it may be that no adviser has one."""
    return KeysOffered.of(key_store.active(session), key_store.retired(session))


def offered(session: Session) -> KeysOffered:
    """The same. Raises Unavailable when no adviser has one: then nothing may be lodged."""
    found = in_use(session)
    if not found.advisers:
        raise Unavailable(NOBODY, slug="no-adviser")
    return found


def lodge(session: Session, sealed: Sealed, *, version: str, today: date) -> None:
    """
    Write it down: once, however often the same mailbox is sent.

    Raises Unavailable when no adviser has a key, Conflict when the keys have
    changed since `version`, Invalid when it is sealed to others, or to no adviser.
    """
    keys = offered(session)
    if concern_store.by_mailbox(session, sealed.mailbox) is not None:
        return
    if version != keys.version:
        raise Conflict("The advisers' keys have changed meanwhile: fetch them again and seal once more.")
    _must_be_for(sealed.envelope, keys)
    concern = concern_store.put(session, sealed.mailbox, sealed.reply_key, today=today)
    concern_store.enter(session, concern.id, EntryKind.LODGED, sealed.envelope, today=today)


def add(session: Session, mailbox: str, envelope: Envelope, *, today: date) -> None:
    """
    Add to what this mailbox belongs to; one that is nobody's is passed over in silence.

    Copies for others than those who may read it are left out; with none for any
    of these, the words would be lost: Invalid.
    """
    found = concern_store.by_mailbox(session, mailbox)
    # Whoever is assigning it meanwhile must not leave a copy for somebody it was just taken from; nor may words go to
    # what somebody else closes or destroys meanwhile.
    concern = concern_store.locked(session, found.id) if found is not None else None
    if concern is None or concern.mailbox_until < today or concern.stage == Stage.CLOSED.value:
        return
    # A key taken since opens nothing of before, and must open this: its holder may not have the old half much longer.
    readers = concern_store.holders(session, concern.id) | set(required_keys(session, concern))
    kept = {key_id: copy for key_id, copy in envelope.copies.items() if key_id in readers}
    if not kept:
        raise Invalid("Who reads this concern has changed meanwhile: read the mailbox again and seal once more.")
    concern_store.enter(session, concern.id, EntryKind.ADDED, Envelope(envelope.box, kept), today=today)
    concern.word_came(today)


def _must_be_for(envelope: Envelope, keys: KeysOffered) -> None:
    given = set(envelope.copies)
    known = {one.key_id for one in keys.keys}
    if given - known:
        raise Invalid("It is sealed to a key that is nobody's here.")
    if not given & {one.key_id for one in keys.advisers}:
        raise Invalid("It is sealed to no adviser: nobody could read it.")
    if keys.struck_out(known - given) & keys.struck_out(given):
        raise Invalid("It is sealed to one key of an adviser and not to another: leave out all of theirs, or none.")
    if {one.key_id for one in keys.recovery} - given:
        raise Invalid("It is not sealed to the recovery key: leave an adviser out by name, not that one.")
