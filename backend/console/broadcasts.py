"""The control room's door to broadcasts: draft, look how far it gets, issue, go on, and end it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.broadcasts import drafting, ending, issuing, showing
from backend.broadcasts.sketch import Sketch, SketchedUpdate
from backend.broadcasts.updating import update as go_on
from backend.console.broadcast_schemas import ChangeIn, ClearIn, ConfirmIn, DraftIn, NextWordIn, ThreadsIn
from backend.console.broadcast_shown_schemas import ThreadOut, ThreadsOut
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.looks import show

bp = Blueprint("console_broadcasts", __name__, url_prefix="/console/api", description="Warn everybody it concerns.")

AT = "/broadcasts/<uuid:broadcast_id>"
REFUSED = "broadcast-refused: `errors` name each fault, `faults` their stable names."
WAITS = "Free text: a second person is asked."
OVER = "broadcast-over, or broadcast-not-in-force."


@bp.get("/broadcasts")
@requires(Role.CONTROLLER)
@bp.arguments(ThreadsIn, location="query")
@bp.response(200, ThreadsOut)
def broadcasts(query: dict[str, Any]) -> Any:
    """This control room's broadcasts, the newest first: drafts, those in force, those that are over."""
    asked = {"is_open": query["open"], "before": query["cursor"], "most": query["limit"]}
    return show(showing.listed, **asked, by=principal(), now=now())


@bp.post("/broadcasts")
@requires(Role.CONTROLLER)
@bp.arguments(DraftIn)
@bp.response(201, ThreadOut)
def draft(sketch: Sketch) -> Any:
    """Write a draft down: nothing goes out. The answer says what is wrong with it and how far it would get."""
    return _as_it_is(write(drafting.draft, sketch, by=principal(), now=now()).id)


@bp.get(AT)
@requires(Role.CONTROLLER)
@bp.response(200, ThreadOut)
def broadcast(broadcast_id: UUID) -> Any:
    """One thread whole; overdue, it proposes to say that nothing has changed."""
    return _as_it_is(broadcast_id)


@bp.put(AT)
@requires(Role.CONTROLLER)
@bp.arguments(ChangeIn)
@bp.response(200, ThreadOut)
@bp.alt_response(409, description="broadcast-issued: it is no draft any more; broadcast-proposed; or draft-changed.")
def change(body: tuple[Sketch, datetime | None], broadcast_id: UUID) -> Any:
    """The draft anew; what a second person was asked about it before is void."""
    sketch, over = body
    return _as_it_is(write(drafting.change, broadcast_id, sketch, over=over, by=principal(), now=now()).id)


@bp.delete(AT)
@requires(Role.CONTROLLER)
@bp.response(204)
@bp.alt_response(409, description="broadcast-issued: retract it instead.")
def drop(broadcast_id: UUID) -> None:
    """Drop a draft or a proposal."""
    write(drafting.drop, broadcast_id, by=principal(), now=now())


@bp.post(f"{AT}/issue")
@requires(Role.CONTROLLER)
@bp.response(200, ThreadOut, description="It is out.")
@bp.alt_response(202, schema=ThreadOut, description=WAITS)
@bp.alt_response(409, description="broadcast-issued, broadcast-proposed, not-the-author, or approval-waits.")
@bp.alt_response(422, description=REFUSED)
def issue(broadcast_id: UUID) -> Any:
    """Send it: a template at once, free text when a second person has confirmed it."""
    issued = write(issuing.issue, broadcast_id, by=principal(), now=now())
    return _as_it_is(broadcast_id), 202 if issued.waits else 200


@bp.post(f"{AT}/confirm")
@requires(Role.CONTROLLER, step_up=True)
@bp.arguments(ConfirmIn)
@bp.response(200, ThreadOut)
@bp.alt_response(403, description="second-person-needed: not who wrote it; step-up-needed.")
@bp.alt_response(409, description="issue-not-asked, approval-changed, or approval-expired.")
@bp.alt_response(422, description=REFUSED)
def confirm(body: dict[str, Any], broadcast_id: UUID) -> Any:
    """Agree as the second person to the words that wait: they go out at once."""
    return _as_it_is(write(issuing.confirm, broadcast_id, body["digest"], by=principal(), now=now()).id)


@bp.post(f"{AT}/update")
@requires(Role.CONTROLLER)
@bp.arguments(NextWordIn)
@bp.response(200, ThreadOut, description="It is out.")
@bp.alt_response(202, schema=ThreadOut, description=WAITS)
@bp.alt_response(409, description=OVER)
@bp.alt_response(422, description=REFUSED)
def update(wanted: SketchedUpdate, broadcast_id: UUID) -> Any:
    """The next word on the thread; `no_change` and a template's words are one press."""
    issued = write(go_on, broadcast_id, wanted, by=principal(), now=now())
    return _as_it_is(broadcast_id), 202 if issued.waits else 200


@bp.post(f"{AT}/clear")
@requires(Role.CONTROLLER)
@bp.arguments(ClearIn)
@bp.response(200, ThreadOut)
@bp.alt_response(409, description=OVER)
def clear(body: dict[str, Any], broadcast_id: UUID) -> Any:
    """All clear, in the campus's own words: one press."""
    template, values = body["template"], body["values"]
    return _as_it_is(write(ending.clear, broadcast_id, template, values, by=principal(), now=now()).id)


@bp.post(f"{AT}/retract")
@requires(Role.CONTROLLER)
@bp.response(200, ThreadOut)
@bp.alt_response(409, description=OVER)
def retract(broadcast_id: UUID) -> Any:
    """It was sent in error, and everybody is told so: one press."""
    return _as_it_is(write(ending.retract, broadcast_id, by=principal(), now=now()).id)


def _as_it_is(broadcast_id: UUID) -> Any:
    """Also after one's own deed: a forecast names people."""
    return show(showing.whole, broadcast_id, by=principal(), now=now())
