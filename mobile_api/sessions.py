"""One's own sign-ins: on which devices, and ending one that is lost."""

from typing import Any
from uuid import UUID

from backend.kernel.vocabulary import Role
from backend.people.listing_sessions import sessions_of
from backend.people.signing_out import end_own
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.looks import show
from backend.web.sessions import SessionsEndedOut, SessionsOut

bp = Blueprint("sessions", __name__, url_prefix="/v1", description="One's own sign-ins.")


@bp.get("/sessions")
@requires(Role.MEMBER)
@bp.response(200, SessionsOut)
def sessions() -> Any:
    """One's sign-ins, the last used first."""
    return show(sessions_of, principal().id, by=principal(), now=now())


@bp.post("/sessions/<uuid:session_id>/end")
@requires(Role.MEMBER)
@bp.response(200, SessionsEndedOut)
def end(session_id: UUID) -> Any:
    """End one of them: its sockets close, nothing is pushed to its handset, and it cannot even tap."""
    return {"ended": write(end_own, session_id, by=principal(), now=now())}
