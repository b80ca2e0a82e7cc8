"""A profile: what a person wants those to know who come when they press, each piece sealed by itself."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant

#: The sealed columns. Mobile and language are no secret among those who work here: the account has them.
PIECES = ("medical_notes", "evacuation_plan", "emergency_contacts", "photo")

#: The longest of each, in characters, and how many people can be named.
NOTES, PLAN, NAME, RELATION, CONTACTS = 2000, 4000, 120, 60, 5

#: Words are filled up with blanks to a multiple of so many bytes: how long a medical note is says something too.
GRAIN = 512


class Profile(Base):
    """
    One person's; the bytes are what `sealed` makes, about this person and under the column's own name.

    Who has said nothing of a piece has a sealed nothing there; only without a photo there are no bytes.
    """

    __tablename__ = "profiles"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    medical_notes: Mapped[bytes] = mapped_column(sa.LargeBinary)
    evacuation_plan: Mapped[bytes] = mapped_column(sa.LargeBinary)
    emergency_contacts: Mapped[bytes] = mapped_column(sa.LargeBinary)
    photo: Mapped[bytes | None] = mapped_column(sa.LargeBinary)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ring for a person; the number is E.164."""

    name: str
    number: str
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """
    What a person says of themself: of what is not `named` they say nothing, and None takes away.

    `photo` is the file as it was sent, `cleaned_photo` what is kept of it.
    """

    named: frozenset[str]
    mobile: str | None = None
    language: str | None = None
    medical_notes: str | None = None
    evacuation_plan: str | None = None
    emergency_contacts: tuple[Contact, ...] = ()
    photo: bytes | None = None
    cleaned_photo: bytes | None = None


def packed(content: Any) -> bytes:
    """Words as they are sealed."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return plain.ljust(-(-len(plain) // GRAIN) * GRAIN)


def unpacked(plain: bytes) -> Any:
    """What was packed."""
    return json.loads(plain)
