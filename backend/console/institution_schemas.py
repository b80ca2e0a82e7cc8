"""What the control room gets about the campus that holds."""

from marshmallow import Schema, fields

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


class CampusPolicyOut(Schema):
    """How many officers a kind wants, and the ladder by which they are asked."""

    kind = fields.String(metadata={"example": "emergency"})
    wanted = fields.Integer(metadata={"example": 2})
    reask_after_s = fields.Integer(metadata={"example": 600})
    steps = fields.List(fields.Nested(CampusStepOut))


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
