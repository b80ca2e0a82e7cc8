"""What each answer of a push service's means for a browser: done, not now, a dead subscription, or our own fault."""

from datetime import datetime

from notifications.channels.push import Answer
from notifications.channels.retry_after import seconds_of
from notifications.parcel import Outcome

#: Seconds until a quota is over, and until a refused key is tried again.
QUOTA_S, REFUSED_S = 60.0, 15.0


def answer_of(status: int, retry_after: str | None, *, now: datetime) -> Answer:
    """By RFC 8030 and 8292; a redirection is never followed, for it could lead anywhere."""
    asked = seconds_of(retry_after, now=now)
    if 200 <= status < 300:
        return Answer(Outcome.SENT)
    if status in (404, 410):
        return Answer(Outcome.GONE, f"the subscription is over: {status}")
    if status == 429:
        return Answer(Outcome.RETRY, "quota exceeded", QUOTA_S if asked is None else asked, unwell=True)
    if status in (401, 403):
        return Answer(Outcome.RETRY, f"VAPID refused: {status}", REFUSED_S, unwell=True, alarming=True)
    if status in (400, 413):
        return Answer(Outcome.FAILED, f"invalid message: {status}", alarming=True)
    if status >= 500:
        return Answer(Outcome.RETRY, f"provider: {status}", asked, unwell=True)
    return Answer(Outcome.RETRY, f"unknown answer: {status}", asked, unwell=True, alarming=True)
