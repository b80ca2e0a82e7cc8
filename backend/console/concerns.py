"""The advisers' door to concerns: read what one holds a copy of, take it on as two, hand it over, stand aside."""

from typing import Any
from uuid import UUID

from backend.concerns.assigning import assign
from backend.concerns.handing_over import hand_over
from backend.concerns.recusing import recuse
from backend.concerns.restoring import left_behind, restore
from backend.concerns.sharing import share
from backend.console.concern_desk import ADVISING, API, at_the_desk, leads, listed, opened
from backend.console.concern_schemas import (
    AssignTwoIn,
    ConcernsIn,
    ConcernsOut,
    HandOverIn,
    LeftBehindOut,
    OpenedOut,
    ShareIn,
)
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, read, write
from backend.web.looks import show

bp = Blueprint("console_concerns", __name__, url_prefix=API, description="Anonymous concerns, for Local Advisers.")


@bp.get("")
@requires(*ADVISING)
@bp.arguments(ConcernsIn, location="query")
@bp.response(200, ConcernsOut)
def concerns(query: dict[str, Any]) -> Any:
    """The concerns one may open: waiting ones, one's own, and those with a vacant place; none that came today."""
    asked = {"is_open": query["open"], "after": query["cursor"], "most": query["limit"]}
    return show(listed, **asked, **at_the_desk())


@bp.get("/left-behind")
@requires(Role.PREVENT_LEAD)
@bp.response(200, LeftBehindOut)
def left() -> Any:
    """Concerns that nobody at the desk can open any more, with the recovery key's copies; without it these are shut."""
    return read(left_behind, **at_the_desk())


@bp.get("/<uuid:concern_id>")
@requires(*ADVISING)
@bp.response(200, OpenedOut)
def one(concern_id: UUID) -> Any:
    """Open one: its sealed entries with one's own copies. Each opening is written down, with the id and no content."""
    return show(opened, concern_id, **at_the_desk())


@bp.post("/<uuid:concern_id>/assign")
@requires(*ADVISING, step_up=True)
@bp.arguments(AssignTwoIn)
@bp.response(204)
@bp.alt_response(409, description="already-assigned, or cannot-be-assigned: `errors` say why, one by one.")
def assign_two(body: dict[str, Any], concern_id: UUID) -> None:
    """Two advisers take it; everybody else's copies are destroyed, but the recovery key's."""
    write(assign, concern_id, body["adviser_ids"], body["copies"], **at_the_desk(), now=now())


@bp.post("/<uuid:concern_id>/hand-over")
@requires(*ADVISING, step_up=True)
@bp.arguments(HandOverIn)
@bp.response(204)
@bp.alt_response(409, description="cannot-be-assigned, no-vacancy, not-on-leave, no-place or not-assigned.")
def give_place(body: dict[str, Any], concern_id: UUID) -> None:
    """Cover: a newcomer has the vacant place or the leaver's, whose copies are destroyed; copies must be complete."""
    write(hand_over, concern_id, body["leaver"], body["newcomer"], body["copies"], **at_the_desk(), now=now())


@bp.post("/<uuid:concern_id>/share")
@requires(*ADVISING, step_up=True)
@bp.arguments(ShareIn)
@bp.response(204)
@bp.alt_response(409, description="cannot-be-assigned, no-key or not-assigned.")
def give_copies(body: dict[str, Any], concern_id: UUID) -> None:
    """Show the whole concern to the Prevent lead, for a referral; or to a new key of one of the two."""
    write(share, concern_id, body["adviser_id"], body["copies"], leads=read(leads), **at_the_desk(), now=now())


@bp.post("/<uuid:concern_id>/recuse")
@requires(*ADVISING)
@bp.response(204)
def stand_aside(concern_id: UUID) -> None:
    """A conflict of interest: one's copies are destroyed at once, and one is never assigned it."""
    write(recuse, concern_id, **at_the_desk(), now=now())


@bp.post("/<uuid:concern_id>/restore")
@requires(Role.PREVENT_LEAD, step_up=True)
@bp.arguments(AssignTwoIn)
@bp.response(204)
@bp.alt_response(409, description="cannot-be-assigned: `errors` say why, one by one; or no-key.")
def restore_to_two(body: dict[str, Any], concern_id: UUID) -> None:
    """Two advisers get a concern without a reader; the copies for both were made with the recovery key, offline."""
    write(restore, concern_id, body["adviser_ids"], body["copies"], **at_the_desk(), now=now())
