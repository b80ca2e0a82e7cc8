"""What advisers send and get about concerns: sealed things, public keys, and days."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from backend.console.schemas import PERSON_ID
from backend.web.fields import Few, Strict
from backend.web.profile_fields import Base64

CONCERN_ID = {"example": "c41d3a52-8f0b-4d8e-9a44-6a1e9b0c7d21"}
ENTRY_ID = "0e7a4c1b-52f3-4b7a-8f6d-1c9e3a5b7d90"
KEY_ID = {"example": "8f14e45fceea167a"}
PUBLIC_KEY = {"example": "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=", "description": "X25519, 32 bytes, base64"}
SEALED = "kd9bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="
DAY = {"example": "2026-11-22"}

PublicKeys: fields.Field[Any] = fields.Dict(
    keys=fields.String(),
    values=Base64(),
    metadata={"example": {KEY_ID["example"]: PUBLIC_KEY["example"]}, "description": "public keys by key id"},
)


class KeyIn(Strict):
    """The public half of a key that was made where its private half stays; `beside` keeps those in use as well."""

    public_key = Base64(required=True, validate=validate.Length(equal=32), metadata=PUBLIC_KEY)
    beside = fields.Boolean(load_default=False, metadata={"example": False, "description": "for a second device"})


class OwnKeyOut(Schema):
    """A key of one's own; a retired one is told to no reporter and opens what it holds."""

    key_id = fields.String(attribute="id", metadata=KEY_ID)
    public_key = Base64(metadata=PUBLIC_KEY)
    made_on = fields.Date(metadata=DAY)
    retired_on = fields.Date(allow_none=True, metadata={"example": None})


class OwnKeysOut(Schema):
    """One's own keys, those in use first; `recovery` is the id of the recovery key, if one is set."""

    items = fields.List(fields.Nested(OwnKeyOut))
    next_cursor = fields.String(allow_none=True, metadata={"example": None})
    recovery = fields.String(allow_none=True, metadata=KEY_ID)


class ConcernsIn(Schema):
    """Which concerns: the open ones, the closed ones, or without `open` both."""

    open = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})
    cursor: fields.Field[UUID] = fields.UUID(load_default=None, metadata=CONCERN_ID)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class AssignedOut(Schema):
    """One of the two who work on it; `away` says that the place needs cover today."""

    adviser_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(allow_none=True, metadata={"example": "Adviser 1"})
    since = fields.Date(metadata=DAY)
    away = fields.Boolean(metadata={"example": False})


class ConcernOut(Schema):
    """A concern as a line of the list: days, and nothing of what was written."""

    id = fields.UUID(metadata=CONCERN_ID)
    day = fields.Date(metadata=DAY)
    stage = fields.String(metadata={"example": "waiting", "description": "waiting, assigned, triaged or closed"})
    outcome = fields.String(allow_none=True, metadata={"example": None})
    closed_on = fields.Date(allow_none=True, metadata={"example": None})
    mailbox_until = fields.Date(metadata={"example": "2027-02-20", "description": "the reporter's mailbox ends"})
    data_until = fields.Date(metadata={"example": "2027-11-22", "description": "the concern itself ends"})
    held = fields.Boolean(metadata={"example": False})
    mine = fields.Boolean(metadata={"example": False, "description": "one is assigned to it"})
    places = fields.List(fields.Nested(AssignedOut))
    vacant = fields.Integer(metadata={"example": 0, "description": "places that somebody has left"})


class ListedOut(ConcernOut):
    """The same in the list: `added_on` is when the reporter last added something nobody has written anything after."""

    added_on = fields.Date(allow_none=True, metadata={"example": None, "description": "told from the day after"})


class ConcernsOut(Schema):
    """A page of the concerns one may open, the latest day first."""

    items = fields.List(fields.Nested(ListedOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})


class EntryOut(Schema):
    """One sealed thing, with the copies of its data key for one's own keys."""

    id = fields.UUID(metadata={"example": ENTRY_ID})
    kind = fields.String(metadata={"example": "lodged"})
    day = fields.Date(metadata=DAY)
    written_by = fields.UUID(allow_none=True, metadata={"example": None, "description": "an adviser; not the reporter"})
    box = Base64(metadata={"example": SEALED})
    copies = fields.Dict(keys=fields.String(), values=Base64(), metadata={"example": {KEY_ID["example"]: SEALED}})


class KeptCopyOut(Schema):
    """The recovery key's copies of one entry; the box itself stays where it is."""

    id = fields.UUID(metadata={"example": ENTRY_ID})
    copies = fields.Dict(keys=fields.String(), values=Base64(), metadata={"example": {KEY_ID["example"]: SEALED}})


class LeftOut(Schema):
    """A concern that nobody at the desk can open any more."""

    id = fields.UUID(metadata=CONCERN_ID)
    day = fields.Date(metadata=DAY)
    stage = fields.String(metadata={"example": "assigned"})
    entries = fields.List(fields.Nested(KeptCopyOut))


class LeftBehindOut(Schema):
    """All of them, in the order of their random names."""

    items = fields.List(fields.Nested(LeftOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})


class CandidateOut(Schema):
    """An adviser beside this concern: why they cannot be assigned (null: they can), and who is proposed."""

    adviser_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(metadata={"example": "Adviser 1"})
    faculty = fields.String(allow_none=True, metadata={"example": "Engineering"})
    trained_on = fields.Date(allow_none=True, metadata=DAY)
    keys = PublicKeys
    cannot = fields.String(allow_none=True, metadata={"example": "Adviser 1 is on leave until 2026-12-03."})
    needs_copies = fields.Boolean(
        metadata={"example": False, "description": "holds no copy: whoever assigns them gives copies for their keys"}
    )
    proposed = fields.Boolean(metadata={"example": True})


class OpenedOut(ConcernOut):
    """A concern whole: what is opened with one's own key, and what everything written is to be sealed to."""

    reply_key = Base64(metadata={**PUBLIC_KEY, "description": "the reporter's: the copy `reporter` of a reply"})
    sealed_to = PublicKeys
    entries = fields.List(fields.Nested(EntryOut))
    advisers = fields.List(fields.Nested(CandidateOut))


class WithCopies(Strict):
    """Copies made by the client of one who has them: of every entry, for each key in use of who needs them."""

    copies = fields.Dict(
        keys=fields.UUID(),
        values=fields.Dict(keys=fields.String(validate=validate.Length(equal=16)), values=Base64()),
        load_default=dict,
        metadata={"example": {ENTRY_ID: {KEY_ID["example"]: SEALED}}, "description": "by entry and key id"},
    )


class AssignTwoIn(WithCopies):
    """Which two; copies only for who holds none."""

    adviser_ids = Few(
        fields.UUID(),
        required=True,
        validate=validate.Length(max=10),
        metadata={"example": [PERSON_ID["example"], "6a1c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c12"]},
    )


class HandOverIn(WithCopies):
    """Who comes, and whose place it is; without `leaver` the vacant one."""

    newcomer = fields.UUID(required=True, metadata=PERSON_ID)
    leaver = fields.UUID(load_default=None, allow_none=True, metadata={"example": None})


class ShareIn(WithCopies):
    """With whom: the Prevent lead, or one of the two who has a new key."""

    adviser_id = fields.UUID(required=True, metadata=PERSON_ID)


class LeaveIn(Strict):
    """The days of a leave, both counted; without `until` it is until further notice."""

    first = fields.Date(required=True, data_key="from", metadata=DAY)
    last = fields.Date(load_default=None, allow_none=True, data_key="until", metadata={"example": "2026-12-03"})


class LeaveOut(Schema):
    """One's leave, and the open concerns in which one's place wants cover."""

    away_from = fields.Date(allow_none=True, data_key="from", metadata=DAY)
    away_until = fields.Date(allow_none=True, data_key="until", metadata={"example": "2026-12-03"})
    to_hand_over = fields.List(fields.UUID(), metadata={"example": [CONCERN_ID["example"]]})


class IntroductionIn(Strict):
    """What colleagues see of one."""

    faculty = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(1, 120), metadata={"example": "Engineering"}
    )
    trained_on = fields.Date(load_default=None, allow_none=True, metadata=DAY)


class AdviserOut(Schema):
    """An adviser, their leave and keys in use; `cannot` says why nothing is assigned to them today."""

    adviser_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(metadata={"example": "Adviser 1"})
    faculty = fields.String(allow_none=True, metadata={"example": "Engineering"})
    trained_on = fields.Date(allow_none=True, metadata=DAY)
    away_from = fields.Date(allow_none=True, metadata={"example": None})
    away_until = fields.Date(allow_none=True, metadata={"example": None})
    away = fields.Boolean(metadata={"example": False})
    keys = PublicKeys
    cannot = fields.String(allow_none=True, metadata={"example": None})


class AdvisersOut(Schema):
    """Every adviser by name."""

    items = fields.List(fields.Nested(AdviserOut))
    next_cursor = fields.String(allow_none=True, metadata={"example": None})
