"""Invite somebody who is on the roster to set a password."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.errors import NotFound
from backend.people import people_store, sign_in_store
from backend.people.sign_in import Invitation, hash_of, new_secret

#: An invitation that was not accepted by then is worth nothing.
GOOD_FOR = timedelta(days=14)


def invite(session: Session, email: str, *, by: UUID | None, now: datetime) -> str:
    """A code for the person at this address, shown once and kept hashed. Raises NotFound for an unknown address."""
    account = people_store.by_email(session, email)
    if account is None:
        raise NotFound(f"Nobody here has the address {email}.")
    code = new_secret()
    invitation = Invitation(code_hash=hash_of(code), account_id=account.id, expires_at=now + GOOD_FOR)
    sign_in_store.add_invitation(session, invitation)
    audit.record(session, "invitation.made", actor=by, about="account", about_id=account.id, at=now)
    return code
