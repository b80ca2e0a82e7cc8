"""The door to what came of a broadcast: how far it got, and who has said nothing."""

from typing import Any
from uuid import UUID

from backend.answers import tallying
from backend.console.tally_schemas import TallyOut, UnaccountedIn, UnaccountedOut
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read
from backend.web.looks import show

bp = Blueprint("console_tallies", __name__, url_prefix="/console/api", description="What came of a broadcast.")


@bp.get("/broadcasts/<uuid:broadcast_id>/tally")
@requires(Role.CONTROLLER)
@bp.response(200, TallyOut)
def tally(broadcast_id: UUID) -> Any:
    """Everybody it is for, each in exactly one state, by zone and by site; and what is still on an older version."""
    return read(tallying.tally, broadcast_id, by=principal(), now=now())


@bp.get("/broadcasts/<uuid:broadcast_id>/unaccounted")
@requires(Role.CONTROLLER)
@bp.arguments(UnaccountedIn, location="query")
@bp.response(200, UnaccountedOut)
def unaccounted(query: dict[str, Any], broadcast_id: UUID) -> Any:
    """Who has said nothing; every page that is shown is a line in the audit log."""
    page = {"after": query["cursor"], "most": query["limit"]}
    return show(tallying.unaccounted, broadcast_id, **page, by=principal(), now=now())
