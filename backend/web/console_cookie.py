"""The console's cookie: where it counts, and what a request shows beside it before it may do anything."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, request

from backend.kernel.errors import Forbidden
from backend.people.account import Principal
from backend.people.duty import SHIFT

PLAIN = "bluelight-console"
#: A name that a browser takes from us alone: over https, for this host, for all of it.
SECURE = f"__Host-{PLAIN}"

#: Every door behind which the cookie proves who one is; a phone's doors are not among them.
DOORS = "/console/api/"

CSRF_HEADER = "X-CSRF-Token"
#: Methods that change nothing.
READING = frozenset({"GET", "HEAD", "OPTIONS"})

#: What a browser says of a request that one of our own pages, or a person at the address bar, has made.
OUR_PAGES = frozenset({"same-origin", "none"})

FOREIGN = "This came from a page that is not ours. Open the console itself, and try again."
UNMEANT = "This page does not belong to your sign-in any more. Load it again."


@dataclass(frozen=True)
class ConsoleCookie:
    """What the composition root hands over: the key that CSRF tokens are made with, and where we are reached."""

    key: bytes = field(repr=False)
    public_url: str | None


def counts_here() -> bool:
    """Whether the door at hand is one of the console's."""
    return request.url_rule is not None and request.url_rule.rule.startswith(DOORS)


def presented() -> str | None:
    """The secret this browser holds. Where we are served securely no other than the secure name is read."""
    return request.cookies.get(_name()) or None


def hand_out(response: Response, secret: str) -> Response:
    response.set_cookie(_name(), secret, max_age=SHIFT, **_how())
    return response


def take_back(response: Response) -> Response:
    response.delete_cookie(_name(), **_how())
    return response


def csrf_of(person: Principal) -> str:
    """Made of the sign-in and a key of ours, so that it need not be kept, and ends when the sign-in does."""
    made = hmac.digest(_handed().key, person.token_hash.encode(), sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")


def is_meant_by(person: Principal) -> None:
    """Raises Forbidden `csrf` for what the person's browser sends without the person's page having asked it to."""
    refuse_foreign()
    given = request.headers.get(CSRF_HEADER, "")
    if request.method not in READING and not hmac.compare_digest(given.encode(), csrf_of(person).encode()):
        raise Forbidden(UNMEANT, slug="csrf")


def refuse_foreign() -> None:
    """Raises Forbidden `csrf` for what another site's page, or one of a neighbouring host, has sent."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in OUR_PAGES or (origin is not None and not is_ours(origin)):
        raise Forbidden(FOREIGN, slug="csrf")


def is_ours(origin: str | None) -> bool:
    """Whether a page of this origin is one that we serve; of an unknown one it is not."""
    if origin is None:
        return False
    schemes = ("https",) if _is_secure() else ("https", "http")
    ours = {f"{scheme}://{request.host}" for scheme in schemes}
    return origin in ours or origin == _public_origin()


def _is_encrypted() -> bool:
    """Here, or at the proxy before us: who says so without one only has a stricter cookie."""
    return request.is_secure or request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip() == "https"


def _is_secure() -> bool:
    return _is_encrypted() or (_public_origin() or "").startswith("https:")


def _name() -> str:
    return SECURE if _is_secure() else PLAIN


def _how() -> dict[str, Any]:
    return {"path": "/", "secure": _is_secure(), "httponly": True, "samesite": "Strict"}


def _public_origin() -> str | None:
    url = _handed().public_url
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _handed() -> ConsoleCookie:
    found = current_app.extensions[PLAIN]
    assert isinstance(found, ConsoleCookie)
    return found
