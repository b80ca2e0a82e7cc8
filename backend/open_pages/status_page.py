"""The public page and its data: what is in force, in words that need no sign-in, no script and little of a line."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.broadcasts.prepared import name_of
from backend.broadcasts.spoken import ENGLISH, Part, Spoken
from backend.campus.languages import best_of, direction
from backend.kernel.vocabulary import Severity
from backend.open_pages.thread import Thread
from backend.open_pages.truth import Truth, local_time
from backend.open_pages.xml_text import writable

#: How bad it is, in a word; the page puts a shape beside it.
GRAVITY = {
    Severity.EXTREME: "Extreme: act at once",
    Severity.SEVERE: "Severe",
    Severity.MODERATE: "Moderate",
    Severity.MINOR: "Minor",
}

PARTS = {
    Part.ALERT: "Warning",
    Part.UPDATE: "Update",
    Part.ALL_CLEAR: "All clear",
    Part.RETRACTION: "Sent in error",
}

#: How it ended, by the state that ended it.
ENDINGS = {"cleared": "All clear", "retracted": "Sent in error", "expired": "No longer kept up to date"}

#: What a language calls itself; another one is called by its tag.
_AUTONYMS = {
    "ar": "العربية",
    "bn": "বাংলা",
    "cy": "Cymraeg",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "ur": "اردو",
    "zh": "中文",
}

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_data(truth: Truth, languages: Sequence[str], *, stale: bool = False) -> dict[str, Any]:
    """
    Everything the page says, in plain types.

    Words are in the first of `languages` there are, else English; `stale` is
    true for what was remembered while nothing newer could be read.
    """
    told: dict[str, Any] = {
        "institution": truth.campus.name,
        "as_of": _moment(truth, truth.at),
        "stale": stale,
        "in_force": [_thread(truth, one, languages) for one in truth.in_force],
        "over": [_thread(truth, one, languages) for one in truth.over],
        "numbers": truth.numbers,
        "emergency_number": truth.emergency_number,
        "languages": _languages(truth),
    }
    return told


def as_page(told: dict[str, Any]) -> str:
    """The page that says it: whole without its style sheet, and the same for everybody."""
    return _PAGES.get_template("status.html").render(told)


def when_nothing_is_known() -> str:
    """What stands there when nothing could ever be read since this process began."""
    return _PAGES.get_template("unknown.html").render()


def _thread(truth: Truth, thread: Thread, languages: Sequence[str]) -> dict[str, Any]:
    newest = thread.newest
    return {
        **_said(truth, newest, languages),
        "kind": newest.purpose.value,
        "severity": newest.severity.value,
        "gravity": GRAVITY[newest.severity],
        "place": writable(name_of(truth.campus, thread.place)) if thread.place else None,
        "first_issued_at": _moment(truth, thread.issued_at),
        "overdue": thread.in_force and truth.is_overdue(newest),
        "ended": thread.ended,
        "ending": ENDINGS.get(thread.ended or ""),
        "ended_at": _moment(truth, thread.ended_at),
        "earlier": [_said(truth, one, languages) for one in thread.earlier],
    }


def _said(truth: Truth, said: Spoken, languages: Sequence[str]) -> dict[str, Any]:
    offered = list(said.words)
    language = best_of(languages, offered) or ENGLISH
    words = said.words[language]
    return {
        "broadcast_id": str(said.broadcast_id),
        "version": said.version,
        "hash": said.hash,
        "part": said.part.value,
        "what": PARTS[said.part],
        "title": writable(words.title),
        "body": writable(words.body),
        "language": language,
        "dir": direction(language),
        "is_translated": not languages or best_of(languages[:1], offered) is not None,
        "issued_at": _moment(truth, said.issued_at),
        "next_update_at": _moment(truth, said.next_update_at),
    }


def _moment(truth: Truth, at: datetime | None) -> dict[str, str] | None:
    """For a machine and for a person, both in local time with its offset."""
    if at is None:
        return None
    local = truth.campus.local(at).replace(microsecond=0)
    return {"at": local.isoformat(), "words": local_time(truth.campus, local)}


def _languages(truth: Truth) -> list[dict[str, str]]:
    """In which languages anything that is in force can be read; none when English is the only one."""
    found = dict.fromkeys(language for thread in truth.in_force for language in thread.newest.words)
    return [
        {"tag": tag, "name": _AUTONYMS.get(tag, _AUTONYMS.get(tag.partition("-")[0], tag)), "dir": direction(tag)}
        for tag in found
        if len(found) > 1
    ]
