"""What each answer of Google's means for a push: done, not now, a dead target, or a message of ours that is wrong."""

from datetime import datetime

from firebase_admin import exceptions, messaging

from notifications.channels.push import Answer
from notifications.channels.retry_after import seconds_of
from notifications.parcel import Outcome

#: Google's own default for a quota that was exceeded, and what is waited until refused credentials are tried again.
QUOTA_S, REFUSED_S = 60.0, 15.0

#: The provider's trouble, and it knows.
_BUSY = (exceptions.UnavailableError, exceptions.InternalError, exceptions.DeadlineExceededError)
_REFUSED = (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError, messaging.ThirdPartyAuthError)


class NoPass(Exception):
    """There is no access token at this moment; `refused` when Google will not give one."""

    def __init__(self, *, refused: bool) -> None:
        super().__init__("there is no access token")
        self.refused = refused


def answer_of(fault: BaseException | None, *, now: datetime) -> Answer:
    """
    What became of a push that raised this, or nothing.

    `InvalidArgumentError` comes out as FAILED: whether the target or the
    message is wrong takes a second look (`verdict_of`). A 404 or a 403 that
    does not name the target says nothing about it.
    """
    if fault is None:
        return Answer(Outcome.SENT)
    if isinstance(fault, messaging.UnregisteredError):
        return Answer(Outcome.GONE, "unregistered")
    if isinstance(fault, messaging.SenderIdMismatchError):
        return Answer(Outcome.GONE, "another project's target")
    if isinstance(fault, exceptions.InvalidArgumentError):
        return Answer(Outcome.FAILED, "invalid argument", alarming=True)
    if isinstance(fault, messaging.QuotaExceededError | exceptions.ResourceExhaustedError):
        asked = retry_after_s(fault, now=now)
        return Answer(Outcome.RETRY, "quota exceeded", QUOTA_S if asked is None else asked, unwell=True)
    if isinstance(fault, _BUSY):
        return Answer(Outcome.RETRY, f"provider: {fault.code}", retry_after_s(fault, now=now), unwell=True)
    if isinstance(fault, NoPass):
        wait, what = (REFUSED_S, "access refused") if fault.refused else (None, "no access token yet")
        return Answer(Outcome.RETRY, what, wait, unwell=True, alarming=fault.refused)
    if isinstance(fault, _REFUSED):
        return Answer(Outcome.RETRY, f"access refused: {fault.code}", REFUSED_S, unwell=True, alarming=True)
    return Answer(Outcome.RETRY, f"unknown answer: {type(fault).__name__}", unwell=True, alarming=True)


def verdict_of(fault: BaseException | None, *, now: datetime) -> Answer:
    """After a 400: what a dry run of the same message to nobody says. If that is well, it was the target."""
    if fault is None:
        return Answer(Outcome.GONE, "invalid target")
    if isinstance(fault, exceptions.InvalidArgumentError):
        return Answer(Outcome.FAILED, "invalid message", alarming=True)
    return answer_of(fault, now=now)


def retry_after_s(fault: exceptions.FirebaseError, *, now: datetime) -> float | None:
    """What the provider asked for, in seconds or as a date; None when it did not, or not in a way one can read."""
    response = fault.http_response
    return seconds_of(response.headers.get("Retry-After") if response is not None else None, now=now)
