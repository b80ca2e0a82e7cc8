"""A whole channel inside the sender of letters: one that waits for its provider, letter by letter."""

from collections.abc import Callable

from notifications.channels.channel import Channel
from notifications.channels.letter import Letter
from notifications.channels.push import Answer
from notifications.parcel import Outcome, Result


def hosted(channel: Channel) -> Callable[[Letter], Answer]:
    """How the child sends a letter by this channel; many threads call it at once."""

    def send(letter: Letter) -> Answer:
        (result,) = channel.send([letter.parcel()])
        return answer_of(result)

    return send


def answer_of(result: Result) -> Answer:
    """
    What a channel's word means to the guard before it.

    A try that is to be made again and reached nobody speaks against the
    provider; whom it was for speaks for itself.
    """
    unwell = result.outcome is Outcome.RETRY and result.tried
    return Answer(result.outcome, result.fault, result.retry_after_s, unwell, result.alarming, result.tried)
