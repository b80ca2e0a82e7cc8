"""Each promise held against the journals and the store: its name, and a sentence for whatever breaks it."""

from collections.abc import Callable, Mapping

from tests.faults.run import rules_of_books, rules_of_cases, rules_of_streams
from tests.faults.run.kept import Kept
from tests.faults.run.story import Story

RULES: Mapping[str, tuple[Callable[[Story, Kept], list[str]], ...]] = {
    "I1": (rules_of_cases.lost,),
    "I2": (rules_of_cases.doubled,),
    "I3": (rules_of_cases.phantoms,),
    "I4": (rules_of_streams.holes, rules_of_streams.stale),
    "I5": (rules_of_streams.backwards,),
    "I6": (rules_of_books.off_the_second,),
    "I7": (rules_of_cases.crowded,),
    "I9": (rules_of_books.dead,),
    "I10": (rules_of_books.unwritten,),
    "I11": (rules_of_streams.overheard,),
    "I13": (rules_of_streams.off_duty,),
}


def breaches(story: Story, kept: Kept) -> dict[str, list[str]]:
    """By promise, what breaks it; a promise that holds has an empty list."""
    return {name: [told for rule in rules for told in rule(story, kept)] for name, rules in RULES.items()}


def lates(story: Story, kept: Kept) -> dict[str, list[float]]:
    """By promise, seconds that must stay below one; told of a machine that has time, and judged only there."""
    off = [abs(climbed - due) for _, due, climbed in rules_of_books.climbs(kept)]
    return {
        "a rung off its second (I6)": off,
        "who came too late knew after (I7)": rules_of_cases.told_late(story, kept),
    }


def sentences(found: Mapping[str, list[str]], most: int = 5) -> list[str]:
    """The first of each promise that is broken."""
    return [f"{name}: {told}" for name, some in found.items() for told in some[:most]]
