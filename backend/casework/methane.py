"""METHANE: how the emergency services are told of a major incident, in their own order."""

from dataclasses import asdict, dataclass
from typing import Any

#: The longest text of one letter: all of them together fit one line of a case's story.
LONGEST = 280

_LETTERS = (
    ("exact_location", "Exact location"),
    ("type", "Type"),
    ("hazards", "Hazards"),
    ("access", "Access"),
    ("number", "Number of casualties"),
    ("emergency_services", "Emergency services"),
)


@dataclass(frozen=True, slots=True)
class Methane:
    """One version of the report (UK joint doctrine, JESIP); None is what nobody knows yet."""

    major_incident: bool
    exact_location: str | None = None
    type: str | None = None
    hazards: str | None = None
    access: str | None = None
    number: str | None = None
    emergency_services: str | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def in_words(self, version: int) -> str:
        """The whole version as one line of the story: what it said stays, whatever the next one says."""
        declared = "declared" if self.major_incident else "not declared"
        told = [f"{name}: {getattr(self, key) or 'not known'}." for key, name in _LETTERS]
        return " ".join((f"METHANE {version}. Major incident: {declared}.", *told))
