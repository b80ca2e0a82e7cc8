"""What stands before a title on every channel, so that nobody runs from an exercise or obeys a mistake."""

from backend.broadcasts.spoken import Part, Purpose, Spoken

EXERCISE, TEST = "EXERCISE EXERCISE EXERCISE. ", "TEST. "

_OPENINGS = {
    Part.ALERT: "",
    Part.UPDATE: "Update: ",
    Part.ALL_CLEAR: "",
    Part.RETRACTION: "Sent in error: ",
}


def marked_title(spoken: Spoken, language: str) -> str:
    """The title in this language or the nearest there is, with what it is said first."""
    mark = EXERCISE if spoken.exercise else TEST if spoken.purpose is Purpose.TEST else ""
    return f"{mark}{_OPENINGS[spoken.part]}{spoken.words_in(language).title}"
