"""Codes of an authenticator (TOTP, RFC 6238): which half minute a code belongs to, and that it is good once."""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime

from pyotp import TOTP

#: RFC 4226 asks for at least 128 bits and recommends 160.
SECRET_BYTES = 20

#: Seconds for which a code is shown, and how many steps a phone's clock may be off either way.
STEP_S, WINDOW = 30, 1

ISSUER = "Bluelight"


def new_secret() -> str:
    """In base 32, as authenticators take it."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def uri(secret: str, *, holder: str) -> str:
    """What an authenticator reads from a picture or a link."""
    return TOTP(secret, interval=STEP_S).provisioning_uri(name=holder, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, after: int | None, now: datetime) -> int | None:
    """
    The half minute this code belongs to; None when it is wrong, too old or of a step up to `after`.

    Every step is compared, and none in less time than another: how near a
    guess came does not show.
    """
    shown, given = TOTP(secret, interval=STEP_S), code.encode("utf-8", "surrogatepass")
    here = int(now.timestamp()) // STEP_S
    right = [
        step
        for step in range(here - WINDOW, here + WINDOW + 1)
        if hmac.compare_digest(shown.generate_otp(step).encode(), given)
    ]
    fresh = [step for step in right if after is None or step > after]
    return fresh[-1] if fresh else None
