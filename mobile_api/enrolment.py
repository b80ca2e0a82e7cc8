"""Signing in and out, one's own account, and the handset one carries."""

from typing import Any

from backend.kernel.vocabulary import Role
from backend.people import signing_in
from backend.people.enrolling import HandsetReport, enrol
from backend.people.passwords import hash_password
from backend.people.presenting import myself
from backend.people.signing_in import Welcome
from backend.people.signing_out import sign_out
from backend.web.access import bearer, requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal, read, write
from backend.web.credentials import SignInIn
from backend.web.own_password import REFUSED, SLOWED, check_own_password, whose_password
from mobile_api.people_schemas import (
    HandsetIn,
    HandsetOut,
    InvitationIn,
    MeOut,
    PasswordIn,
    WelcomeOut,
)

bp = Blueprint("enrolment", __name__, url_prefix="/v1", description="Who one is, and on which handset.")


@bp.post("/sign-in")
@bp.arguments(SignInIn)
@bp.response(200, WelcomeOut)
@bp.alt_response(429, description="Too many wrong passwords for this address; Retry-After says how long.")
def sign_in(body: dict[str, str]) -> Any:
    """Sign in with an address and a password."""
    account_id = whose_password(body["email"], body["password"])
    return _welcome(write(signing_in.sign_in, account_id, now=now()))


@bp.post("/renew")
@requires(Role.MEMBER)
@bp.response(200, WelcomeOut)
def renew() -> Any:
    """Slide the sign-in on for another ninety days."""
    return _welcome(write(signing_in.renew, bearer() or "", by=principal(), now=now()))


@bp.post("/sign-out")
@requires(Role.MEMBER)
@bp.response(204)
def leave() -> None:
    """End this sign-in, one's duty, and everything that is pushed to this handset."""
    write(sign_out, by=principal(), now=now())


@bp.post("/invitations/accept")
@bp.arguments(InvitationIn)
@bp.response(200, WelcomeOut)
def accept_invitation(body: dict[str, str]) -> Any:
    """Choose the first password and sign in."""
    hashed = context().hashing.call(lambda: hash_password(body["password"]))
    return _welcome(write(signing_in.accept_invitation, body["code"], hashed, now=now()))


@bp.get("/me")
@requires(Role.MEMBER)
@bp.response(200, MeOut)
def me() -> Any:
    """One's own account."""
    return read(myself, by=principal(), now=now())


@bp.put("/password")
@requires(Role.MEMBER)
@bp.arguments(PasswordIn)
@bp.response(204)
@bp.alt_response(403, description=REFUSED)
@bp.alt_response(429, description=SLOWED)
def change_password(body: dict[str, str]) -> None:
    """A new password; every other sign-in of this person ends."""
    check_own_password(body["password"])
    hashed = context().hashing.call(lambda: hash_password(body["new_password"]))
    write(signing_in.change_password, hashed, by=principal(), now=now())


@bp.put("/handset")
@requires(Role.MEMBER)
@bp.arguments(HandsetIn)
@bp.response(200, HandsetOut)
def handset(body: dict[str, Any]) -> Any:
    """What this handset is and where it can be pushed to."""
    push = body.pop("push") or {}
    report = HandsetReport(push_kind=push.get("kind"), push_value=push.get("value"), **body)
    known = write(enrol, report, by=principal(), now=now())
    return {
        "installation_id": known.installation_id,
        "platform": known.platform,
        "pushable": known.pushable,
        "seen_at": known.seen_at,
    }


def _welcome(welcome: Welcome) -> dict[str, Any]:
    person = welcome.person
    return {
        "access_token": welcome.token,
        "expires_at": welcome.expires_at,
        "person": {"id": person.id, "name": person.name, "roles": sorted(person.roles)},
    }
