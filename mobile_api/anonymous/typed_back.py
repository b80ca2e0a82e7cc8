"""Whether a receipt was written down: what was typed, held against what was shown, word by word."""

from backend.concerns.receipt import WORDS


def words_of(typed: str) -> list[str]:
    """The words as they are compared: without numbers, commas, lines or capitals."""
    return "".join(letter if letter.isalpha() else " " for letter in typed.lower()).split()


def fault_in(typed: str, receipt: str) -> str | None:
    """A sentence that names the first word that differs by its place; None when all are right."""
    given, shown = words_of(typed), words_of(receipt)
    if given == shown:
        return None
    first = next((place for place, (one, other) in enumerate(zip(given, shown, strict=False), 1) if one != other), None)
    if len(given) != WORDS:
        count = f"That is {len(given)} of {WORDS} words." if len(given) < WORDS else f"That is more than {WORDS} words."
        return f"{count} Word {first} is not the one shown." if first else count
    return f"Word {first} is not the one shown. Look at your paper."
