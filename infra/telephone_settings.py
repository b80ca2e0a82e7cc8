"""Read what the telephone's provider needs, all of it or nothing, so that a wrong word stops the start."""

import re

import phonenumbers

#: Twilio's own shapes: an account, and a messaging service.
ACCOUNT, SERVICE = re.compile(r"AC[0-9a-fA-F]{32}"), re.compile(r"MG[0-9a-fA-F]{32}")

#: Shorter ones are none of Twilio's.
SHORTEST_TOKEN = 16


def account_sid(text: str) -> str:
    """Raises ValueError, like the others here, with what is wrong."""
    if not ACCOUNT.fullmatch(text):
        raise ValueError("must be AC and 32 hexadecimal digits")
    return text


def auth_token(text: str) -> str:
    if len(text) < SHORTEST_TOKEN:
        raise ValueError(f"must have at least {SHORTEST_TOKEN} characters")
    return text


def senders(text: str) -> dict[str, str]:
    """A `number`, a messaging `service`, or both with a comma between."""
    found: dict[str, str] = {}
    for one in (part.strip() for part in text.split(",")):
        name = "service" if SERVICE.fullmatch(one) else "number"
        if name in found or (name == "number" and not _is_number(one)):
            raise ValueError("must be a number like +442071234567, a messaging service (MG…), or one of each")
        found[name] = one
    return found


def _is_number(text: str) -> bool:
    try:
        return text.startswith("+") and phonenumbers.is_possible_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False
