"""What a reporter writes, as the plain text that is sealed; nobody reads it here."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Attachment:
    """An image that was decoded, written anew and renamed: nothing else of its file is left."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Words:
    """
    A concern, or what is added to one.

    `about` answers any of three prompts (engagement, intent, capability) in
    words and is never a score; place and date are in words as well. `reveal` is
    who the reporter says they are, if they ever do.
    """

    words: str
    about: dict[str, str] = field(default_factory=dict)
    place: str | None = None
    happened_on: str | None = None
    attachments: Sequence[Attachment] = ()
    reveal: dict[str, str] | None = None

    def plain(self) -> bytes:
        """JSON of what was given, and of nothing else."""
        told: dict[str, Any] = {"words": self.words}
        if self.about:
            told["about"] = self.about
        for name in ("place", "happened_on", "reveal"):
            if getattr(self, name) is not None:
                told[name] = getattr(self, name)
        if self.attachments:
            told["attachments"] = [
                {"name": one.name, "type": one.media_type, "data": base64.b64encode(one.data).decode()}
                for one in self.attachments
            ]
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
