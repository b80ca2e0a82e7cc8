"""The Atom feed of one world's CAP documents: what is in force, and for a day what was called off."""

from collections.abc import Callable
from datetime import datetime

from lxml import etree

from backend.broadcasts.spoken import ENGLISH
from backend.broadcasts.title_marks import marked_title
from backend.cap.cap import MEDIA_TYPE, Publisher, identifier
from backend.open_pages.thread import Thread
from backend.open_pages.truth import Truth
from backend.open_pages.xml_text import add, as_bytes, root_of

NAMESPACE = "http://www.w3.org/2005/Atom"
CATEGORY = "urn:bluelight:hash"


def feed(truth: Truth, publisher: Publisher, *, path: str, address_of: Callable[[Thread], str]) -> bytes:
    """
    An entry for each thread, in its newest words; each carries its hash as a category.

    `path` is the feed's own, `address_of` that of a thread's newest document.
    What merely expired is not in it: no document calls it off, and the one it
    has says when.
    """
    threads = entries(truth)
    root = root_of(NAMESPACE, "feed")
    add(root, "id", f"urn:bluelight:{publisher.sender}:{path}")
    add(root, "title", f"{publisher.campus.name}: {'exercise' if 'exercise' in path else 'public'} alerts (CAP 1.2)")
    newest = max((thread.newest.issued_at for thread in threads), default=None)
    add(root, "updated", _moment(newest or truth.at.replace(hour=0, minute=0, second=0)))
    add(add(root, "author"), "name", publisher.campus.name)
    add(root, "link", rel="self", type="application/atom+xml", href=publisher.address(path) or path)
    for thread in threads:
        _add_entry(root, thread, publisher, address_of(thread))
    return as_bytes(root)


def entries(truth: Truth) -> list[Thread]:
    """Whose documents the feed names."""
    return [*truth.in_force, *(thread for thread in truth.over if thread.newest.part.ends)]


def _add_entry(root: etree._Element, thread: Thread, publisher: Publisher, address: str) -> None:
    said = thread.newest
    entry = add(root, "entry")
    add(entry, "id", identifier(said))
    add(entry, "title", marked_title(said, ENGLISH))
    add(entry, "updated", _moment(said.issued_at))
    add(entry, "published", _moment(thread.issued_at))
    add(entry, "summary", said.words_in(ENGLISH).body)
    add(entry, "category", scheme=CATEGORY, term=said.hash)
    add(entry, "link", rel="alternate", type=MEDIA_TYPE, href=publisher.address(address) or address)


def _moment(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
