"""What to do when something happens: for a phone to keep before anybody needs it."""

from typing import Any

from flask import Response, current_app, request
from marshmallow import Schema, fields, validate

from backend.campus import campus_store
from backend.campus.guiding import guide
from backend.web.api import Blueprint
from backend.web.context import read
from mobile_api.incident_schemas import CallOut

bp = Blueprint("guidance", __name__, url_prefix="/v1", description="What to do when something happens.")

LONGEST_TAG = 35


class GuidanceIn(Schema):
    """In which language; one that there is not is answered in the campus's own."""

    language = fields.String(
        load_default=None, validate=validate.Length(2, LONGEST_TAG), metadata={"example": "fr", "description": "BCP 47"}
    )


class CardOut(Schema):
    """One situation: what to do in order, what never to do, and whom to ring, the first one first."""

    id = fields.String(metadata={"example": "run-hide-tell"})
    title = fields.String(metadata={"example": "Weapons attack: run, hide, tell"})
    when = fields.String(metadata={"example": "You see or hear an attack with a gun, a knife or another weapon."})
    steps = fields.List(fields.String(), metadata={"example": ["RUN if there is a safe way."]})
    do_not = fields.List(fields.String(), metadata={"example": ["Do not confront an attacker."]})
    call = fields.List(fields.Nested(CallOut))


class GuidanceOut(Schema):
    """All cards in one language; `reviewed` is false until a person who answers for it has read them."""

    version = fields.String(allow_none=True, metadata={"example": "1", "description": "its authors' own"})
    digest = fields.String(metadata={"example": "9f86d081…", "description": "SHA-256 of all that is told here"})
    language = fields.String(allow_none=True, metadata={"example": "en"})
    dir = fields.String(metadata={"example": "ltr", "enum": ["ltr", "rtl"]})
    reviewed = fields.Boolean(metadata={"example": False})
    languages = fields.List(fields.String(), metadata={"example": ["en", "zh", "fr", "es", "ar"]})
    cards = fields.List(fields.Nested(CardOut))


@bp.get("/guidance")
@bp.arguments(GuidanceIn, location="query")
@bp.response(200, GuidanceOut, description="The cards; ETag. A campus that has written none has none.")
def guidance(query: dict[str, Any]) -> Any:
    """Run-hide-tell, evacuation, threats and the like, by `language`, else by Accept-Language. No sign-in."""
    accepted = [tag for tag, quality in request.accept_languages if quality > 0]
    told = guide(read(campus_store.newest), [query["language"]] if query["language"] else accepted)
    response = Response(current_app.json.dumps(told), content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["Vary"] = "Accept-Language"
    if told["language"]:
        response.headers["Content-Language"] = told["language"]
    response.set_etag(told["digest"])
    return response.make_conditional(request)
