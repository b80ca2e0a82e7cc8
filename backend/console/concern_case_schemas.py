"""What advisers send and get while they work on a concern; what they write is sealed before it comes here."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from backend.concerns.concern import Outcome
from backend.concerns.referral_sheet import Consent, LegalBasis
from backend.concerns.referring import Decision
from backend.concerns.sealing import Envelope
from backend.concerns.triaging import Triage
from backend.web.fields import Strict

DAY = {"example": "2026-11-24"}
CONCERN = {"example": "0b9c4f6e-5a5e-4f0b-8c0a-0c9a4c7c2d11"}
ENTRY = {"example": "c2f1b7de-6a3c-4c58-9f6b-4f2f7a8e9d03"}
KEY_ID = {"example": "9f86d081884c7d65"}
OUTCOME = {"example": "welfare"}
CONSENT = {"example": "given"}
LEGAL_BASIS = {"example": "public_task"}


class SealedByAdviserIn(Strict):
    """What was sealed by the writer's own client: a box, and its data key for each who may read it; base64."""

    box = fields.String(required=True, metadata={"example": "q83vEjRWeJA=", "description": "of a size class"})
    copies = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={
            "example": {"9f86d081884c7d65": "q83vEjRWeJA="},
            "description": "by key id, for exactly those who read the concern now; a reply has `reporter` as well",
        },
    )

    @validates_schema
    def sealed(self, data: dict[str, Any], **_: Any) -> None:
        """Nothing but a box of a size class under sealed keys is written down."""
        try:
            Envelope.from_the_wire(data)
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    @post_load
    def to_envelope(self, data: dict[str, Any], **_: Any) -> Envelope:
        return Envelope.from_the_wire(data)


class ConcernWrittenIn(Strict):
    """One sealed thing: a note, or a reply to the reporter."""

    sealed = fields.Nested(SealedByAdviserIn, required=True)


class TriageIn(Strict):
    """An outcome, why, and what speaks against it: without the second nobody has looked."""

    outcome = fields.Enum(Outcome, by_value=True, required=True, metadata=OUTCOME)
    rationale = fields.Nested(SealedByAdviserIn, required=True)
    against = fields.Nested(SealedByAdviserIn, required=True)

    @post_load
    def to_triage(self, data: dict[str, Any], **_: Any) -> Triage:
        return Triage(**data)


class ConcernCloseIn(Strict):
    """The outcome the writer has before them: another one, come to meanwhile, is not closed unseen."""

    outcome = fields.Enum(Outcome, by_value=True, required=True, metadata=OUTCOME)


class ConcernBecauseIn(Strict):
    """A sealed reason."""

    because = fields.Nested(SealedByAdviserIn, required=True)


class ReferralIn(Strict):
    """What the Prevent lead has decided, and the sheet."""

    consent = fields.Enum(Consent, by_value=True, required=True, metadata=CONSENT)
    legal_basis = fields.Enum(LegalBasis, by_value=True, required=True, metadata=LEGAL_BASIS)
    sheet = fields.Nested(SealedByAdviserIn, required=True)

    @post_load
    def to_decision(self, data: dict[str, Any], **_: Any) -> Decision:
        return Decision(**data)


class ReferralSentIn(Strict):
    """On which day a human has sent it."""

    sent_on = fields.Date(required=True, metadata=DAY)


class ConcernHoldIn(ConcernBecauseIn):
    """Whether it should be held from now on, and why."""

    held = fields.Boolean(required=True, metadata={"example": True})


class ConcernAgreeIn(Strict):
    """The reason that the second person has read, by its entry's id: another one is not agreed to."""

    because = fields.UUID(required=True, metadata=ENTRY)


class ConcernCaseOut(Schema):
    """How far the work on a concern is, and its two clocks."""

    id = fields.UUID(metadata=CONCERN)
    stage = fields.String(metadata={"example": "triaged"})
    outcome = fields.String(allow_none=True, metadata=OUTCOME)
    closed_on = fields.Date(allow_none=True, metadata={"example": None})
    mailbox_until = fields.Date(metadata={"example": "2027-02-22"})
    data_until = fields.Date(metadata={"example": "2027-11-23"})
    held = fields.Boolean(metadata={"example": False})


class WrittenOut(Schema):
    """What was written down, without what was written."""

    id = fields.UUID(metadata=ENTRY)
    nth = fields.Integer(metadata={"example": 4})
    kind = fields.String(metadata={"example": "reply"})
    day = fields.Date(metadata=DAY)


class ReferralOut(Schema):
    """A referral; its sheet is the sealed entry of the same id."""

    id = fields.UUID(attribute="entry_id", metadata=ENTRY)
    decided_by = fields.UUID(metadata={"example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"})
    day = fields.Date(metadata=DAY)
    consent = fields.String(metadata=CONSENT)
    legal_basis = fields.String(metadata=LEGAL_BASIS)
    sent_on = fields.Date(allow_none=True, metadata={"example": None})


class ReferralsOut(Schema):
    """All of a concern's referrals, in the order in which they were decided."""

    items = fields.List(fields.Nested(ReferralOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class ReferralHeadingOut(Schema):
    """One part of the sheet: its name in the sealed JSON, what it is called, and what is asked."""

    name = fields.String(metadata={"example": "arose"})
    title = fields.String(metadata={"example": "How the concern arose"})
    asks = fields.String(metadata={"example": "Who noticed what."})


class ReferralSheetOut(Schema):
    """The form of a referral; each part is answered in words or left out, in a JSON object by name."""

    headings = fields.List(fields.Nested(ReferralHeadingOut))
    consent = fields.List(fields.String(), metadata={"example": ["given", "refused", "not_sought"]})
    legal_basis = fields.List(fields.String(), metadata={"example": ["public_task", "vital_interests"]})


class ConcernHeldOut(Schema):
    """Whether it is held, and what waits for a second person: `hold` or `release`, by the entry with its reason."""

    held = fields.Boolean(metadata={"example": False})
    data_until = fields.Date(metadata={"example": "2027-11-23"})
    asked = fields.String(allow_none=True, metadata={"example": "hold"})
    because = fields.UUID(allow_none=True, metadata=ENTRY)
    mine = fields.Boolean(metadata={"example": False, "description": "whether the asker is who reads this"})


class ConcernYearOut(Schema):
    """One academic year; null is fewer than five, or what would give such a number away."""

    year = fields.String(metadata={"example": "2025-26"})
    prevent = fields.Integer(allow_none=True, metadata={"example": None})
    welfare = fields.Integer(allow_none=True, metadata={"example": 11})
    no_concern = fields.Integer(allow_none=True, metadata={"example": 7})
    total = fields.Integer(allow_none=True, metadata={"example": None})


class ConcernStatisticsOut(Schema):
    """The academic years (August to July) that are over, the newest first."""

    items = fields.List(fields.Nested(ConcernYearOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})
