"""The console's own sign-in: a cookie that a page cannot read, for one shift."""

from typing import Any

from flask import after_this_request

from backend.console.session_schemas import ConsoleSessionOut
from backend.inbox import inbox_store
from backend.inbox.message import Recipient
from backend.kernel.vocabulary import DESK_ROLES, Face, Role
from backend.people import stepping_up
from backend.people.account import Principal
from backend.people.presenting import own_sign_in
from backend.people.signing_in import sign_in_at_console
from backend.people.signing_out import leave_console, sign_out
from backend.web import console_cookie
from backend.web.access import bearer, requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal, read, write
from backend.web.credentials import SignInIn, StepUpIn
from backend.web.own_password import SLOWED, check_own_password, right_code, whose_password

bp = Blueprint("console_sessions", __name__, url_prefix="/console/api", description="Signing in at the console.")

NOT_HERE = "Nothing to do at the console: `no-console-role`. Or another site's page has sent it: `csrf`."
REFUSED = "`wrong-password`, `wrong-code`, `second-factor-needed`, or sent without this sign-in's token: `csrf`."


@bp.post("/sign-in")
@bp.arguments(SignInIn)
@bp.response(200, ConsoleSessionOut)
@bp.alt_response(401, description="The address and the password do not go together.")
@bp.alt_response(403, description=NOT_HERE)
@bp.alt_response(429, description="Too many wrong passwords for this address; Retry-After says how long.")
def enter(body: dict[str, str]) -> Any:
    """Sign in for one shift: the answer sets the cookie, and ends the sign-in that this browser had."""
    console_cookie.refuse_foreign()
    account_id = whose_password(body["email"], body["password"])
    welcome = write(sign_in_at_console, account_id, instead_of=console_cookie.presented(), now=now())
    after_this_request(lambda response: console_cookie.hand_out(response, welcome.token))
    return _by_cookie(welcome.person)


@bp.get("/session")
@requires(*DESK_ROLES)
@bp.response(200, ConsoleSessionOut)
def session() -> Any:
    """Who is signed in here; a page asks this first."""
    return _shown()


@bp.post("/sign-out")
@requires(Role.MEMBER)
@bp.response(204)
def leave() -> None:
    """End this sign-in: its sockets close, and the cookie is good for nothing. A bearer ends as at the phone's door."""
    write(sign_out if bearer() else leave_console, by=principal(), now=now())
    after_this_request(console_cookie.take_back)


@bp.post("/step-up")
@requires(*DESK_ROLES)
@bp.arguments(StepUpIn)
@bp.response(200, ConsoleSessionOut)
@bp.alt_response(403, description=REFUSED)
@bp.alt_response(429, description=SLOWED)
def step_up(body: dict[str, Any]) -> Any:
    """Give the password again: for fifteen minutes this sign-in may do what asks for that."""
    check_own_password(body["password"])
    right_code(write(stepping_up.step_up, body["code"], demo=context().demo, by=principal(), now=now()))
    return _shown()


def _shown() -> dict[str, Any]:
    return {**_by_cookie(principal()), "csrf": None} if bearer() else _by_cookie(principal())


def _by_cookie(person: Principal) -> dict[str, Any]:
    known = read(own_sign_in, by=person, now=now())
    reached = read(inbox_store.last_seq, Recipient(person.id, Face.CONSOLE))
    return {**known, "csrf": console_cookie.csrf_of(person), "demo": context().demo, "last_seq": reached}
