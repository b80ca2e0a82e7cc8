"""Fields of bytes: base64 in and out, and the name of a mailbox."""

import base64
import binascii
import re
from typing import Any

from marshmallow import ValidationError, fields

_MAILBOX = re.compile("[0-9a-f]{32}")


class Base64(fields.String):
    """Bytes as standard base64; with `length`, exactly so many."""

    def __init__(self, *, length: int | None = None, **how: Any) -> None:
        super().__init__(**how)
        self._length = length

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else base64.b64encode(value).decode()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            raw = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as fault:
            raise ValidationError("Not base64.") from fault
        if self._length is not None and len(raw) != self._length:
            raise ValidationError(f"Must be {self._length} bytes.")
        return raw


class MailboxName(fields.String):
    """32 lower-case hexadecimal digits, made of a receipt."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not is_mailbox(text):
            raise ValidationError("Must be 32 hexadecimal digits.")
        return text


def is_mailbox(text: Any) -> bool:
    """Whether this could be a mailbox's name."""
    return isinstance(text, str) and _MAILBOX.fullmatch(text) is not None
