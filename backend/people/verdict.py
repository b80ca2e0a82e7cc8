"""What a PIN that was typed is worth, and what a wrong one comes to."""

from enum import StrEnum
from typing import Protocol

from backend.kernel.errors import FieldFault, Invalid

SHORTEST, LONGEST = 4, 8

#: The wrong PIN that counts as duress (contract, "Silent and duress").
ONE_TOO_MANY = 3

FIELD = "pin"


class Verdict(StrEnum):
    """
    What was typed, held against the person's two PINs.

    FREE: there are none, so nothing needed to be typed. MISSING: there are, and nothing was.
    """

    FREE = "free"
    RIGHT = "right"
    WRONG = "wrong"
    DURESS = "duress"
    MISSING = "missing"


class Guarded(Protocol):
    """Something that only a PIN ends: it keeps how many wrong ones were typed for it, in its row."""

    wrong_pins: int | None


def weigh(guarded: Guarded, verdict: Verdict) -> Verdict:
    """Count a wrong PIN on what it was typed for; the third is duress. Every other verdict stays what it is."""
    if verdict is not Verdict.WRONG:
        return verdict
    guarded.wrong_pins = (guarded.wrong_pins or 0) + 1
    return Verdict.DURESS if guarded.wrong_pins >= ONE_TOO_MANY else Verdict.WRONG


def refusal_of(verdict: Verdict) -> Invalid | None:
    """
    How this verdict is refused; None when what was asked for is to be done, or to look as if it was.

    To be returned and raised after the commit: raised inside, it would take back the count of the wrong PIN.
    """
    if verdict is Verdict.MISSING:
        return Invalid("Type your PIN.", [FieldFault(FIELD, "Your PIN is needed for this.")], slug="pin-missing")
    if verdict is Verdict.WRONG:
        return Invalid("That is not your PIN.", [FieldFault(FIELD, "Type it again.")], slug="pin-wrong")
    return None


def faults_of(cancel_pin: str, duress_pin: str) -> list[FieldFault]:
    """What keeps two PINs from being set."""
    told = f"Use {SHORTEST} to {LONGEST} digits."
    faults = [
        FieldFault(field, told)
        for field, pin in (("cancel_pin", cancel_pin), ("duress_pin", duress_pin))
        if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST)
    ]
    if not faults and cancel_pin == duress_pin:
        faults.append(FieldFault("duress_pin", "Use another one than the cancel PIN."))
    return faults
