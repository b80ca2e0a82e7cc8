"""What every face asks of somebody who signs in or steps up, and who that is."""

from marshmallow import Schema, fields, validate

from backend.people.passwords import LONGEST
from backend.web.fields import Strict

#: Six digits, or a recovery code of six groups of four.
CODE = validate.Length(1, 60)


class SignInIn(Strict):
    """An address and its password."""

    email = fields.String(
        required=True, validate=validate.Length(1, 254), metadata={"example": "student1@demo.example"}
    )
    password = fields.String(
        required=True, validate=validate.Length(1, LONGEST), metadata={"example": "bluelight-demo"}
    )


class PersonOut(Schema):
    """Who signed in."""

    id = fields.UUID(metadata={"example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"})
    name = fields.String(metadata={"example": "Student 1"})
    roles = fields.List(fields.String(), metadata={"example": ["member"]})


class StepUpIn(Strict):
    """The password again, and a code of the second factor or a recovery code where there is one."""

    password = fields.String(
        required=True, validate=validate.Length(1, LONGEST), metadata={"example": "bluelight-demo"}
    )
    code = fields.String(load_default=None, allow_none=True, validate=CODE, metadata={"example": "492039"})
