"""How a broadcast reads on each channel: the institution's words, what they are, how to answer, and their hash."""

from dataclasses import dataclass

from backend.broadcasts.spoken import Spoken
from backend.broadcasts.title_marks import marked_title

#: A text message is cut here: three parts of what a network sends as one.
LONGEST_TEXT = 459

HOW_TO_ANSWER = "Reply 1 SAFE, 2 NEED HELP, 3 NOT HERE."
NOT_999 = "This is not a replacement for 999: in danger ring 999."
KEYS = "Press 1 if you are safe, 2 if you need help, 3 if you are not here. Press 9 to hear this again."


@dataclass(frozen=True, slots=True)
class Worded:
    """A title and a body as one channel shows them."""

    title: str
    body: str


def on_a_phone(spoken: Spoken, language: str) -> Worded:
    """A push, and a page: the institution's words."""
    return Worded(marked_title(spoken, language), spoken.words_in(language).body)


def as_text(spoken: Spoken, language: str, *, status_url: str | None = None) -> str:
    """A text message, with the hash by which it can be told from an older one."""
    words = on_a_phone(spoken, language)
    foot = f"v{spoken.version} {spoken.hash}"
    more = [] if spoken.part.ends else [HOW_TO_ANSWER]
    ending = " ".join([*more, *([status_url] if status_url else []), foot])
    room = LONGEST_TEXT - len(ending) - 1
    said = f"{words.title}. {words.body}"
    return f"{said if len(said) <= room else said[: room - 1] + '…'} {ending}"


def as_mail(spoken: Spoken, language: str, *, answer_url: str | None = None, status_url: str | None = None) -> Worded:
    """An e-mail in plain text."""
    words = on_a_phone(spoken, language)
    lines = [words.body, ""]
    if answer_url and not spoken.part.ends:
        lines += ["Tell us whether you are safe, need help or are not here:", answer_url, ""]
    if status_url:
        lines += ["What is known now:", status_url, ""]
    lines += [NOT_999, f"Version {spoken.version}, {spoken.hash}"]
    return Worded(words.title, "\n".join(lines))


def as_call(spoken: Spoken, language: str) -> str:
    """What is read out on the telephone."""
    words = on_a_phone(spoken, language)
    said = f"{words.title}. {words.body}"
    return said if spoken.part.ends else f"{said} {KEYS}"
