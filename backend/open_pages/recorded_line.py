"""What the recorded line says: a script to read out, and the same for a telephone exchange as TwiML."""

from lxml import etree

from backend.broadcasts.spoken import ENGLISH
from backend.broadcasts.title_marks import marked_title
from backend.open_pages.thread import Thread
from backend.open_pages.truth import Truth, spoken_time
from backend.open_pages.xml_text import add, as_bytes, writable

#: In which the line is read out; a caller cannot choose.
VOICE = "en-GB"

_NOTHING = "Nothing is in force. There is no warning for {name} now."
_NOT_999 = "This line is not a replacement for the emergency services. In danger, ring {number}."
_STALE = "The newest cannot be read just now. This is how it stood at {time}."


def script(truth: Truth, *, stale: bool = False) -> str:
    """The text, a paragraph for each broadcast."""
    return writable("\n\n".join(_paragraphs(truth, stale=stale))) + "\n"


def twiml(truth: Truth, *, stale: bool = False) -> bytes:
    """The same as a document for the exchange: it is said, with a breath between, and hung up."""
    root = etree.Element("Response")
    for said in _paragraphs(truth, stale=stale):
        add(root, "Say", said, language=VOICE)
        add(root, "Pause", length="1")
    add(root, "Hangup")
    return as_bytes(root)


def spelled(code: str) -> str:
    """One character after the other, so that a voice neither swallows nor joins them."""
    return ", ".join(code.upper())


def _paragraphs(truth: Truth, *, stale: bool) -> list[str]:
    name = truth.campus.name
    told = [f"{name}. Emergency recorded information."]
    if stale:
        told.append(_STALE.format(time=spoken_time(truth.campus, truth.at)))
    count = len(truth.in_force)
    if count > 1:
        told.append(f"There are {count} messages.")
    told += [_message(truth, thread) for thread in truth.in_force] or [_NOTHING.format(name=name)]
    told += [_ended(thread) for thread in truth.over if thread.newest.part.ends]
    return [*told, _NOT_999.format(number=" ".join(truth.emergency_number))]


def _message(truth: Truth, thread: Thread) -> str:
    said = thread.newest
    next_word = ""
    if said.next_update_at and not truth.is_overdue(said):
        next_word = f" The next word comes by {spoken_time(truth.campus, said.next_update_at)}."
    return f"{_words(thread)}{next_word} {_mark(thread)}"


def _ended(thread: Thread) -> str:
    return f"Over. {_words(thread)} {_mark(thread)}"


def _words(thread: Thread) -> str:
    title = marked_title(thread.newest, ENGLISH)
    return f"{title}{'' if title.endswith(('.', '?', '!')) else '.'} {thread.newest.words_in(ENGLISH).body}"


def _mark(thread: Thread) -> str:
    return f"Version {thread.newest.version}, code {spelled(thread.newest.hash)}."
