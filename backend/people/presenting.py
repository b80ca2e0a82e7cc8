"""Show a person their own account, and the sign-in they are here by."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.kernel.errors import Unauthenticated
from backend.kernel.vocabulary import DutyState, Role
from backend.people import people_store, responder_store, sign_in_store
from backend.people.account import Principal
from backend.people.losing_targets import warnings_of


def myself(session: Session, *, by: Principal, now: datetime) -> dict[str, Any]:
    """Name, address, roles, and for an officer the duty of this moment and when it ends by itself."""
    account = people_store.by_id(session, by.id)
    if account is None:
        raise Unauthenticated("Sign in again.")
    duty = responder_store.duty_of(session, by.id) if by.has(Role.OFFICER) else None
    on = duty if duty is not None and duty.on(now=now) else None
    return {
        "id": account.id,
        "name": account.name,
        "roles": sorted(by.roles),
        "email": account.email,
        "language": account.language,
        "site": account.site,
        "exercise": account.exercise,
        "duty": (on.state if on else DutyState.OFF_DUTY.value) if by.has(Role.OFFICER) else None,
        "duty_ends_at": on.ends_at if on else None,
        "warnings": warnings_of(session, by.id) if on else [],
    }


def own_sign_in(session: Session, *, by: Principal, now: datetime) -> dict[str, Any]:
    """Whose it is, how long it is good for, and until when it may do what asks for a step-up."""
    sign_in = sign_in_store.get(session, by.token_hash)
    if sign_in is None or not sign_in.stands(now=now):
        raise Unauthenticated("Sign in again.")
    until = sign_in.stepped_up_until
    return {
        "person": {"id": by.id, "name": by.name, "roles": sorted(by.roles)},
        "expires_at": sign_in.expires_at,
        "stepped_up_until": until if until is not None and now < until else None,
    }
