"""What the control room gets about the campus that holds."""

from marshmallow import Schema, fields, validate

from backend.console.explained_schemas import TeamNameOut
from backend.console.report_schemas import of_our_time
from backend.kernel.vocabulary import Kind

SITE = {"example": "south-kensington"}


class PlaceOut(Schema):
    """A place and its outline (GeoJSON, WGS84, longitude first); a site's `site` is itself."""

    id = fields.String(metadata={"example": "sherfield"})
    name = fields.String(metadata={"example": "Sherfield Building"})
    kind = fields.String(metadata={"example": "building"})
    site = fields.String(metadata=SITE)
    floors = fields.List(fields.String(), metadata={"example": ["0", "1", "2"]})
    geometry = fields.Dict(metadata={"example": {"type": "Polygon", "coordinates": []}})


class CampusTeamOut(Schema):
    """People who are asked together."""

    id = fields.String(metadata={"example": "first-aid"})
    name = fields.String(metadata={"example": "First aiders"})
    requires_skill = fields.String(allow_none=True, metadata={"example": "first_aid"})
    mailbox = fields.String(allow_none=True, metadata={"example": None})


class CampusRouteOut(Schema):
    """Which team takes what; `words` say it in a line."""

    kind = fields.String(metadata={"example": "help"})
    subtype = fields.String(allow_none=True, metadata={"example": "facility_defect"})
    site = fields.String(allow_none=True, metadata={"example": None})
    zone = fields.String(allow_none=True, metadata={"example": None})
    team = fields.String(metadata={"example": "customer-services"})
    words = fields.String(metadata={"example": "help (facility defect)"})


class CampusStepOut(Schema):
    """A rung: whom it asks, so many seconds into the case."""

    after_s = fields.Integer(metadata={"example": 20})
    ask = fields.String(metadata={"example": "team_at_site"})
    count = fields.Integer(allow_none=True, metadata={"example": None})
    team = fields.String(allow_none=True, metadata={"example": None})
    on_duty = fields.Boolean(metadata={"example": True})
    by = fields.List(fields.String(), metadata={"example": []})
    and_tell = fields.String(allow_none=True, metadata={"example": None})


class CampusTargetsOut(Schema):
    """How soon a case should have its first yes and its first officer on scene, in seconds; null: nothing is said."""

    accepted_s = fields.Integer(allow_none=True, metadata={"example": 60})
    on_scene_s = fields.Integer(allow_none=True, metadata={"example": 300})


class CampusPolicyOut(Schema):
    """How many officers a kind wants, the ladder by which they are asked, and how soon it should go."""

    kind = fields.String(metadata={"example": "emergency"})
    wanted = fields.Integer(metadata={"example": 2})
    reask_after_s = fields.Integer(metadata={"example": 600})
    steps = fields.List(fields.Nested(CampusStepOut))
    targets = fields.Nested(CampusTargetsOut, allow_none=True)


class CampusTemplateWordsOut(Schema):
    """A template in another language."""

    language = fields.String(metadata={"example": "fr"})
    title = fields.String(metadata={"example": "Évacuez {place}"})
    body = fields.String(metadata={"example": "Sortez de {place} par l'issue la plus proche."})


class CampusTemplateOut(Schema):
    """Words ready to send, approved as they are: `{place}` and the like are filled when a broadcast is drafted."""

    id = fields.String(metadata={"example": "evacuate"})
    kind = fields.String(metadata={"example": "alert", "enum": ["alert", "all_clear"]})
    severity = fields.String(metadata={"example": "severe"})
    title = fields.String(metadata={"example": "Leave {place} now"})
    body = fields.String(metadata={"example": "Leave {place} by the nearest safe exit."})
    next_update_min = fields.Integer(allow_none=True, metadata={"example": 15})
    end_condition = fields.String(allow_none=True, metadata={"example": "{place} is checked and reopened"})
    languages = fields.List(fields.Nested(CampusTemplateWordsOut))


class CampusProtocolStepOut(Schema):
    """One thing to do; its id stays when its words are written anew."""

    id = fields.String(metadata={"example": "services"})
    text = fields.String(metadata={"example": "Ring 999 if life is in danger, and say which entrance."})


class CampusProtocolOut(Schema):
    """What the control room does about such a case; `built_in` where the campus has written nothing for the kind."""

    kind = fields.String(metadata={"example": "emergency"})
    subtype = fields.String(allow_none=True, metadata={"example": None})
    steps = fields.List(fields.Nested(CampusProtocolStepOut))
    questions = fields.List(fields.String(), metadata={"example": ["Are you safe where you are?"]})
    built_in = fields.Boolean(metadata={"example": False})


class MapTilesOut(Schema):
    """A server of pictures for the map's ground, and whom to name for them."""

    url = fields.String(metadata={"example": "https://tiles.example.org/{z}/{x}/{y}.png"})
    attribution = fields.String(metadata={"example": "© OpenStreetMap contributors"})


class WatchedCampusOut(Schema):
    """The campus that holds now: its edition, places, teams, routes, ladders, templates and checklists."""

    name = fields.String(metadata={"example": "Imperial College London"})
    time_zone = fields.String(metadata={"example": "Europe/London"})
    version = fields.Integer(metadata={"example": 3})
    digest = fields.String(metadata={"example": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
    languages = fields.List(fields.String(), metadata={"example": ["en", "fr"]})
    zones = fields.List(fields.Nested(PlaceOut))
    teams = fields.List(fields.Nested(CampusTeamOut))
    routes = fields.List(fields.Nested(CampusRouteOut))
    policies = fields.List(fields.Nested(CampusPolicyOut))
    templates = fields.List(fields.Nested(CampusTemplateOut))
    protocols = fields.List(fields.Nested(CampusProtocolOut))
    tiles = fields.Nested(
        MapTilesOut,
        allow_none=True,
        metadata={"description": "None where the map is drawn from the outlines alone, as it is unless set."},
    )


class ProvedOut(Schema):
    """
    Whether every path of the coming days ends well.

    `counterexample` is the first that does not, `others` the first of each
    other reason.
    """

    ends_well = fields.Boolean(metadata={"example": False})
    checked = fields.Integer(metadata={"example": 1395, "description": "paths that differ from one another"})
    days = fields.Integer(metadata={"example": 14, "description": "whole days from now that they stand for"})
    counterexample = fields.String(
        allow_none=True,
        metadata={
            "example": "First aid in Silwood Park Campus on Sunday 29 November at 03:00: "
            "nobody is rostered in First aiders, and the control room has nobody on shift."
        },
    )
    others = fields.List(fields.String(), metadata={"example": []})
    as_of = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:17+00:00"})


class PathIn(Schema):
    """Which case: its kind, and where it matters what about, where and when; without `at` it is now."""

    kind = fields.Enum(Kind, by_value=fields.String, required=True, metadata={"example": "help"})
    subtype = fields.String(load_default=None, validate=validate.Length(1, 40), metadata={"example": "accident"})
    zone = fields.String(load_default=None, validate=validate.Length(1, 80), metadata={"example": "sherfield"})
    at = fields.AwareDateTime(
        format="iso", load_default=None, validate=of_our_time, metadata={"example": "2026-11-22T14:00:17+00:00"}
    )


class PathRungOut(Schema):
    """One rung of the ladder: whom it asks, so many seconds into the case."""

    number = fields.Integer(metadata={"example": 2})
    after_s = fields.Integer(metadata={"example": 20})
    words = fields.String(
        metadata={"example": "Asks everybody of Community Safety and Security on duty at South Kensington Campus."}
    )


class PathOut(Schema):
    """Where such a case would go and why; `at` is the clock on the campus's walls."""

    at = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:17+00:00"})
    team = fields.Nested(TeamNameOut)
    mailbox = fields.Boolean(metadata={"example": False, "description": "whether the team is told by mail as well"})
    because = fields.String(metadata={"example": "Community Safety and Security takes help."})
    routes = fields.List(
        fields.String(), metadata={"example": ["Community Safety and Security, for help: wins: the most specific."]}
    )
    wanted = fields.Integer(metadata={"example": 1, "description": "officers wanted"})
    rungs = fields.List(fields.Nested(PathRungOut))
