"""The `[[protocols]]` of a campus file: read strictly, and checked among themselves."""

import re
from collections.abc import Collection, Mapping

from backend.campus.entry import Entry, meant
from backend.campus.protocol import Protocol, ProtocolStep
from backend.kernel.vocabulary import Kind

MOST_STEPS = 20
MOST_QUESTIONS = 20

#: A line of a list that is read in a hurry, and a message that fits a phone.
LONGEST_LINE = 200

_STEP_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SUBTYPE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")

PlacedProtocols = tuple[tuple[Entry, Protocol], ...]


def read_protocols(entries: list[Entry]) -> PlacedProtocols:
    """Each with its entry; what is wrong is told there."""
    return tuple((entry, one) for entry in entries if (one := _protocol(entry)) is not None)


def check_protocols(placed: PlacedProtocols, subtypes: Mapping[Kind, Collection[str]]) -> None:
    """Tell of two for the same cases, and of a subtype that no route has: no case is ever raised with it."""
    first: dict[tuple[Kind, str | None], str] = {}
    for entry, one in placed:
        key = (one.kind, one.subtype)
        if key in first:
            entry.wrong(f"is for the same cases as {first[key]}")
        first.setdefault(key, entry.place)
        known = subtypes.get(one.kind, ())
        if one.subtype is not None and one.subtype not in known:
            entry.wrong(f'"subtype" is "{one.subtype}", and no route of this kind has it{meant(one.subtype, known)}')


def _protocol(entry: Entry) -> Protocol | None:
    word = entry.one_of("kind", Kind)
    found = Protocol(
        kind=Kind(word) if word else Kind.HELP,
        steps=tuple(_step(one) for one in entry.tables("steps")),
        questions=entry.texts("questions"),
        subtype=entry.optional_text("subtype", pattern=_SUBTYPE, shape="lower-case letters, digits and underscores"),
    )
    if not found.steps:
        entry.wrong('"steps" must hold at least one step: there would be nothing to do')
    if len(found.steps) > MOST_STEPS or len(found.questions) > MOST_QUESTIONS:
        entry.wrong(f"has more than {MOST_STEPS} steps or {MOST_QUESTIONS} questions: nobody reads that in a hurry")
    named = [step.id for step in found.steps if step.id]
    for twice in sorted({id_ for id_ in named if named.count(id_) > 1}):
        entry.wrong(f'has two steps with the id "{twice}"')
    if any(len(text) > LONGEST_LINE or not text.strip() for text in found.questions):
        entry.wrong(f'"questions" has one that is blank or longer than {LONGEST_LINE} characters')
    entry.nothing_else()
    return found if word else None


def _step(entry: Entry) -> ProtocolStep:
    found = ProtocolStep(
        id=entry.text("id", pattern=_STEP_ID, shape="lower-case letters and digits with hyphens between"),
        text=entry.text("text"),
    )
    if max(len(found.id), len(found.text)) > LONGEST_LINE or len(found.id) > 40:
        entry.wrong(f'its "text" must be no longer than {LONGEST_LINE} characters and its "id" than 40')
    entry.nothing_else()
    return found
