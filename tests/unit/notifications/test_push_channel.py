"""The channel tells of trouble once, holds back what may wait, and is honest about what it cannot carry."""

from collections.abc import Sequence
from uuid import uuid4

from notifications.channels.breaker import MOST_FAILURES, State
from notifications.channels.push import Answer, Push
from notifications.channels.push_channel import PushChannel
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind

PHONE = Target(TargetKind.FID, "phone", "android", "one")
BROWSER = Target(TargetKind.WEB_PUSH, "https://push.example/1", "web", "two")

WELL = Answer(Outcome.SENT)
BUSY = Answer(Outcome.RETRY, "provider: UNAVAILABLE", unwell=True)
REFUSED = Answer(Outcome.RETRY, "access refused", 15.0, unwell=True, alarming=True)


class Carrier:
    """Answers every push the same, and remembers it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.pushes: list[Push] = []

    def carry(self, pushes: Sequence[Push]) -> list[Answer]:
        self.pushes += pushes
        return [self.answer for _ in pushes]


def parcel(*targets: Target, lane: int = 0, title: str | None = None) -> Parcel:
    return Parcel(uuid4(), "push", targets or (PHONE,), "Help: open Bluelight", {}, lane=lane, title=title)


def sent(channel: PushChannel, lane: int = 0) -> Result:
    (result,) = channel.send([parcel(lane=lane)])
    return result


def test_trouble_that_lasts_is_told_once_and_anew_after_a_success() -> None:
    """
    A control room that is alarmed with every push stops listening.
    """
    carrier = Carrier(REFUSED)
    channel = PushChannel(carrier, seconds=lambda: 0.0)

    first = [sent(channel).alarming for _ in range(20)]
    carrier.answer = WELL
    sent(channel)
    carrier.answer = REFUSED
    again = [sent(channel).alarming for _ in range(20)]

    assert [True] + [False] * 19 == first == again


def test_an_outage_is_told_when_the_provider_is_taken_for_unwell() -> None:
    """
    One busy answer is an ordinary Tuesday; five in a row are not.
    """
    channel = PushChannel(Carrier(BUSY), seconds=lambda: 0.0)

    found = [sent(channel).alarming for _ in range(MOST_FAILURES + 3)]

    assert [False] * (MOST_FAILURES - 1) + [True] + [False] * 3 == found
    assert State.OPEN is channel.state


def test_in_an_outage_calls_go_and_the_rest_is_held_back_untried() -> None:
    """
    What is held back says when to ask again, and costs no try.
    """
    carrier = Carrier(BUSY)
    channel = PushChannel(carrier, seconds=lambda: 0.0)
    for _ in range(MOST_FAILURES):
        sent(channel)
    carrier.pushes.clear()

    call, rest = sent(channel, lane=1), sent(channel, lane=2)

    assert 1 == len(carrier.pushes)
    assert (True, False) == (call.tried, rest.tried)
    assert (Outcome.RETRY, 5.0) == (rest.outcome, rest.retry_after_s)


def test_a_call_that_comes_through_ends_the_outage() -> None:
    """
    Nobody waits for a probe when a call has shown that all is well.
    """
    carrier = Carrier(BUSY)
    channel = PushChannel(carrier, seconds=lambda: 0.0)
    for _ in range(MOST_FAILURES):
        sent(channel)
    carrier.answer = WELL

    sent(channel, lane=0)

    assert State.CLOSED is channel.state
    assert Outcome.SENT is sent(channel, lane=4).outcome


def test_where_web_push_is_not_set_up_it_is_not_said_to_be_sent_and_its_target_stays_known() -> None:
    """
    Beside a phone the phone is what counts.
    """
    channel = PushChannel(Carrier(WELL), seconds=lambda: 0.0)

    alone, both = channel.send([parcel(BROWSER), parcel(BROWSER, PHONE)])

    assert (Outcome.GONE, ()) == (alone.outcome, alone.gone)
    assert (Outcome.SENT, ("one",)) == (both.outcome, both.told)


def test_every_parcel_has_its_own_handsets_answers() -> None:
    """
    However they are mixed.
    """
    parcels = [parcel(PHONE, PHONE), parcel(), parcel(BROWSER), parcel(PHONE, PHONE, PHONE)]
    carrier = Carrier(WELL)

    found = PushChannel(carrier, seconds=lambda: 0.0).send(parcels)

    told = {result.delivery_id: len(result.told) for result in found}
    assert [2, 1, 0, 3] == [told[one.delivery_id] for one in parcels]
    assert 6 == len(carrier.pushes)


def test_what_thousands_are_refused_holds_up_no_case() -> None:
    """
    A broadcast goes by its own sender; while that one is held back, a case's push that may wait goes at once.
    """
    calls, crowd = Carrier(WELL), Carrier(BUSY)
    channel = PushChannel(calls, crowd=crowd, seconds=lambda: 0.0)

    told = channel.send([parcel(lane=4, title="Fire at Beit") for _ in range(20)])
    held = channel.send([parcel(lane=4, title="Fire at Beit")])
    case = sent(channel, lane=2)

    assert 20 == len(crowd.pushes)
    assert {Outcome.RETRY} == {one.outcome for one in told}
    assert [False] == [one.tried for one in held]
    assert Outcome.SENT is case.outcome
    assert (State.CLOSED, State.OPEN) == (channel.state, channel.states["fcm_crowd"])
