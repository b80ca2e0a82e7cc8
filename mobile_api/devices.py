"""The door of buttons that are no phones: open to whoever signs with a device's secret."""

from typing import Any
from uuid import UUID

import structlog
from flask import request
from marshmallow import Schema, fields, validate

from backend.devices.pressing import Press, recognise, take_press
from backend.dispatch.receiving import as_owner_knows
from backend.kernel.errors import Unauthenticated
from backend.web.api import Blueprint
from backend.web.bodies import json_object
from backend.web.context import now, read, write
from backend.web.fields import NOTE
from mobile_api.tap_body import Forgiving, read_position
from mobile_api.taps import with_numbers_to_ring

log = structlog.get_logger(__name__)

bp = Blueprint("devices", __name__, url_prefix="/v1", description="Buttons that are no phones.")

SIGNATURE = "Bluelight-Signature"


class PressIn(Forgiving):
    """A press of a device. Every field is optional and none of them can refuse it."""

    press_id = fields.Raw(
        metadata={"example": "4711", "description": "the device's own name for this press, kept through every retry"}
    )
    position = fields.Raw(
        metadata={"description": "where a person's device is", "example": {"latitude": 51.4988, "longitude": -0.1749}}
    )
    note = fields.String(metadata={"example": "second press of the green button", "maxLength": NOTE})
    battery = fields.Float(validate=validate.Range(0, 100), metadata={"example": 80.0, "description": "percent"})


class PressedOut(Schema):
    """What became of a press: as much as a display beside a button may show."""

    id = fields.UUID(metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"})
    reference = fields.String(metadata={"example": "E-2026-0147"})
    kind = fields.String(metadata={"example": "emergency"})
    state = fields.String(metadata={"example": "raised"})
    received_at = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:17+00:00"})
    exercise = fields.Boolean(metadata={"example": False})


@bp.post("/devices/<uuid:device_id>/taps")
@bp.response(201, PressedOut, description="A case was opened.")
@bp.alt_response(200, schema=PressedOut, description="The press joined a case, or is known already.")
@bp.alt_response(401, description="signature-not-good or signature-too-old; `call` says whom to ring.")
@bp.doc(
    requestBody={"content": {"application/json": {"schema": PressIn}}, "description": PressIn.__doc__},
    parameters=[
        {
            "in": "header",
            "name": SIGNATURE,
            "required": True,
            "description": "t: Unix seconds, within 15 minutes; v1: hex of HMAC-SHA-256 with the secret over `t.body`",
            "schema": {"type": "string"},
            "example": "t=1795352417,v1=5f0c…",
        }
    ],
)
@with_numbers_to_ring
def press(device_id: UUID) -> tuple[Any, int]:
    """Call for help by a device: never refused for its details, never limited, the same press is the same case."""
    header = request.headers.get(SIGNATURE, "")
    try:
        signed = read(recognise, device_id, header, request.get_data(cache=True), now=now())
    except Unauthenticated as refusal:
        log.warning("device.refused", device=str(device_id), why=refusal.kind)
        raise
    incident, opened = write(take_press, device_id, read_press(json_object(request)), signed=signed, now=now())
    if opened:
        return incident, 201
    # Whoever holds its person's phone may hold the button as well.
    return read(as_owner_knows, incident.id), 200


def read_press(body: dict[str, Any]) -> Press:
    """The press that a body tells of. Raises nothing."""
    told = PressIn().read(body)
    press_id, battery = told.get("press_id"), told.get("battery")
    return Press(
        # An id may be a text or a number, as its maker likes; anything else is none.
        press_id=str(press_id) if isinstance(press_id, str | int) and str(press_id).strip() else None,
        position=read_position(body.get("position")),
        note=(told.get("note") or "").strip()[:NOTE] or None,
        battery=round(battery) if battery is not None else None,
    )
