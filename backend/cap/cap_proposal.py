"""What somebody else's alert would be as a broadcast of ours: words, severity, audience, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from backend.broadcasts.audience import Audience
from backend.broadcasts.linting import LONGEST_BODY, LONGEST_PLACE, LONGEST_TITLE
from backend.broadcasts.spoken import ENGLISH, Purpose
from backend.campus.campus import Campus
from backend.campus.languages import is_language
from backend.cap.cap_area import cut
from backend.cap.cap_message import CapMessage, Name, Node, moment_of, read_message
from backend.cap.received_area import ReceivedArea, audience_within, received_area
from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Severity

#: A sender's own name, cut like everything here with a sign that there was more.
LONGEST_NAME = 200

#: CAP says so when an info names no language.
UNNAMED = "en-US"

#: Corners of each polygon, codes and circles that the control room is shown, and polygons.
MOST_SHOWN, MOST_RINGS_SHOWN = 200, 40

#: A draft with a placeholder is never issued: what nobody translated has to be written by somebody.
UNWRITTEN = {"title": "{title in English}", "body": "{words in English}"}

#: The gravest first; what is unknown is neither harmless nor loud.
_SEVERITIES = {
    "Extreme": Severity.EXTREME,
    "Severe": Severity.SEVERE,
    "Moderate": Severity.MODERATE,
    "Unknown": Severity.MODERATE,
    "Minor": Severity.MINOR,
}

_WHY_NOT = {
    "System": "This is for the network of its sender (status System): it warns of nothing.",
    "Draft": "This is a draft of its sender's (status Draft): they have not issued it.",
    "Ack": "This acknowledges another message (msgType Ack): it warns of nothing.",
    "Error": "This refuses another message (msgType Error): it warns of nothing.",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a broadcast is made of before anybody has made it theirs; `source` is all that is known of its origin."""

    message: CapMessage
    purpose: Purpose
    severity: Severity
    place: str | None
    audience: Audience
    source: Mapping[str, Any]

    @property
    def is_exercise(self) -> bool:
        return self.message.status == "Exercise"


def read_proposal(body: bytes, campus: Campus) -> Proposal:
    """
    These bytes as a proposal for this campus; takes up to a second, never on the hub and never in a transaction.

    Raises Invalid for what is no CAP 1.2 alert, and for one that warns of nothing.
    """
    message = read_message(body)
    why_not = _WHY_NOT.get(message.status) or _WHY_NOT.get(message.msg_type)
    if why_not:
        raise Invalid(why_not, slug="cap-not-an-alert")
    area = received_area(message)
    return Proposal(
        message=message,
        purpose=Purpose.TEST if message.status == "Test" else Purpose.ALERT,
        severity=_severity(message),
        place=cut("; ".join(area.descriptions), LONGEST_PLACE) or None,
        audience=audience_within(area, campus),
        source=_source(message, area),
    )


def id_of(name: Name, *, exercise: bool) -> UUID:
    """The same for every copy of one message: two that arrive at once are one row."""
    world = "exercise" if exercise else "real"
    return uuid5(_CAP, "\n".join((world, name.sender, name.identifier, name.sent.astimezone(UTC).isoformat())))


_CAP = UUID("6f2d0d55-0d0b-5f3e-9a53-8e0a4d6f1c20")


def words_of(message: CapMessage) -> dict[str, dict[str, str]]:
    """By language as we name it, the first info of each; a language whose name nobody knows is left out."""
    told: dict[str, dict[str, str]] = {}
    for info in message.infos:
        language = _language(info)
        if language and language not in told:
            body = "\n\n".join(text for name in ("description", "instruction") if (text := info.one(name)))
            title = info.one("headline") or info.one("event") or ""
            told[language] = {"title": cut(title, LONGEST_TITLE), "body": cut(body, LONGEST_BODY)}
    return told


def draft_words(source: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The words of a proposal that is adopted: English is among them, as a gap to be filled where it is missing."""
    return {ENGLISH: UNWRITTEN, **source["words"]}


def _severity(message: CapMessage) -> Severity:
    said = {info.one("severity") for info in message.infos}
    return next((severity for word, severity in _SEVERITIES.items() if word in said), Severity.MODERATE)


def _language(info: Node) -> str | None:
    first, *more = (info.one("language") or UNNAMED).split("-")
    if first.lower() == ENGLISH:
        return ENGLISH
    parts = [part.title() if len(part) == 4 else part.upper() for part in more]
    tag = "-".join((first.lower(), *parts))
    return tag if is_language(tag) else first.lower() if is_language(first.lower()) else None


def _source(message: CapMessage, area: ReceivedArea) -> dict[str, Any]:
    first = message.infos[0] if message.infos else Node("info")
    expiries = [at for info in message.infos if (at := moment_of(info.one("expires")))]
    return {
        "kind": "cap",
        **_named(message.name),
        "status": message.status,
        "msg_type": message.msg_type,
        "scope": message.scope,
        "note": cut(message.note or "", LONGEST_BODY) or None,
        "references": [_named(name) for name in message.references[:MOST_SHOWN]],
        "sender_name": cut(first.one("senderName") or "", LONGEST_NAME) or None,
        "event": cut(first.one("event") or "", LONGEST_TITLE) or None,
        "urgency": first.one("urgency"),
        "severity": first.one("severity"),
        "certainty": first.one("certainty"),
        "expires": max(expiries).isoformat() if expiries else None,
        "is_signed": message.is_signed,
        "words": words_of(message),
        "area": {
            "polygons": [[list(corner) for corner in _thinned(ring)] for ring in area.polygons[:MOST_RINGS_SHOWN]],
            "circles": [[one.latitude, one.longitude, one.radius_m] for one in area.circles[:MOST_SHOWN]],
            "geocodes": list(area.geocodes[:MOST_SHOWN]),
            "left_out": area.left_out,
        },
    }


def _named(name: Name) -> dict[str, str]:
    return {"sender": name.sender, "identifier": name.identifier, "sent": name.sent.isoformat()}


def _thinned(ring: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Few enough corners to draw, the last one the first again; whom it touches was found with all of them."""
    every = -(-len(ring) // MOST_SHOWN)
    return ring if every == 1 else (*ring[:-1:every], ring[0])
