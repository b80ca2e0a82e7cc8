"""Profiles, in rows."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.people.profile import Profile


def of_person(session: Session, account_id: UUID) -> Profile | None:
    return session.get(Profile, account_id)


def add(session: Session, profile: Profile) -> None:
    session.add(profile)


def forget(session: Session, account_id: UUID) -> bool:
    """Remove it; whether there was one."""
    gone = session.execute(sa.delete(Profile).where(Profile.account_id == account_id).returning(Profile.account_id))
    return gone.first() is not None
