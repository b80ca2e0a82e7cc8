"""What goes by letter keeps every channel's promise; a push to a phone and one to a browser go side by side."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from notifications.channels.breaker import MOST_FAILURES, State
from notifications.channels.hosted import hosted
from notifications.channels.letter import Letter, letter_to
from notifications.channels.letter_channel import LetterChannel
from notifications.channels.push import Answer, Push
from notifications.channels.push_channel import BROWSERS, PushChannel
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind

PHONE = Target(TargetKind.FID, "phone", "android", "one")
BROWSER = Target(TargetKind.WEB_PUSH, "{}", "web", "two")
MAILBOX = Target(TargetKind.MAILBOX, "team@campus.example")

WELL, BUSY = Answer(Outcome.SENT), Answer(Outcome.RETRY, "provider: 503", 20.0, unwell=True)
OVER = Answer(Outcome.GONE, "the subscription is over: 410")


class Carrier:
    """Answers every letter the same, and remembers it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.letters: list[Any] = []

    def carry(self, letters: Sequence[Letter | Push]) -> list[Answer]:
        self.letters += letters
        return [self.answer for _ in letters]


def parcel(*targets: Target, channel: str = "email", lane: int = 4) -> Parcel:
    more: dict[str, Any] = {"lane": lane, "about": "b", "title": "Gas leak", "kept_s": 900, "quiet": True}
    return Parcel(uuid4(), channel, targets, "Leave the building.", {"hash": "ab"}, **more)


def sent(channel: LetterChannel | PushChannel, one: Parcel) -> Result:
    (result,) = channel.send([one])
    return result


def test_a_letter_goes_to_another_process_and_comes_back_whole() -> None:
    """
    Title, lane and all; its parcel has one target.
    """
    one = parcel(MAILBOX)

    number, found = Letter.from_line(letter_to(MAILBOX, one).line(7))

    assert (7, one) == (number, found.parcel())


def test_mail_in_an_outage_is_held_back_untried_but_a_cases_goes() -> None:
    """
    After some failures in a row; the control room hears of it once.
    """
    carrier = Carrier(BUSY)
    channel = LetterChannel(carrier, seconds=lambda: 0.0)

    alarmed = [sent(channel, parcel(MAILBOX)).alarming for _ in range(MOST_FAILURES)]
    carrier.letters.clear()
    held, case = sent(channel, parcel(MAILBOX)), sent(channel, parcel(MAILBOX, lane=0))
    nowhere = sent(channel, parcel())

    assert [False] * (MOST_FAILURES - 1) + [True] == alarmed
    assert State.OPEN is channel.state
    assert 1 == len(carrier.letters)
    assert (Outcome.RETRY, 5.0, False) == (held.outcome, held.retry_after_s, held.tried)
    assert (Outcome.RETRY, 20.0, True) == (case.outcome, case.retry_after_s, case.tried)
    assert Outcome.GONE is nowhere.outcome


def test_a_mailbox_is_nobodys_installation() -> None:
    """
    What is sent is sent; a dead address is said to be one.
    """
    carrier = Carrier(WELL)
    channel = LetterChannel(carrier, seconds=lambda: 0.0)

    well = sent(channel, parcel(MAILBOX))
    carrier.answer = Answer(Outcome.GONE, "recipient: 550")
    gone = sent(channel, parcel(MAILBOX))

    assert (Outcome.SENT, ()) == (well.outcome, well.told)
    assert (Outcome.GONE, (MAILBOX,)) == (gone.outcome, gone.gone)


def test_each_handset_of_a_person_is_pushed_to_by_its_own_way() -> None:
    """
    The phone has it; the browser's subscription that is over is told of, and only that.
    """
    phones, browsers = Carrier(WELL), Carrier(OVER)
    channel = PushChannel(phones, seconds=lambda: 0.0, web=browsers)
    batch = [parcel(PHONE, BROWSER, channel="push"), parcel(BROWSER, channel="push"), parcel(PHONE, channel="push")]

    both, browser, phone = channel.send(batch)

    assert [Push] * 2 == [type(one) for one in phones.letters]
    assert [Letter] * 2 == [type(one) for one in browsers.letters]
    assert (Outcome.SENT, ("one",), (BROWSER,)) == (both.outcome, both.told, both.gone)
    assert (Outcome.GONE, (BROWSER,)) == (browser.outcome, browser.gone)
    assert (Outcome.SENT, ("one",)) == (phone.outcome, phone.told)
    assert {"web_push"} == {letter.by for letter in browsers.letters}


def test_an_outage_of_one_way_holds_back_nothing_of_the_other() -> None:
    """
    Each provider has a breaker of its own.
    """
    phones, browsers = Carrier(WELL), Carrier(BUSY)
    channel = PushChannel(phones, seconds=lambda: 0.0, web=browsers)
    for _ in range(MOST_FAILURES):
        sent(channel, parcel(BROWSER, channel="push"))
    browsers.letters.clear()

    found = sent(channel, parcel(PHONE, BROWSER, channel="push"))

    assert (State.CLOSED, State.OPEN) == (channel.state, channel.states[BROWSERS])
    assert [] == browsers.letters
    assert (Outcome.RETRY, ("one",), True) == (found.outcome, found.told, found.tried)


def test_a_way_that_ends_without_a_word_is_tried_again() -> None:
    """
    Its greenlet died; the other's answers stand.
    """
    phones = Carrier(WELL)

    def only_the_first(jobs: Sequence[Callable[[], Any]]) -> None:
        jobs[0]()

    channel = PushChannel(phones, seconds=lambda: 0.0, web=Carrier(WELL), together=only_the_first)

    found = sent(channel, parcel(PHONE, BROWSER, channel="push"))

    assert (Outcome.RETRY, ("one",)) == (found.outcome, found.told)


def test_a_whole_channel_can_sit_in_the_sender() -> None:
    """
    One that waits for its provider: what it says of a parcel is what the sender says of a letter.
    """

    class Waiting:
        def send(self, batch: Sequence[Parcel]) -> list[Result]:
            return [Result(one.delivery_id, Outcome.RETRY, one.values[0], 30.0, alarming=True) for one in batch]

    one = letter_to(Target(TargetKind.NUMBER, "+44 20"), parcel(channel="sms"))

    found = hosted(Waiting())(one)

    assert Answer(Outcome.RETRY, "+44 20", 30.0, unwell=True, alarming=True) == found
