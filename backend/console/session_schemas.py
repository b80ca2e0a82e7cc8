"""What the console sends and gets about its own sign-in."""

from marshmallow import Schema, fields

from backend.web.credentials import PersonOut

AT = {"example": "2027-02-20T14:00:17+00:00"}


class ConsoleSessionOut(Schema):
    """Who is signed in here, until when, and what a page has to send with everything that changes something."""

    person = fields.Nested(PersonOut)
    expires_at = fields.AwareDateTime(format="iso", metadata=AT)
    csrf = fields.String(
        allow_none=True,
        metadata={"example": "b1Zx…", "description": "for the header X-CSRF-Token; null by a bearer, which needs none"},
    )
    stepped_up_until = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    last_seq = fields.Integer(
        metadata={
            "example": 4711,
            "description": "Where this person's console stream stands: a page that reads what stands begins there.",
        }
    )
    demo = fields.Boolean(metadata={"example": False, "description": "a demonstration: nobody needs a second factor"})
