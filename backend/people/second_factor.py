"""A second factor: the secret in somebody's authenticator, and the recovery codes for the day it is lost."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import Role
from backend.people.sign_in import hash_of

#: Mandatory for these (contract, "Roles"), outside a demonstration.
MUST_HAVE_ONE = frozenset({Role.CONTROLLER, Role.ADVISER, Role.PREVENT_LEAD, Role.ADMIN})

#: How long a secret that was begun waits for its first code.
WAITS = timedelta(minutes=15)

#: What both secrets are bound to when they are sealed: the one that waits becomes the other.
SEALED_AS = "totp"

RECOVERY_CODES = 10
#: 32 of them, without those that are misread: 24 letters are 120 bits, so that a plain hash is enough.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH, _GROUP = 24, 4


class SecondFactor(Base):
    """
    One person's, sealed; active from its first right code on.

    A new secret waits beside the old one, which stays good until the new one
    has shown a code: a replacement that is broken off locks nobody out.
    `last_step` is the last half minute whose code was taken.
    """

    __tablename__ = "second_factors"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes | None] = mapped_column()
    since: Mapped[datetime | None] = mapped_column(Instant)
    last_step: Mapped[int | None] = mapped_column(sa.BigInteger)
    waiting: Mapped[bytes | None] = mapped_column()
    waits_until: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def is_active(self) -> bool:
        return self.secret is not None

    def begin(self, sealed: bytes, *, now: datetime) -> None:
        """This secret waits for its first code; one that waited before is forgotten."""
        self.waiting, self.waits_until = sealed, now + WAITS

    def waiting_secret(self, *, now: datetime) -> bytes:
        """What waits, sealed. Raises Conflict when nothing does, or not any more."""
        if self.waiting is None or self.waits_until is None or now >= self.waits_until:
            raise not_begun()
        return self.waiting

    def activate(self, step: int, *, now: datetime) -> None:
        """The secret that waited has shown the code of this half minute; the one before it is worth nothing now."""
        self.secret, self.since, self.last_step = self.waiting_secret(now=now), now, step
        self.waiting = self.waits_until = None

    def take(self, step: int) -> None:
        """The code of this half minute is used up, and those of every earlier one."""
        self.last_step = step


class RecoveryCode(Base):
    """One code for the day the authenticator is lost: kept hashed, good once."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


def not_begun() -> Conflict:
    """Told to whoever shows a first code for which nothing waits that could be opened."""
    return Conflict("Begin again: no second factor waits for its first code.", slug="second-factor-not-begun")


def new_recovery_codes() -> list[str]:
    """Ten, as they are shown once: six groups of four."""
    drawn = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]
    return ["-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP)) for code in drawn]


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code, however it was typed."""
    return hash_of("".join(letter for letter in code.lower() if letter.isalnum()))


def has_to_have_one(roles: frozenset[Role], *, demo: bool) -> bool:
    """Whether somebody with these roles cannot step up without one."""
    return not demo and bool(roles & MUST_HAVE_ONE)
