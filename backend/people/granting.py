"""Grant and take roles; what somebody may no longer do ends at once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import keeping_keys
from backend.kernel import audit, outbox
from backend.kernel.errors import Forbidden
from backend.kernel.events import SignedOut
from backend.kernel.vocabulary import CONCERN_ROLES, Role
from backend.people import people_store
from backend.people.account import Principal
from backend.people.connecting import HEARD_LIVE
from backend.people.going_on_duty import leave_duty
from backend.people.signing_out import reached


def set_roles(
    session: Session, person_id: UUID, roles: Collection[Role], *, by: Principal, now: datetime
) -> frozenset[Role]:
    """
    Exactly these roles from now on; the same again changes nothing.

    Sign-ins stand. Raises Forbidden for oneself (role table: "never oneself":
    so there is always an admin left), NotFound for nobody.
    """
    account = reached(session, person_id, by)
    if person_id == by.id:
        raise Forbidden("Another admin changes your roles.")
    people_store.take_turns(session, person_id)
    had, has = people_store.roles_of(session, account.id), frozenset(roles) | {Role.MEMBER}
    if had != has:
        people_store.set_roles(session, account.id, has)
        facts = told(gained=has - had, lost=had - has)
        audit.record(session, "roles.changed", actor=by.id, about="account", about_id=account.id, at=now, **facts)
        take_effect(session, account.id, had - has, now=now)
    return has


def take_effect(session: Session, account_id: UUID, lost: Collection[Role], *, now: datetime) -> None:
    """
    What is open with a role that was taken must close, and who is no officer any more is on no duty.

    Who is no adviser any more reads no concern: their keys are retired and their copies destroyed.
    """
    if Role.OFFICER in lost:
        leave_duty(session, account_id, now=now)
    if HEARD_LIVE.intersection(lost):
        outbox.keep(session, SignedOut(account_id), at=now)
    if CONCERN_ROLES.intersection(lost) and not CONCERN_ROLES & people_store.roles_of(session, account_id):
        keeping_keys.retire_of(session, account_id, by=None, today=now.date(), now=now)


def told(**roles: frozenset[Role]) -> dict[str, str | int | bool | None]:
    """Roles are words of the vocabulary and the one thing about a person that the log tells."""
    return {name: ",".join(sorted(some)) for name, some in roles.items() if some}
