"""A version of a broadcast as a CAP 1.2 document, valid against the OASIS schema whatever its words are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from lxml import etree

from backend.broadcasts.prepared import name_of
from backend.broadcasts.spoken import ENGLISH, Part, Purpose, Spoken
from backend.broadcasts.title_marks import marked_title
from backend.campus.campus import Campus
from backend.campus.numbers import call_list
from backend.cap.cap_area import CapArea, area_of
from backend.kernel.vocabulary import Severity
from backend.open_pages.thread import Thread
from backend.open_pages.truth import offset_of
from backend.open_pages.xml_text import add, as_bytes, root_of

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml"

#: Where a document carries what every other page carries.
HASH = "bluelight:hash"

#: A consumer forgets an alert this long after its next word was due, when we let it go as well: a late word must not
#: silence a sign while the broadcast is in force.
GRACE = timedelta(hours=24)

MESSAGE_TYPES = {
    Part.ALERT: "Alert",
    Part.UPDATE: "Update",
    Part.ALL_CLEAR: "Cancel",
    Part.RETRACTION: "Cancel",
}

#: Urgency and certainty for each severity: the graver, the sooner somebody has to act and the surer we were.
_BEARING = {
    Severity.EXTREME: ("Immediate", "Observed"),
    Severity.SEVERE: ("Immediate", "Likely"),
    Severity.MODERATE: ("Expected", "Likely"),
    Severity.MINOR: ("Future", "Possible"),
}

#: Words in the id of a template that say what people are to do; what else there is tells it in its own words.
_RESPONSES = (
    ("evacu", "Evacuate"),
    ("shelter", "Shelter"),
    ("lockdown", "Shelter"),
    ("invac", "Shelter"),
    ("weapons", "Shelter"),
    ("avoid", "Avoid"),
)
_SECURITY = ("weapon", "attack", "lockdown", "security", "bomb")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who says it: the institution and, if there is one, the address under which the pages stand."""

    campus: Campus
    public_url: str | None

    @property
    def sender(self) -> str:
        """The host of the public address, else the institution's name: neither has a space, a comma, `<` or `&`."""
        host = urlsplit(self.public_url).hostname if self.public_url else None
        return host or "".join(one if one.isascii() and one.isalnum() else "-" for one in self.campus.name.lower())

    def address(self, path: str) -> str | None:
        return f"{self.public_url.rstrip('/')}{path}" if self.public_url else None


def document(thread: Thread, publisher: Publisher, number: int | None = None) -> bytes:
    """
    This version of the thread, the newest unless one is named.

    The same version is the same document for ever, but for one that nobody
    ended: it expires when the thread did.
    """
    said = thread.versions[number - 1] if number else thread.newest
    root = root_of(NAMESPACE, "alert")
    add(root, "identifier", identifier(said))
    add(root, "sender", publisher.sender)
    add(root, "sent", moment(publisher.campus, said.issued_at))
    add(root, "status", _status(said))
    add(root, "msgType", MESSAGE_TYPES[said.part])
    add(root, "scope", "Public")
    if note := _note(said):
        add(root, "note", note)
    if before := [one for one in thread.versions if one.version < said.version]:
        add(root, "references", " ".join(_reference(one, publisher) for one in before))
    place = name_of(publisher.campus, thread.place) if thread.place else None
    area = area_of(thread.audience, publisher.campus, place)
    for language in sorted(said.words, key=lambda one: (one != ENGLISH, one)):
        _add_info(root, said, language, thread, publisher, place, area)
    return as_bytes(root)


def identifier(said: Spoken) -> str:
    """Of this one version, in all the world."""
    return f"urn:bluelight:{said.broadcast_id}:{said.version}"


def moment(campus: Campus, at: datetime) -> str:
    """Local time with its offset; UTC is `-00:00`, and `Z` and fractions are not CAP's."""
    local = campus.local(at)
    offset = offset_of(local)
    return f"{local:%Y-%m-%dT%H:%M:%S}{'-00:00' if offset == '+00:00' else offset}"


def _reference(said: Spoken, publisher: Publisher) -> str:
    return f"{publisher.sender},{identifier(said)},{moment(publisher.campus, said.issued_at)}"


def _status(said: Spoken) -> str:
    if said.exercise:
        return "Exercise"
    return "Test" if said.purpose is Purpose.TEST else "Actual"


def _note(said: Spoken) -> str | None:
    if said.exercise:
        return "EXERCISE: nothing has happened."
    return "Sent in error." if said.part is Part.RETRACTION else None


def _add_info(
    root: etree._Element,
    said: Spoken,
    language: str,
    thread: Thread,
    publisher: Publisher,
    place: str | None,
    area: CapArea,
) -> None:
    campus = publisher.campus
    words = said.words[language]
    urgency, certainty = _bearing(said)
    info = add(root, "info")
    add(info, "language", language)
    for category in _categories(thread.template):
        add(info, "category", category)
    add(info, "event", words.title or said.part.value)
    for response in _responses(said, thread.template):
        add(info, "responseType", response)
    add(info, "urgency", urgency)
    add(info, "severity", said.severity.value.capitalize())
    add(info, "certainty", certainty)
    add(info, "effective", moment(campus, said.issued_at))
    add(info, "expires", moment(campus, _expires(said, thread)))
    add(info, "senderName", campus.name)
    add(info, "headline", marked_title(said, language))
    add(info, "description", words.body)
    numbers = call_list(campus, None)
    if language == ENGLISH and not said.part.ends:
        add(info, "instruction", f"In danger ring {numbers[0]['number']}.")
    if web := publisher.address("/status"):
        add(info, "web", web)
    add(info, "contact", "; ".join(f"{one['label']} {one['number']}" for one in numbers if one["dialable"]))
    _add_parameters(info, said, place)
    _add_area(info, area)


def _add_parameters(info: etree._Element, said: Spoken, place: str | None) -> None:
    told = {
        HASH: said.hash,
        "bluelight:version": str(said.version),
        "bluelight:broadcast": str(said.broadcast_id),
        "bluelight:place": place,
    }
    for name, value in told.items():
        if value:
            parameter = add(info, "parameter")
            add(parameter, "valueName", name)
            add(parameter, "value", value)


def _add_area(info: etree._Element, area: CapArea) -> None:
    told = add(info, "area")
    add(told, "areaDesc", area.description)
    for polygon in area.polygons:
        add(told, "polygon", polygon)
    for circle in area.circles:
        add(told, "circle", circle)


def _bearing(said: Spoken) -> tuple[str, str]:
    if said.part is Part.ALL_CLEAR:
        return "Past", "Observed"
    return ("Past", "Unlikely") if said.part is Part.RETRACTION else _BEARING[said.severity]


def _expires(said: Spoken, thread: Thread) -> datetime:
    planned = (said.next_update_at or said.issued_at) + GRACE
    if thread.ended_at is not None and said is thread.newest and not said.part.ends:
        return min(planned, thread.ended_at)
    return planned


def _categories(template: str | None) -> Sequence[str]:
    name = (template or "").lower()
    return ("Safety", "Security") if any(word in name for word in _SECURITY) else ("Safety",)


def _responses(said: Spoken, template: str | None) -> Sequence[str]:
    if said.part is Part.ALL_CLEAR:
        return ("AllClear",)
    if said.part.ends:
        return ("None",)
    name = (template or "").lower()
    return tuple(dict.fromkeys(response for word, response in _RESPONSES if word in name)) or ()
