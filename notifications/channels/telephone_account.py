"""What is needed to text and to ring people by Twilio, and the addresses at which it answers us."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from backend.answers.answer_token import token_of
from notifications.offer_token import offer_token

#: Where Twilio's interface is, unless something stands in for it.
TWILIO = "https://api.twilio.com"

#: Our doors for what comes back, under the address by which the world reaches us.
TEXTS, KEYS, STATUS = "/v1/replies/sms", "/v1/replies/voice", "/v1/replies/status"


@dataclass(frozen=True, slots=True)
class TelephoneAccount:
    """
    An account at Twilio, and from where it sends.

    `number` is E.164 and both texts and rings; a messaging `service` only
    texts, and is preferred for that. One of the two is there.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    public_url: str
    number: str | None = None
    service: str | None = None
    endpoint: str = TWILIO

    def status_url(self, delivery_id: UUID) -> str:
        """Where we are told what became of this delivery."""
        return f"{self.public_url}{STATUS}?{urlencode({'delivery': delivery_id})}"

    def keys_url(self, data: dict[str, Any], key: bytes) -> str | None:
        """Where a key goes that is pressed while this is read out; None for what is only told."""
        if told := data.get("answer_token"):
            return self.keys_url_of({"answer": told})
        if data.get("broadcast_id") and data.get("person_id"):
            return self.keys_url_of({"answer": token_of(key, UUID(data["broadcast_id"]), UUID(data["person_id"]))})
        if data.get("offer_id"):
            return self.keys_url_of({"offer": offer_token(key, UUID(data["offer_id"]))})
        return None

    def keys_url_of(self, about: dict[str, str], *, turn: int = 0) -> str:
        """The same, once it is known what the key is about; `turn` tells a second key from the first sent twice."""
        return f"{self.public_url}{KEYS}?{urlencode({**about, 'turn': turn})}"
