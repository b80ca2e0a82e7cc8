"""What the control room wants to send, as it came in: not yet words, and nothing decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from backend.broadcasts.audience import Audience
from backend.broadcasts.spoken import Purpose, Words
from backend.kernel.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class SketchedWords:
    """
    Words of one's own, a template's, or a template's with some of one's own over them.

    `values` fill the template's placeholders; words of one's own are taken as they are.
    """

    template: str | None = None
    title: str | None = None
    body: str | None = None
    languages: Mapping[str, Words] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A broadcast to be: what is None comes from the template, or is still missing."""

    words: SketchedWords
    purpose: Purpose = Purpose.ALERT
    severity: Severity | None = None
    place: str | None = None
    audience: Audience = field(default_factory=Audience)
    next_update_min: int | None = None
    end_condition: str | None = None
    deputy_id: UUID | None = None
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class SketchedUpdate:
    """The next word on a thread: `no_change` says the last one again."""

    words: SketchedWords = field(default_factory=SketchedWords)
    next_update_min: int | None = None
    no_change: bool = False
