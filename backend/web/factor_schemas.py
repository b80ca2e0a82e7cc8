"""What every face sends and gets when somebody takes up a second factor."""

from marshmallow import Schema, fields

from backend.web.credentials import CODE, StepUpIn
from backend.web.fields import Strict


class SecondFactorIn(StepUpIn):
    """The password, and where a second factor is being replaced one of its codes or a recovery code."""


class SecretOut(Schema):
    """What an authenticator takes, as text and as the link behind a QR picture; shown here and nowhere else."""

    secret = fields.String(metadata={"example": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"})
    uri = fields.String(metadata={"example": "otpauth://totp/Bluelight:lead1%40demo.example?secret=JBSWY3DPEHPK3PXP"})


class FirstCodeIn(Strict):
    """The first code that the authenticator shows."""

    code = fields.String(required=True, validate=CODE, metadata={"example": "492039"})


class RecoveryCodesOut(Schema):
    """Ten codes for the day the authenticator is lost, each good once; shown here and nowhere else."""

    recovery_codes = fields.List(fields.String(), metadata={"example": ["k7mn-2wqa-x9ev-h3zt-p5rb-c8uy"]})
