"""An account: who somebody is to this institution, and what they may do."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.vocabulary import CONSOLE_ROLES, Role


class Account(Base):
    """
    One person. `exercise` people play drills: their cases never meet real officers.

    `left_at` is when it was noticed that the account is no longer `active`: its days are counted from then.
    """

    __tablename__ = "accounts"
    __table_args__ = (sa.Index("ix_accounts_mobile", "mobile"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    mobile: Mapped[str | None] = mapped_column(sa.String(20))
    language: Mapped[str] = mapped_column(sa.String(10), default="en")
    site: Mapped[str | None] = mapped_column(sa.String(80))
    building: Mapped[str | None] = mapped_column(sa.String(80))
    away_country: Mapped[str | None] = mapped_column(sa.String(2))
    away_until: Mapped[date | None] = mapped_column()
    recall: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    exercise: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    active: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(120))
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class RoleRow(Base):
    """A role an account was given; being a member needs no row."""

    __tablename__ = "roles"
    # Every message for the control room asks who is in it.
    __table_args__ = (sa.Index("ix_roles_role", "role"),)

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(20), primary_key=True)


class TeamRow(Base):
    """A team an account is in; teams themselves are configuration."""

    __tablename__ = "team_members"
    __table_args__ = (sa.Index("ix_team_members_team_id", "team_id"),)

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)


class SkillRow(Base):
    """A certificate and the last day on which it is good; no day means it does not run out."""

    __tablename__ = "skills"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    skill: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    expires_on: Mapped[date | None] = mapped_column()


@dataclass(frozen=True, slots=True)
class Principal:
    """
    The person behind a request, as every use case sees them.

    `token_hash` names the sign-in it came by, `used_at` when it last was noted
    to be used, `stepped_up_until` how long its password is fresh; `expired_at`
    is set only where an expired sign-in is still good (a tap).
    """

    id: UUID
    name: str
    roles: frozenset[Role]
    exercise: bool
    token_hash: str
    installation_id: str | None = None
    used_at: datetime | None = None
    expired_at: datetime | None = None
    stepped_up_until: datetime | None = None

    def has(self, *roles: Role) -> bool:
        """Whether the person has any of these roles; everybody is a member."""
        return Role.MEMBER in roles or bool(self.roles.intersection(roles))

    def stepped_up(self, *, now: datetime) -> bool:
        """Whether the password, and the code where there is one, was given again a short while ago."""
        return self.stepped_up_until is not None and now < self.stepped_up_until

    @property
    def may_watch_console(self) -> bool:
        return bool(self.roles & CONSOLE_ROLES)
