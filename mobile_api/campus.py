"""What a phone needs to know of the campus before anybody signs in."""

from typing import Any

from flask import Response, current_app, request

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.campus.numbers import call_list
from backend.kernel.plain import plain
from backend.kernel.vocabulary import Kind
from backend.web.api import Blueprint
from backend.web.context import context, read

bp = Blueprint("campus", __name__, url_prefix="/v1", description="Places, numbers and kinds.")

#: Seconds a press can still be stopped: long enough for a slip, short enough for a fright.
COUNTDOWN_S = {Kind.EMERGENCY: 3, Kind.FIRST_AID: 5, Kind.HELP: 5}


@bp.get("/campus")
@bp.response(200, description="Sites, zones, floors, numbers, kinds and languages; ETag.")
def campus() -> Any:
    """Sites, zones, floors, numbers, kinds with subtypes and countdowns, languages. No sign-in."""
    told = {**as_told(read(campus_store.newest)), "vapid_key": context().vapid_key}
    body = current_app.json.dumps(plain(told))
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=60"
    response.add_etag()
    return response.make_conditional(request)


def as_told(campus: Campus) -> dict[str, Any]:
    """The part of a configuration that anybody may know: no rota, no policies, no mailboxes."""
    zones = [
        {"id": zone.id, "name": zone.name, "kind": zone.kind, "site": zone.site, "floors": zone.floors}
        for zone in campus.zones
    ]
    return {
        "name": campus.name,
        "time_zone": campus.time_zone,
        "languages": campus.languages,
        "sites": [zone for zone in zones if zone["id"] == zone["site"]],
        "zones": zones,
        "numbers": call_list(campus, None),
        "kinds": [{"kind": kind, "subtypes": campus.subtypes(kind), "countdown_s": COUNTDOWN_S[kind]} for kind in Kind],
    }
