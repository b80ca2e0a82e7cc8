"""Which version stands on an open page: read back from its bytes, as a stranger's eye or machine would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lxml import etree, html

from backend.cap import cap, cap_feed
from backend.open_pages.recorded_line import spelled
from backend.open_pages.thread import Thread

#: A version and its hash; None where the broadcast does not stand.
Mark = tuple[int, str] | None

_SPOKEN = re.compile(r"Version (\d+), code ((?:\w, )+\w)\.")
_CAP, _ATOM = f"{{{cap.NAMESPACE}}}", f"{{{cap_feed.NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Carried:
    """Where, and which version and hash stand there; None for both where the broadcast does not stand at all."""

    where: str
    version: int | None
    hash: str | None


def on_the_page(page: str, broadcast_id: UUID) -> Mark:
    """The public page."""
    for article in html.document_fromstring(page).iter("article"):
        if article.get("data-broadcast") == str(broadcast_id):
            return int(article.get("data-version", "0")), article.get("data-hash", "")
    return None


def in_the_data(data: Mapping[str, list[dict[str, object]]], broadcast_id: UUID) -> Mark:
    """The same for displays."""
    for one in (*data["in_force"], *data["over"]):
        if one["broadcast_id"] == str(broadcast_id):
            return int(str(one["version"])), str(one["hash"])
    return None


def on_the_line(script: str, thread: Thread) -> Mark:
    """The recorded line names no ids: what it says is this thread's if the code is that of one of its versions."""
    codes = {spelled(said.hash): said.hash for said in thread.versions}
    found = ((int(number), codes[code]) for number, code in _SPOKEN.findall(script) if code in codes)
    return next(found, None)


def on_the_exchange(twiml: bytes, thread: Thread) -> Mark:
    """What a telephone exchange reads out."""
    return on_the_line("\n".join(one.text or "" for one in _read(twiml).iter("Say")), thread)


def in_the_feed(feed: bytes, broadcast_id: UUID) -> Mark:
    """The CAP feed, whose entries are named as the documents are."""
    for entry in _read(feed).iter(f"{_ATOM}entry"):
        name, _, number = (entry.findtext(f"{_ATOM}id") or "").rpartition(":")
        category = entry.find(f"{_ATOM}category")
        if name.endswith(str(broadcast_id)) and category is not None:
            return int(number), category.get("term", "")
    return None


def in_the_document(document: bytes) -> Mark:
    """A CAP document; every language's info says the same."""
    root = _read(document)
    told = {one.findtext(f"{_CAP}valueName"): one.findtext(f"{_CAP}value") for one in root.iter(f"{_CAP}parameter")}
    return int((root.findtext(f"{_CAP}identifier") or "").rpartition(":")[2]), told[cap.HASH] or ""


def _read(document: bytes) -> etree._Element:
    return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
