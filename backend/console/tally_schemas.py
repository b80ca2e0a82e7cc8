"""What the control room gets about how far a broadcast got, and about who has said nothing."""

from marshmallow import Schema, fields, validate

from backend.answers.tally import Standing
from backend.console.schemas import AT, PERSON_ID

ID = {"example": "7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"}
HASH = {"example": "9f3c1a77c2d04e5b"}


class StatesOut(Schema):
    """How many people are in each state; everybody is in exactly one, the furthest on any channel."""

    unreachable = fields.Integer(metadata={"example": 12})
    asked = fields.Integer(metadata={"example": 0})
    failed = fields.Integer(metadata={"example": 3})
    sent = fields.Integer(metadata={"example": 40})
    accepted = fields.Integer(metadata={"example": 310})
    displayed = fields.Integer(metadata={"example": 120})
    silent = fields.Integer(metadata={"example": 55})
    safe = fields.Integer(metadata={"example": 840})
    need_help = fields.Integer(metadata={"example": 2})
    not_here = fields.Integer(metadata={"example": 96})


class CountOut(Schema):
    """So many people, by state."""

    people = fields.Integer(metadata={"example": 1478})
    unaccounted = fields.Integer(metadata={"example": 540, "description": "who has said nothing"})
    states = fields.Nested(StatesOut)


class ZoneCountOut(CountOut):
    """The people who belong to one zone; `zone` is null for those of whom only the site is known, or nothing."""

    zone = fields.String(allow_none=True, metadata={"example": "sherfield"})
    name = fields.String(allow_none=True, metadata={"example": "Sherfield Building"})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})


class SiteCountOut(CountOut):
    """The people who belong to one site."""

    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})
    name = fields.String(allow_none=True, metadata={"example": "South Kensington"})


class ReadingOut(Schema):
    """How many people got the newest version by one channel, and how many an older one; `screen` is what they see."""

    channel = fields.String(metadata={"example": "push"})
    newest = fields.Integer(metadata={"example": 1290})
    older = fields.Integer(metadata={"example": 8})


class PageReadingOut(Schema):
    """Which words a page, a feed or the recorded line carries; null when it does not tell of this broadcast."""

    page = fields.String(metadata={"example": "/status"})
    version = fields.Integer(allow_none=True, metadata={"example": 2})
    hash = fields.String(allow_none=True, metadata=HASH)
    is_newest = fields.Boolean(metadata={"example": True})


class TallyOut(CountOut):
    """A broadcast, counted: whole, by zone and by site, and who is still on an older version."""

    broadcast_id = fields.UUID(metadata=ID)
    version = fields.Integer(metadata={"example": 2})
    hash = fields.String(metadata=HASH)
    title = fields.String(metadata={"example": "Fire in the Sherfield Building"})
    severity = fields.String(metadata={"example": "severe"})
    exercise = fields.Boolean(metadata={"example": False})
    ended = fields.Boolean(metadata={"example": False})
    next_update_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    is_fanning_out = fields.Boolean(metadata={"example": False})
    zones = fields.List(fields.Nested(ZoneCountOut))
    sites = fields.List(fields.Nested(SiteCountOut))
    channels = fields.List(fields.Nested(ReadingOut))
    pages = fields.List(fields.Nested(PageReadingOut))
    silent_after_s = fields.Integer(metadata={"example": 300})


class UnaccountedIn(Schema):
    """Which page."""

    cursor = fields.UUID(load_default=None, metadata=PERSON_ID)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class MissedOut(Schema):
    """Somebody who has said nothing: where they belong, why no channel was found, when their phone was last heard."""

    person_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(allow_none=True, metadata={"example": "Student 1"})
    zone = fields.String(allow_none=True, metadata={"example": "sherfield"})
    zone_name = fields.String(allow_none=True, metadata={"example": "Sherfield Building"})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})
    state = fields.String(metadata={"example": "silent", "enum": [state.value for state in Standing]})
    unreachable = fields.String(allow_none=True, metadata={"example": None})
    by = fields.List(fields.String(), metadata={"example": ["push", "sms"], "description": "channels they have"})
    displayed_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    version = fields.Integer(allow_none=True, metadata={"example": 1, "description": "on their screen"})
    last_heard_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)


class UnaccountedOut(Schema):
    """A page of those who have said nothing."""

    items = fields.List(fields.Nested(MissedOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})
