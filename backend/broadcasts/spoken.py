"""One version of a broadcast as everybody gets it: words in each language, and one hash over all that is said."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from backend.campus.languages import best_of
from backend.kernel.plain import plain
from backend.kernel.vocabulary import Severity

#: What is read where a translation is missing: none is ever made by machine.
ENGLISH = "en"

#: Characters of the hash that are shown and sent: enough that two versions never share them, short enough to compare.
SHOWN_OF_HASH = 16


class Part(StrEnum):
    """What a version does on its thread; the last two end it."""

    ALERT = "alert"
    UPDATE = "update"
    ALL_CLEAR = "all_clear"
    RETRACTION = "retraction"

    @property
    def ends(self) -> bool:
        return self in (Part.ALL_CLEAR, Part.RETRACTION)


class Purpose(StrEnum):
    """Why it is sent: for what is happening, or to see whether the system works. An exercise is neither's kind."""

    ALERT = "alert"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    A version that was issued; the same for everybody on every channel, and never changed.

    `words` are by language and always include English.
    """

    broadcast_id: UUID
    version: int
    part: Part
    purpose: Purpose
    severity: Severity
    exercise: bool
    words: Mapping[str, Words]
    issued_at: datetime
    next_update_at: datetime | None

    @property
    def hash(self) -> str:
        """What every channel and page carries: whoever shows another one tells something else."""
        said = {
            "id": self.broadcast_id,
            "version": self.version,
            "part": self.part,
            "purpose": self.purpose,
            "severity": self.severity,
            "exercise": self.exercise,
            "words": self._plain_words(),
            "next_update_at": self.next_update_at,
        }
        told = json.dumps(plain(said), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:SHOWN_OF_HASH]

    def words_in(self, language: str) -> Words:
        """In this language, its nearest relative, or English."""
        return self.words[self.language_for(language)]

    def language_for(self, language: str) -> str:
        """The language in which somebody who reads `language` is told this."""
        return best_of([language], list(self.words)) or ENGLISH

    def on_the_wire(self) -> dict[str, Any]:
        """The event `broadcast` of both namespaces: the same bytes for everybody, every language in it."""
        english = self.words[ENGLISH]
        told: dict[str, Any] = plain(
            {
                "broadcast_id": self.broadcast_id,
                "version": self.version,
                "hash": self.hash,
                "part": self.part,
                "ended": self.part.ends,
                "kind": self.purpose,
                "severity": self.severity,
                "exercise": self.exercise,
                "title": english.title,
                "body": english.body,
                "languages": self._plain_words(),
                "issued_at": self.issued_at,
                "next_update_at": self.next_update_at,
            }
        )
        return told

    def _plain_words(self) -> dict[str, dict[str, str]]:
        return {language: {"title": one.title, "body": one.body} for language, one in self.words.items()}
