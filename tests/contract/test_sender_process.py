"""A sender dies, freezes or never starts: its parent notices, and nobody waits longer than a moment."""

import sys
import time
from collections.abc import Iterator

import gevent
import pytest

from infra.hub import HubThreads
from infra.sender_process import Rhythm, SenderProcess
from notifications.channels.push import Answer, Push
from notifications.parcel import Outcome

DEADLINE_S = 1.0

#: A sender that does what a push tells it to, and answers everything else.
CHILD = """
import json, os, sys, time
assert json.loads(sys.stdin.readline()) == {"hello": "sender"}
assert not [name for name in os.environ if name.startswith("BLUELIGHT_")]
for line in sys.stdin:
    told = json.loads(line.partition(" ")[2])
    if told["value"] == "dies":
        os._exit(1)
    if told["value"] == "freezes":
        time.sleep(60)
    if told["value"] != "is lost":
        sys.stdout.write(json.dumps({"number": told["number"], "outcome": "sent", "fault": told["value"][:9]}) + "\\n")
        sys.stdout.flush()
"""

SENT, RETRY = Outcome.SENT, Outcome.RETRY


def process_of(*command: str) -> SenderProcess:
    rhythm = Rhythm(deadline_s=DEADLINE_S, first_s=0.02)
    return SenderProcess({"hello": "sender"}, name="test", threads=HubThreads(2), command=command, rhythm=rhythm)


@pytest.fixture
def sender(monkeypatch: pytest.MonkeyPatch) -> Iterator[SenderProcess]:
    """
    A running one.
    """
    monkeypatch.setenv("BLUELIGHT_SECRET_KEY", "not the sender's business")
    process = process_of(sys.executable, "-c", CHILD)
    process.start()
    is_up(process)
    yield process
    process.stop(within_s=0)


def is_up(process: SenderProcess, within_s: float = 10) -> None:
    """Let the hub turn until there is a sender that answers."""
    until = time.monotonic() + within_s
    while carried(process, "hello") != [SENT]:
        assert time.monotonic() < until
        gevent.sleep(0.02)


def carried(process: SenderProcess, *values: str) -> list[Outcome]:
    return [answer.outcome for answer in answers(process, *values)]


def answers(process: SenderProcess, *values: str) -> list[Answer]:
    return process.carry([Push("fid", value, "Help: open Bluelight", {}) for value in values])


def test_every_push_has_its_own_answer_in_its_place(sender: SenderProcess) -> None:
    """
    However many are handed over together, and however long they are.
    """
    values = [f"{number:09}" + "x" * 4000 for number in range(200)]

    found = answers(sender, *values)

    assert [value[:9] for value in values] == [answer.fault for answer in found]


def test_a_sender_that_dies_is_started_again_and_what_it_had_is_tried_again(sender: SenderProcess) -> None:
    """
    What was in its hand may have been sent or not; the next push goes by the next sender.
    """
    first = sender.pid
    began = time.monotonic()

    found = carried(sender, "is lost", "dies")

    assert [RETRY, RETRY] == found
    assert time.monotonic() - began < DEADLINE_S
    is_up(sender)
    assert sender.pid not in (None, first)
    assert 1 == sender.restarts


def test_one_answer_that_does_not_come_keeps_no_other_waiting(sender: SenderProcess) -> None:
    """
    The hub goes on, others are answered at once, and a sender that answers them is left in peace.
    """
    first = sender.pid
    waiting = gevent.spawn(carried, sender, "is lost")
    gevent.sleep(0.1)

    began = time.monotonic()
    meanwhile = carried(sender, "another")
    took = time.monotonic() - began

    assert [SENT] == meanwhile
    assert took < DEADLINE_S / 2
    assert [RETRY] == waiting.get(timeout=5)
    assert first == sender.pid


def test_a_frozen_sender_is_ended(sender: SenderProcess) -> None:
    """
    Nothing said to anybody for a whole deadline: the next one takes over.
    """
    first = sender.pid

    found = carried(sender, "freezes")

    assert [RETRY] == found
    is_up(sender)
    assert first != sender.pid


@pytest.mark.parametrize("command", [("/nowhere/at/all",), (sys.executable, "-c", "1")])
def test_a_sender_that_never_starts_is_told_of(command: tuple[str, ...]) -> None:
    """
    Pushes come back at once and untried; after a few births that came to nothing the control room must know.
    """
    process = process_of(*command)
    process.start()

    with gevent.Timeout(10):
        while not answers(process, "anybody")[0].alarming:
            gevent.sleep(0.02)
    (found,) = answers(process, "anybody")
    process.stop(within_s=0)

    assert Answer(RETRY, "no sender", unwell=True, alarming=True, tried=False) == found


def test_a_sender_may_be_born_with_its_first_letter() -> None:
    """
    Told to come again, untried, it goes the next time; until then there is no process at all.
    """
    process = process_of(sys.executable, "-c", CHILD)
    before = process.pid

    (first,) = answers(process, "hello")
    is_up(process)
    process.stop(within_s=0)

    assert before is None
    assert (RETRY, False, False) == (first.outcome, first.tried, first.alarming)


def test_a_sender_that_hangs_holds_up_no_other(sender: SenderProcess) -> None:
    """
    Each kind of letter has a process of its own.
    """
    other = process_of(sys.executable, "-c", CHILD)
    other.start()
    is_up(other)
    waiting = gevent.spawn(carried, other, "freezes")
    gevent.sleep(0.1)

    began = time.monotonic()
    meanwhile = carried(sender, "another")
    took = time.monotonic() - began

    assert [SENT] == meanwhile
    assert took < DEADLINE_S / 2
    assert [RETRY] == waiting.get(timeout=5)
    other.stop(within_s=0)
