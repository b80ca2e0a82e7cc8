"""The sender of broadcasts as the server has it: a process that is handed sheaves, and may be killed with them."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import gevent
import pytest

from infra.crowd_sender import CrowdSender
from infra.hub import HubThreads
from infra.sender_process import Rhythm, SenderProcess, command_of
from notifications.channels.push import Push
from notifications.channels.sheaf import WELL, answers_from_line
from notifications.parcel import Outcome
from tests import google
from tests.contract.crowd import WORDS, phones, times
from tests.google import HANGS
from tests.google_by_http2 import GoogleByHttp2

WELSH = replace(WORDS, title="T\u00e2n")


@pytest.fixture(scope="module")
def sender(stand_in: GoogleByHttp2, trusted: None) -> Iterator[CrowdSender]:
    """
    One that has sent something.
    """
    greeting = {
        "account": stand_in.account,
        "endpoint": stand_in.endpoint,
        "patience": {"connect_s": 2.0, "read_s": 4.0},
        "log_level": "info",
        "per_second": 9000,
    }
    process = SenderProcess(
        greeting,
        name="crowd",
        threads=HubThreads(2),
        command=command_of("infra.crowd_child"),
        rhythm=Rhythm(first_s=0.02),
        hears=answers_from_line,
    )
    process.start()
    one = CrowdSender(process)
    is_up(one)
    yield one
    process.stop(within_s=0)


def is_up(sender: CrowdSender, within_s: float = 40) -> None:
    """Let the hub turn until there is one that sends."""
    until = time.monotonic() + within_s
    while sender.carry(pushes(["hello"])) != [WELL]:
        assert time.monotonic() < until
        gevent.sleep(0.05)


def pushes(targets: Sequence[str], words: Push = WORDS) -> list[Push]:
    return [replace(words, kind="fid", value=one) for one in targets]


def test_each_phone_has_its_own_answer_in_its_place(stand_in: GoogleByHttp2, sender: CrowdSender) -> None:
    """
    Two languages, dead phones among them, and more than a pipe takes at once.
    """
    stand_in.answers(("dead", google.UNREGISTERED))
    told = [one for k in range(100) for one in (*pushes([f"a{k}"]), *pushes([f"b{k}"], WELSH), *pushes([f"dead{k}"]))]

    found = sender.carry(told)

    by_name = Counter((push.value.rstrip("0123456789"), one.fault) for push, one in zip(told, found, strict=True))
    assert {("a", None): 100, ("b", None): 100, ("dead", "unregistered"): 100} == by_name
    assert {one.value for one in told} == set(times(stand_in))
    assert {1} == set(times(stand_in).values())


def test_who_is_killed_with_hundreds_in_hand_says_so_of_all_of_them(
    stand_in: GoogleByHttp2, sender: CrowdSender
) -> None:
    """
    Whether they were sent nobody knows: each is to be tried again, by the next sender.
    """
    stand_in.answers(("hangs", HANGS))
    first = sender.process.pid
    assert first is not None
    waiting = gevent.spawn(sender.carry, pushes(phones(300, "hangs")))
    while len(times(stand_in)) < 300:
        gevent.sleep(0.02)

    os.kill(first, signal.SIGKILL)
    found = waiting.get(timeout=10)
    stand_in.answers()
    is_up(sender)

    assert {(Outcome.RETRY, "the sender died", True): 300} == Counter(
        (one.outcome, one.fault, one.unwell) for one in found
    )
    assert first != sender.process.pid
