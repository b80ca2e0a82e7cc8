"""What is sent to the porch and answered by it; shared with no other door."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from backend.concerns.sealing import KEY_BYTES, Envelope, is_usable
from mobile_api.anonymous import bytes_in
from mobile_api.anonymous.images import MOST
from mobile_api.anonymous.work import LONGEST_NONCE

#: The longest of each, in characters: all of them together fit a size class beside the images.
WORDS, PROMPT, PLACE, DAY = 20_000, 4000, 500, 200

KEY = "q0bTzk0v2J9vC8s1Yc3l6hVt1xw0mT1bq4yE8oPZ1mE="
KEY_ID = "9f86d081884c7d65"
MAILBOX = "5f0c9a1be7d2446688aa31c0de94b7f2"
RECEIPT = "legal winner thank year wave sausage worth useful legal winner thank yellow"
BOX = {"box": "8Jc2… (base64)", "copies": {KEY_ID: "pV1x… (base64)"}}


class Strict(Schema):
    """A field nobody knows is refused: what a reporter thinks they sent must not be lost without a word."""

    class Meta:
        unknown = RAISE


class OfferedKeyOut(Schema):
    """A public key to seal to, and whose it is; the recovery key has no name and cannot be struck out."""

    key_id = fields.String(metadata={"example": KEY_ID})
    name = fields.String(allow_none=True, metadata={"example": "Dr A. Adviser"})
    public_key = bytes_in.Base64(metadata={"example": KEY, "description": "X25519, 32 bytes, base64"})


class KeysOut(Schema):
    """Everybody a concern is sealed to; `version` changes with them."""

    version = fields.String(metadata={"example": "4b825dc642cb6eb9"})
    advisers = fields.List(fields.Nested(OfferedKeyOut))
    recovery = fields.List(fields.Nested(OfferedKeyOut))


class ChallengeOut(Schema):
    """SHA-256 over the text of `challenge` with a nonce behind it has to begin with `bits` zero bits."""

    challenge = fields.String(metadata={"example": "16.1795392600.pX3l9cZ0bQk1nM2v4r7T8w.5e884898da28…"})
    bits = fields.Integer(metadata={"example": 16})


class WorkIn(Strict):
    """A challenge and the nonce that was found for it."""

    challenge = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"example": "16.1795392600.pX3l9cZ0bQk1nM2v4r7T8w.5e884898da28…"},
    )
    nonce = fields.String(required=True, validate=validate.Length(max=LONGEST_NONCE), metadata={"example": "58291"})


class AttachmentIn(Strict):
    """An image, JPEG, PNG or WebP; whatever its file is called or says besides is thrown away."""

    data = bytes_in.Base64(required=True, metadata={"example": "/9j/4AAQ…", "description": "base64"})
    name = fields.String(load_default=None, allow_none=True, metadata={"example": "IMG_2041.jpg"})
    type = fields.String(load_default=None, allow_none=True, metadata={"example": "image/jpeg"})


class AboutIn(Strict):
    """Three prompts, each answered in words or not at all; nobody is scored."""

    engagement = fields.String(validate=validate.Length(1, PROMPT), metadata={"example": "He reads it every night."})
    intent = fields.String(validate=validate.Length(1, PROMPT), metadata={"example": "He talks of leaving."})
    capability = fields.String(validate=validate.Length(1, PROMPT), metadata={"example": "He bought a ticket."})


class SealedIn(Strict):
    """What the client sealed; `reply_key` is made of the receipt and belongs to a new concern alone."""

    box = fields.String(required=True, metadata={"example": BOX["box"]})
    copies = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, metadata={"example": BOX["copies"]}
    )
    reply_key = bytes_in.Base64(length=KEY_BYTES, load_default=None, metadata={"example": KEY})

    @post_load
    def to_envelope(self, data: dict[str, Any], **_: Any) -> tuple[Envelope, bytes | None]:
        try:
            envelope = Envelope.from_the_wire({"box": data["box"], "copies": data["copies"]})
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault
        if data["reply_key"] is not None and not is_usable(data["reply_key"]):
            raise ValidationError("No reply can be sealed to it.", "reply_key")
        return envelope, data["reply_key"]


class WordsIn(Strict):
    """What is written in the clear; it is sealed before it is stored."""

    words = fields.String(
        load_default=None, validate=validate.Length(1, WORDS), metadata={"example": "I am worried about somebody."}
    )
    about = fields.Nested(AboutIn, load_default=dict)
    place = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=PLACE), metadata={"example": "Beit Quad"}
    )
    happened_on = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=DAY), metadata={"example": "since October"}
    )
    attachments = fields.List(fields.Nested(AttachmentIn), load_default=list, validate=validate.Length(max=MOST))
    sealed = fields.Nested(SealedIn, load_default=None)

    @validates_schema
    def one_form(self, data: dict[str, Any], **_: Any) -> None:
        clear = [name for name in ("words", "about", "place", "happened_on", "attachments") if data.get(name)]
        if data.get("sealed") is not None and clear:
            raise ValidationError("Send it sealed or in the clear, not both.", clear[0])


class ConcernIn(WordsIn):
    """A concern: in the clear, or as the client sealed it; nothing about whoever sends it."""

    without = fields.List(
        fields.String(), load_default=list, validate=validate.Length(max=200), metadata={"example": [KEY_ID]}
    )
    version = fields.String(load_default=None, metadata={"example": "4b825dc642cb6eb9"})
    mailbox = bytes_in.MailboxName(load_default=None, metadata={"example": MAILBOX})
    work = fields.Nested(WorkIn, required=True)

    @validates_schema
    def is_whole(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("sealed") is None:
            if not data.get("words"):
                raise ValidationError("Say what worries you, in your own words.", "words")
            for name in ("version", "mailbox"):
                if data.get(name) is not None:
                    raise ValidationError("Belongs to what was sealed by the client.", name)
            return
        for name in ("version", "mailbox"):
            if data.get(name) is None:
                raise ValidationError("Is needed with what was sealed by the client.", name)
        if data["sealed"][1] is None:
            raise ValidationError("Is needed: replies are sealed to it.", "sealed.reply_key")
        if data.get("without"):
            raise ValidationError("Leave their copies out of what you seal.", "without")


class LodgedOut(Schema):
    """Shown once; there is none when the client sealed: it made its own."""

    receipt = fields.String(metadata={"example": RECEIPT, "description": "twelve words"})


class RevealIn(Strict):
    """Who the reporter says they are; the advisers alone read it."""

    name = fields.String(required=True, validate=validate.Length(1, 200), metadata={"example": "A. Student"})
    contact = fields.String(load_default="", validate=validate.Length(max=400), metadata={"example": "room 12"})


class MailboxIn(WordsIn):
    """A receipt, or the mailbox made of it; with words, or something sealed, it adds."""

    # Raw, and bounded by the body: a receipt of any shape is answered alike.
    receipt = fields.Raw(load_default=None, metadata={"example": RECEIPT, "type": "string"})
    mailbox = fields.Raw(load_default=None, metadata={"example": MAILBOX, "type": "string"})
    reveal = fields.Nested(RevealIn, load_default=None)
    confirm = fields.Boolean(load_default=False, metadata={"example": True})
    work = fields.Nested(WorkIn, load_default=None)

    @validates_schema
    def is_whole(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("receipt") is None) == (data.get("mailbox") is None):
            raise ValidationError("Send the receipt, or the mailbox made of it.", "receipt")
        if data.get("reveal") is not None and not data.get("confirm"):
            raise ValidationError("It cannot be taken back: send confirm: true with it.", "confirm")
        if data.get("reveal") is not None and data.get("sealed") is not None:
            raise ValidationError("Belongs inside what you seal.", "reveal")
        adds = any(data.get(name) for name in ("words", "reveal", "sealed"))
        if adds and data.get("work") is None:
            raise ValidationError("Is needed to add something.", "work")
        if not adds and any(data.get(name) for name in ("about", "place", "happened_on", "attachments")):
            raise ValidationError("Say something about it, in your own words.", "words")


class MailboxOut(Schema):
    """A sealed blob of a size class, for whoever holds the receipt; nobody else can tell it from random bytes."""

    sealed = bytes_in.Base64(metadata={"example": "mC9k… (base64)"})
