"""Whether a request comes from Twilio: its own check, over the address as the world knows it."""

from collections.abc import Mapping
from typing import Any

from twilio.request_validator import RequestValidator


def is_signed(auth_token: str, url: str, form: Mapping[str, Any], signature: str) -> bool:
    """Made with our account's token over exactly this address and this form."""
    found: bool = RequestValidator(auth_token).validate(url, form, signature)
    return found
