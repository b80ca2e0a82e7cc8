"""The door for somebody else's alerts (CAP 1.2): they wait here, and go nowhere until a controller adopts one."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import request

from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import Broadcast
from backend.campus import campus_store
from backend.cap import cap_proposal, proposing
from backend.cap.proposing import Proposed
from backend.console.cap_schemas import AdoptedOut, ProposalOut, ProposalsIn, ProposalsOut
from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal, read, write, write_what_can_wait

bp = Blueprint("console_cap", __name__, url_prefix="/console/api", description="Alerts of other authorities.")

MEDIA_TYPES = ("application/cap+xml", "text/xml", "application/xml")

_BODY = {"content": {one: {"schema": {"type": "string", "format": "binary"}} for one in MEDIA_TYPES}, "required": True}


@bp.post("/cap")
@requires(Role.CONTROLLER)
@bp.doc(requestBody=_BODY)
@bp.response(201, ProposalOut)
@bp.alt_response(200, schema=ProposalOut, description="This very message is known already.")
@bp.alt_response(413, description="More than 1 MiB.")
def take_in() -> Any:
    """Hand in a CAP 1.2 alert: it becomes a proposal, its area laid over our sites. Nothing is sent by it."""
    told, is_new = write_what_can_wait(proposing.propose, _proposal(), by=principal(), now=now())
    return proposal_view(told), 201 if is_new else 200


@bp.get("/cap")
@requires(Role.CONTROLLER)
@bp.arguments(ProposalsIn, location="query")
@bp.response(200, ProposalsOut)
def proposals(query: dict[str, Any]) -> Any:
    """What waits for a controller, the newest first."""
    found = read(proposing.proposals, by=principal(), after=query["cursor"], most=query["limit"])
    return {"items": [proposal_view(one) for one in found], "next_cursor": _next(found, query["limit"])}


@bp.post("/cap/<uuid:proposal_id>/adopt")
@requires(Role.CONTROLLER)
@bp.response(200, AdoptedOut)
@bp.alt_response(409, description="proposal-taken, or cap-follows: it belongs to the thread that `follows` names.")
def adopt(proposal_id: UUID) -> Any:
    """Make it one's own draft: free text, which passes the lint and a second person like any other."""
    return write(proposing.adopt, proposal_id, by=principal(), now=now())


@bp.post("/cap/<uuid:proposal_id>/dismiss")
@requires(Role.CONTROLLER)
@bp.response(200, AdoptedOut)
@bp.alt_response(409, description="proposal-taken: it was adopted or dismissed already.")
def dismiss(proposal_id: UUID) -> Any:
    """Put it away: it is nothing of ours."""
    return write(proposing.dismiss, proposal_id, by=principal(), now=now())


def proposal_view(told: Proposed) -> dict[str, Any]:
    """As the control room sees it."""
    broadcast = told.broadcast
    return {
        "id": broadcast.id,
        "state": broadcast.state,
        "kind": broadcast.purpose,
        "severity": broadcast.severity,
        "exercise": broadcast.exercise,
        "place": broadcast.place,
        "received_at": broadcast.made_at,
        "audience": broadcast.audience,
        "touches_us": not audience_of(broadcast.audience).is_empty,
        "source": broadcast.source,
        "follows": [_related(one) for one in told.follows],
        "followed_by": [_related(one) for one in told.followed_by],
    }


def _proposal() -> cap_proposal.Proposal:
    """
    Beside the hub, on the threads in which photos are decoded: it may take a second.

    Raises Invalid for what is no alert, by its media type before anything is read.
    """
    if request.mimetype not in MEDIA_TYPES:
        raise Invalid("Send the alert itself, as application/cap+xml or text/xml.", slug="not-cap")
    campus = read(campus_store.newest)
    return context().imaging.call(partial(cap_proposal.read_proposal, request.get_data(), campus))


def _next(found: list[Proposed], limit: int) -> UUID | None:
    return found[-1].broadcast.id if len(found) == limit else None


def _related(broadcast: Broadcast) -> dict[str, Any]:
    source = broadcast.source or {}
    return {"id": broadcast.id, "state": broadcast.state, **{name: source[name] for name in ("msg_type", "identifier")}}
