"""A sign-in: an opaque token that only its holder knows, and that can be ended at once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant

#: A member's sign-in slides on for this long with every renewal.
GOOD_FOR = timedelta(days=90)

#: For this long after it ran out it can still raise a tap, and nothing else.
TAP_GRACE = timedelta(days=30)

#: How long a request keeps its sender reachable (contract, "Asking"), and how often we write that down.
REACHABLE_FOR = timedelta(minutes=10)
NOTED_EVERY = timedelta(seconds=60)

#: Wrong passwords before an account is slowed, and the longest wait.
FREE_FAILURES = 5
LONGEST_WAIT_S = 300


class SignIn(Base):
    """One device's sign-in; the token itself is never kept, only its SHA-256 (it has 256 bits of its own)."""

    __tablename__ = "sign_ins"
    __table_args__ = (sa.Index("ix_sign_ins_account_id", "account_id"),)

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    installation_id: Mapped[str | None] = mapped_column(sa.String(200))
    stepped_up_until: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def public_id(self) -> UUID:
        """By which others may name this sign-in: it tells neither the token nor what is kept of it."""
        return UUID(bytes=hashlib.sha256(b"sign-in " + self.token_hash.encode()).digest()[:16])

    def stands(self, *, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def can_tap(self, *, now: datetime) -> bool:
        """An expired sign-in still raises a tap: a person in trouble is not asked for a password."""
        return self.revoked_at is None and now < self.expires_at + TAP_GRACE

    def renew(self, *, now: datetime) -> None:
        self.expires_at = max(self.expires_at, now + GOOD_FOR)

    def revoke(self, *, now: datetime) -> None:
        self.revoked_at = self.revoked_at or now


class SignInFailures(Base):
    """
    Wrong passwords for one address, or wrong codes of one person's second factor.

    Whether the address exists or not, so that the two cannot be told apart.
    """

    __tablename__ = "sign_in_failures"

    email_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int] = mapped_column()
    slow_until: Mapped[datetime | None] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)

    def count_one(self, *, now: datetime) -> None:
        """After five free ones each wrong one doubles the wait: 1, 2, 4 … 300 seconds."""
        self.failures += 1
        self.last_at = now
        over = self.failures - FREE_FAILURES
        if over >= 0:
            self.slow_until = now + timedelta(seconds=min(2**over, LONGEST_WAIT_S))


class Invitation(Base):
    """A code by which somebody sets their first password; good once, kept hashed."""

    __tablename__ = "invitations"

    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)


def new_secret() -> str:
    """256 random bits that survive a URL."""
    return secrets.token_urlsafe(32)


def console_hash_of(secret: str) -> str:
    """The same of what the console's cookie holds: as a bearer it is nothing, nor a bearer as a cookie."""
    return hash_of(f"console cookie {secret}")


def hash_of(secret: str) -> str:
    """What we keep of a secret that is random enough not to need salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
