"""The doors at which the telephone's provider tells what was texted, pressed and not delivered; open to who signs."""

from typing import Any
from uuid import UUID

import structlog
from flask import Response, current_app, request
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from backend.kernel.errors import Forbidden
from backend.web.api import Blueprint
from backend.web.bodies import clean
from backend.web.context import now, write
from notifications.channels.telephone_account import TelephoneAccount
from notifications.channels.telephone_signature import is_signed
from notifications.replies.forms import PressedIn, StatusIn, TextedIn
from notifications.replies.taking_key import Pressed, take_key
from notifications.replies.taking_status import take_status
from notifications.replies.taking_text import take_text

log = structlog.get_logger(__name__)

bp = Blueprint("replies", __name__, url_prefix="/v1/replies", description="What comes back from texts and calls.")

#: Where the application keeps its account at the telephone's provider; None while it has none.
ACCOUNT = "telephone_account"

SIGNATURE = "X-Twilio-Signature"

#: What the provider sends is a few hundred bytes; a text of ten parts is two thousand.
LARGEST = 1 << 16

FORM, XML = "application/x-www-form-urlencoded", "text/xml; charset=utf-8"


def _described(form: type[Schema]) -> dict[str, Any]:
    """A form in the document; it is read from the request itself, since all of it is signed."""
    return {
        "requestBody": {"content": {FORM: {"schema": form}}, "description": form.__doc__},
        "parameters": [
            {
                "in": "header",
                "name": SIGNATURE,
                "required": True,
                "description": "Twilio's signature with the account's token over the address and the form",
                "schema": {"type": "string"},
                "example": "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            }
        ],
    }


@bp.post("/sms")
@bp.doc(**_described(TextedIn))
@bp.response(200, description="TwiML: one text back, or none.")
@bp.alt_response(403, description="signature-not-good")
def text() -> Response:
    """An answer by text: to a broadcast, or to being asked to come."""
    form, _ = _signed()
    sid, number = form.get("MessageSid", "")[:64], form.get("From", "")[:30]
    return _twiml(write(take_text, sid, number, form.get("Body", ""), now=now()))


@bp.post("/voice")
@bp.doc(**_described(PressedIn))
@bp.response(200, description="TwiML: what the caller hears next.")
@bp.alt_response(403, description="signature-not-good")
@bp.alt_response(404, description="The address is none that we gave.")
def key() -> Response:
    """An answer by a key on the telephone."""
    form, account = _signed()
    turn = request.args.get("turn", "0")
    about = {name: request.args[name] for name in ("answer", "offer") if name in request.args}
    call, digit = form.get("CallSid", "")[:64], form.get("Digits", "")[:1]
    pressed = Pressed(call, digit, int(turn) if turn.isdecimal() and len(turn) < 4 else 0, about)
    return _twiml(write(take_key, pressed, account, now=now()))


@bp.post("/status")
@bp.doc(**_described(StatusIn))
@bp.response(204)
@bp.alt_response(403, description="signature-not-good")
def status() -> None:
    """What became of a text or a call that was taken."""
    form, _ = _signed()
    told = form.get("MessageStatus") or form.get("CallStatus") or ""
    delivery = request.args.get("delivery", type=UUID)
    if delivery is not None and write(take_status, delivery, told, form.get("ErrorCode")):
        log.warning("telephone.not_delivered", delivery=str(delivery), status=told, code=form.get("ErrorCode"))


def _signed() -> tuple[MultiDict[str, str], TelephoneAccount]:
    """
    The form, with nothing in it that no store can keep.

    Raises Forbidden unless it is signed over the address by which the world
    reaches us; what address the request itself claims does not matter.
    """
    request.max_content_length = LARGEST
    account: TelephoneAccount | None = current_app.extensions[ACCOUNT]
    query = request.query_string.decode("latin-1")
    signature = request.headers.get(SIGNATURE, "")
    url = f"{account.public_url}{request.path}{'?' if query else ''}{query}" if account else ""
    if account is None or not signature or not is_signed(account.auth_token, url, request.form, signature):
        log.warning("reply.refused", door=request.path)
        raise Forbidden("This is not signed by the telephone's provider.", slug="signature-not-good")
    return MultiDict(clean(request.form.to_dict())), account


def _twiml(words: str) -> Response:
    return Response(words, content_type=XML)
