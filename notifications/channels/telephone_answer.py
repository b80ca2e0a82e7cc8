"""What each answer of Twilio's means: done, not now, a number that cannot be reached, or a message that is wrong."""

from dataclasses import dataclass

from notifications.parcel import Outcome

#: Waited after "too many" without a word of how long, and until a refused account is tried again.
BUSY_S, REFUSED_S = 10.0, 15.0

#: The number is none, is no mobile, has opted out, or cannot be reached: true of it today, and it is not forgotten.
UNREACHABLE = frozenset(
    {
        *(21211, 21214, 21217, 21265, 21610, 21612, 21614, 21635),
        *(13223, 13224, 13225, 13226, 21216),
        *(30003, 30004, 30005, 30006),
    }
)

#: Nothing about the number: our account, our sender, or what the account may do.
ACCOUNT = frozenset(
    {*(20003, 20005, 20404), *(13227, 21215, 21408), *(21210, 21212, 21606, 21607, 21608, 21611, 21703)}
)

TOO_MANY = 20429


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that is no success: its status, Twilio's own number for it, and how long it asks us to wait."""

    status: int
    code: int | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it means; `alarming`: it will not get better by itself."""

    outcome: Outcome
    fault: str
    retry_after_s: float | None = None
    alarming: bool = False


def verdict_of(said: Said) -> Verdict:
    """Twilio's number says more than the status, so it is asked first."""
    named = f"{said.status}/{said.code}" if said.code else str(said.status)
    if said.code in UNREACHABLE:
        return Verdict(Outcome.GONE, f"the number cannot be reached: {named}")
    if said.status == 429 or said.code == TOO_MANY:
        wait = BUSY_S if said.retry_after_s is None else said.retry_after_s
        return Verdict(Outcome.RETRY, f"too many: {named}", wait)
    if said.code in ACCOUNT or said.status in (401, 403, 404):
        return Verdict(Outcome.RETRY, f"the account is refused: {named}", REFUSED_S, alarming=True)
    if said.status >= 500:
        return Verdict(Outcome.RETRY, f"provider: {named}", said.retry_after_s)
    if said.status >= 400:
        return Verdict(Outcome.FAILED, f"the message is refused: {named}", alarming=True)
    return Verdict(Outcome.RETRY, f"unknown answer: {named}", alarming=True)
