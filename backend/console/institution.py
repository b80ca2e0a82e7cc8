"""The campus's door for those who run it: places with outlines, teams, routes and ladders."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.configuration import Campus, to_document
from backend.campus.protocol import BUILT_IN
from backend.console.institution_schemas import PathIn, PathOut, ProvedOut, WatchedCampusOut
from backend.console.map_tiles import map_tiles
from backend.dispatch.explaining import explain_path
from backend.dispatch.rehearsing import rehearse
from backend.incidents.routing import route_words
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, read

bp = Blueprint("console_campus", __name__, url_prefix="/console/api", description="The campus that holds.")


@bp.get("/campus")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.response(200, WatchedCampusOut)
def campus() -> Any:
    """The configuration that holds: zones with outlines, teams, routes, escalation policies and templates."""
    return {**read(as_it_holds), "tiles": map_tiles()}


@bp.get("/campus/proof")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.response(200, ProvedOut)
def proof() -> Any:
    """Whether every case of the coming days would be somebody's, by the rota and the people as they are now."""
    return read(rehearse, now=now())


@bp.get("/campus/path")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.arguments(PathIn, location="query")
@bp.response(200, PathOut)
def path(query: dict[str, Any]) -> Any:
    """Where a case would go: which team takes this kind at this place and hour, and whom each rung asks."""
    kind, at = query["kind"], query["at"]
    return read(explain_path, kind, subtype=query["subtype"], zone_id=query["zone"], at=at, now=now())


def as_it_holds(session: Session) -> dict[str, Any]:
    """The campus in plain types, without the rota and the numbers, which have doors of their own."""
    campus = campus_store.newest(session)
    edition = campus_store.newest_edition(session)
    document = to_document(campus)
    routes = zip(document["routes"], campus.routes, strict=True)
    return {
        "name": campus.name,
        "time_zone": campus.time_zone,
        "version": edition.version if edition else 0,
        "digest": edition.digest if edition else "",
        "languages": document["institution"]["languages"],
        "zones": document["zones"],
        "teams": document["teams"],
        "routes": [{**told, "words": route_words(campus, one)} for told, one in routes],
        "policies": [{"targets": None, **policy} for policy in document["policies"]],
        "templates": [{"languages": [], **template} for template in document["templates"]],
        "protocols": _protocols(campus),
    }


def _protocols(campus: Campus) -> list[dict[str, Any]]:
    """Those of the campus, and the built-in ones of kinds it has written nothing general for."""
    general = {one.kind for one in campus.protocols if one.subtype is None}
    fallbacks = [one for one in BUILT_IN if one.kind not in general]
    return [{**asdict(one), "built_in": one in fallbacks} for one in (*campus.protocols, *fallbacks)]
