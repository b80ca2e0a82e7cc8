"""What the control room gets of its own work on a case, as pieces of the board's line and of the case."""

from marshmallow import Schema, fields

AT = {"example": "2026-11-22T14:01:05+00:00"}
WHO = {"example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"}


class LookedAfterOut(Schema):
    """Who of the control room has taken the case."""

    id = fields.UUID(metadata=WHO)
    name = fields.String(allow_none=True, metadata={"example": "Controller 1"})


class ComingOut(Schema):
    """An officer who has the case; a `late` one may still come and is no longer counted on."""

    officer_id = fields.UUID(metadata=WHO)
    name = fields.String(allow_none=True, metadata={"example": "Officer 1"})
    state = fields.String(metadata={"example": "en_route", "enum": ["accepted", "en_route", "on_scene"]})
    eta_s = fields.Integer(allow_none=True, metadata={"example": 240, "description": "seconds; null: not known"})
    late = fields.Boolean(metadata={"example": False})


class LinkedOut(Schema):
    """A case that belongs to this one."""

    id = fields.UUID(metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f11"})
    reference = fields.String(metadata={"example": "E-2026-0148"})


class ProtocolStepOut(Schema):
    """A step of the checklist, and who has done it."""

    id = fields.String(metadata={"example": "services"})
    text = fields.String(metadata={"example": "Ring 999 if life is in danger, and say which entrance."})
    done_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    done_by = fields.String(allow_none=True, metadata={"example": "Controller 1"})


class MethaneOut(Schema):
    """The newest version of the METHANE report; the ones before are in the case's story."""

    version = fields.Integer(metadata={"example": 2})
    at = fields.AwareDateTime(format="iso", metadata=AT)
    by = fields.String(allow_none=True, metadata={"example": "Controller 1"})
    major_incident = fields.Boolean(metadata={"example": True})
    exact_location = fields.String(allow_none=True, metadata={"example": "Chemistry, level 3, room 341"})
    type = fields.String(allow_none=True, metadata={"example": "fire with chemicals"})
    hazards = fields.String(allow_none=True, metadata={"example": "solvents; gas cylinders in 342"})
    access = fields.String(allow_none=True, metadata={"example": "Imperial College Road; stairs B are closed"})
    number = fields.String(allow_none=True, metadata={"example": "4 hurt, 1 badly"})
    emergency_services = fields.String(allow_none=True, metadata={"example": "fire brigade there, ambulance wanted"})
