"""A person describes themself: what those who come when they press shall know, and nobody else."""

import unicodedata
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.campus.numbers import home_country
from backend.kernel import audit
from backend.kernel.errors import FieldFault, Invalid, Unauthenticated, Unavailable
from backend.people import people_store, photo, profile_store
from backend.people.account import Account, Principal
from backend.people.profile import PIECES, Contact, Profile, Told, packed, unpacked
from backend.people.roster_line import telephone
from backend.people.sealed import Unreadable, keyring_of, seal, unseal

#: Told in the place of a piece that is there and does not open: nobody shall take it for "nothing to know".
CANNOT_BE_OPENED = "This cannot be opened just now. Something may stand here."


def with_clean_photo(told: Told) -> Told:
    """The photo as it is kept. Slow: never on the hub, never in a transaction. Raises Invalid."""
    return replace(told, cleaned_photo=photo.cleaned(told.photo)) if told.photo is not None else told


def mine(session: Session, *, by: Principal) -> dict[str, Any]:
    """One's own profile."""
    account = people_store.by_id(session, by.id)
    if account is None:
        raise Unauthenticated("Sign in again.")
    return described(session, account)


def change(session: Session, told: Told, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    Keep what is told, and show the profile as it then is.

    What is not named stays as it is: a page that knows one field, or an older
    app, must not take away a medical note it never showed. Raises Invalid
    naming each field, and Unavailable when it could not be sealed.
    """
    account = people_store.lock(session, by.id)
    told = _read(told, campus_store.newest(session))
    if "mobile" in told.named:
        account.mobile = told.mobile
    if "language" in told.named and told.language is not None:
        account.language = told.language
    if told.named.intersection(PIECES):
        _seal(session, told, about=by.id, now=now)
    audit.record(session, "profile.changed", actor=by.id, about="profile", about_id=by.id, at=now)
    return described(session, account)


def described(session: Session, account: Account) -> dict[str, Any]:
    """
    A profile as whoever may read it sees it.

    A piece whose key is lost does not take the others with it: `unavailable`
    names it, so that nothing is taken for "nothing to know".
    """
    profile = profile_store.of_person(session, account.id)
    opened = {name: _opened(session, profile, name) for name in PIECES} if profile else {}
    closed = [name for name, (readable, _) in opened.items() if not readable]
    content = {name: content for name, (_, content) in opened.items()}
    return {
        "photo": content.get("photo"),
        "mobile": account.mobile,
        "language": account.language,
        "medical_notes": content.get("medical_notes"),
        "evacuation_plan": content.get("evacuation_plan"),
        "emergency_contacts": content.get("emergency_contacts") or [],
        "changed_at": profile.changed_at if profile else None,
        "unavailable": [{"field": name, "message": CANNOT_BE_OPENED} for name in closed],
    }


def forget_profile(session: Session, account_id: UUID, *, by: UUID | None, now: datetime) -> bool:
    """Remove what a person had sealed; whether there was anything. The account is left as it is."""
    gone = profile_store.forget(session, account_id)
    if gone:
        audit.record(session, "profile.forgotten", actor=by, about="profile", about_id=account_id, at=now)
    return gone


def _read(told: Told, campus: Campus) -> Told:
    """The same in the form in which it is kept. Raises Invalid naming every field that cannot be."""
    faults: list[FieldFault] = []
    region = home_country(campus)

    def number(field: str, text: str | None, *, missing: str | None = None) -> str | None:
        try:
            found = telephone(text or "", region)
        except ValueError as fault:
            faults.append(FieldFault(field, str(fault)))
            return None
        if found is None and missing is not None:
            faults.append(FieldFault(field, missing))
        return found

    mobile = number("mobile", told.mobile)
    if told.language is not None and told.language not in campus.languages:
        faults.append(FieldFault("language", f"Is none of the languages {', '.join(campus.languages)}."))
    contacts = []
    for place, one in enumerate(told.emergency_contacts):
        where = f"emergency_contacts.{place}"
        name = _words(one.name)
        if name is None:
            faults.append(FieldFault(f"{where}.name", "Say who this is."))
        reached = number(f"{where}.number", one.number, missing="Say which number reaches them.")
        contacts.append(Contact(name or "", reached or "", _words(one.relation)))
    if faults:
        raise Invalid("Some of this cannot be kept.", faults)
    return replace(
        told,
        mobile=mobile,
        medical_notes=_words(told.medical_notes),
        evacuation_plan=_words(told.evacuation_plan),
        emergency_contacts=tuple(contacts),
    )


def _seal(session: Session, told: Told, *, about: UUID, now: datetime) -> None:
    ring = keyring_of(session)
    profile = profile_store.of_person(session, about)
    named = told.named if profile else told.named.union(PIECES)
    pieces: dict[str, bytes] = {
        "medical_notes": packed(told.medical_notes),
        "evacuation_plan": packed(told.evacuation_plan),
        "emergency_contacts": packed([asdict(one) for one in told.emergency_contacts]),
    }
    sealed: dict[str, bytes | None] = {
        name: seal(ring, plain, about=about, what=name) for name, plain in pieces.items() if name in named
    }
    if "photo" in named and not (profile and told.photo and _opened(session, profile, "photo") == (True, told.photo)):
        # A phone that sends back the photo it got changes nothing: written anew again and again, a face would wear out.
        kept = told.cleaned_photo
        sealed["photo"] = seal(ring, kept, about=about, what="photo") if kept else None
    if profile is None:
        profile_store.add(session, Profile(account_id=about, changed_at=now, **sealed))
        return
    for name, piece in sealed.items():
        setattr(profile, name, piece)
    profile.changed_at = now


def _opened(session: Session, profile: Profile, name: str) -> tuple[bool, Any]:
    """Whether a piece can be read, and what it holds."""
    piece: bytes | None = getattr(profile, name)
    if piece is None:
        return True, None
    try:
        plain = unseal(keyring_of(session), piece, about=profile.account_id, what=name)
    except (Unreadable, Unavailable):
        return False, None
    return True, plain if name == "photo" else unpacked(plain)


def _words(text: str | None) -> str | None:
    """Without blanks around it, in one spelling of each letter; nothing is None."""
    return unicodedata.normalize("NFC", text.strip()) or None if text is not None else None
