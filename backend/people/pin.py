"""A person's two PINs: one that ends what they began, and one that only looks as if it did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.people.passwords import hash_secret, matches
from backend.people.verdict import Verdict


class PinRow(Base):
    """Both or none: nobody can have a cancel PIN without a duress PIN beside it, so having the one tells nothing."""

    __tablename__ = "pins"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    cancel_hash: Mapped[str] = mapped_column(sa.String(120))
    duress_hash: Mapped[str] = mapped_column(sa.String(120))
    set_at: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class PinPair:
    """The argon2 hashes of both, to be computed with away from the database."""

    cancel_hash: str
    duress_hash: str


def hash_pins(cancel_pin: str, duress_pin: str) -> PinPair:
    """Slow on purpose, twice: never on the hub, never in a transaction."""
    return PinPair(hash_secret(cancel_pin), hash_secret(duress_pin))


def judge(pair: PinPair | None, given: str | None) -> Verdict:
    """
    What the PIN that was typed is worth. Slow on purpose, and equally slow whatever was typed.

    Both hashes are always computed with: otherwise the time would tell the
    cancel PIN from the duress PIN, and either from a wrong one.
    """
    if pair is None:
        return Verdict.FREE
    if not given:
        return Verdict.MISSING
    cancels, under_duress = matches(pair.cancel_hash, given), matches(pair.duress_hash, given)
    if under_duress:
        return Verdict.DURESS
    return Verdict.RIGHT if cancels else Verdict.WRONG
