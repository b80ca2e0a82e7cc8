"""The doors of the porch: the keys, a challenge, lodging a concern, and its mailbox."""

from typing import Any

from flask import Response

from backend.concerns import lodging
from mobile_api.anonymous import arriving, work
from mobile_api.anonymous.door import Blueprint
from mobile_api.anonymous.mailbox import asked_at
from mobile_api.anonymous.porch import current_porch
from mobile_api.anonymous.schemas import ChallengeOut, ConcernIn, KeysOut, LodgedOut, MailboxIn, MailboxOut
from mobile_api.anonymous.work import Challenge

bp = Blueprint(
    "concerns",
    __name__,
    url_prefix="/v1",
    description=(
        "Say that you are worried about somebody. No sign-in is read or kept. Not an emergency service: in danger "
        "ring 999. Formats for clients that seal by themselves: infra/decisions/0022."
    ),
)

#: What a browser may have kept of the form goes when the concern is lodged; a sign-in to the app stays.
FORGET = {"Clear-Site-Data": '"cache"'}


@bp.get("/concerns/keys")
@bp.response(200, KeysOut, description="The advisers who can read it, by name, and the recovery key.")
def keys() -> Any:
    """Whom a concern is sealed to; any adviser may be struck out by name. Without advisers nothing can be lodged."""
    return current_porch().read(lodging.in_use)


@bp.get("/concerns/challenge")
@bp.response(200, ChallengeOut, description="Good for ten minutes, and for one concern.")
def challenge() -> Challenge:
    """Some work to be done before anything is lodged; it takes the place of knowing who asks."""
    return work.challenge(current_porch())


@bp.post("/concerns")
@bp.arguments(ConcernIn)
@bp.response(201, LodgedOut, description="Lodged; with its receipt, unless the client sealed and made its own.")
def lodge(body: dict[str, Any]) -> Any:
    """Lodge a concern, in the clear or sealed; the same `mailbox` again is the same concern."""
    return arriving.lodged(current_porch(), body), 201, FORGET


@bp.post("/concerns/mailbox")
@bp.arguments(MailboxIn)
@bp.response(200, MailboxOut, description="What waits; for a wrong receipt as many random bytes, in the same time.")
def mailbox(body: dict[str, Any]) -> Any:
    """Read what waits, after adding what was sent with it: more words, or who one is, which cannot be taken back."""
    return {"sealed": asked_at(current_porch(), body)}


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """No cache keeps an answer, nor does a browser tell the next page where it came from."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
