"""The stream's door for a phone without a socket, and receipts."""

from typing import Any

from backend.answers.displaying import take_receipt
from backend.dispatch.resuming import resume
from backend.inbox.catching_up import PAGE
from backend.inbox.message import Recipient
from backend.kernel.vocabulary import Face, Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read, write
from backend.web.receipts import ReceiptIn, ReceiptOut
from mobile_api.people_schemas import StreamIn, StreamOut

bp = Blueprint("stream", __name__, url_prefix="/v1", description="What one is told, in order.")


@bp.get("/stream")
@requires(Role.MEMBER)
@bp.arguments(StreamIn, location="query")
@bp.response(200, StreamOut)
@bp.alt_response(410, description="stream-too-old: what came after is no longer kept.")
def stream(query: dict[str, Any]) -> Any:
    """This handset's messages after a number, in order, as far as they may still be seen."""
    messages = read(resume, _handset(), query["cursor"] or query["after"])
    return {
        "items": [message.on_the_wire() for message in messages],
        "next_cursor": messages[-1].seq if len(messages) == PAGE else None,
    }


@bp.post("/receipts")
@requires(Role.MEMBER)
@bp.arguments(ReceiptIn)
@bp.response(200, ReceiptOut)
def receipts(body: dict[str, Any]) -> Any:
    """What a screen has shown: messages by their ids, broadcasts by theirs."""
    return {"confirmed": write(take_receipt, _handset(), **body, now=now())}


def _handset() -> Recipient:
    return Recipient(principal().id, Face.HANDSET)
