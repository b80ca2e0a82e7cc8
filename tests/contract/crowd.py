"""Sheaves for the sender of broadcasts, and what came of them."""

import time
from collections import Counter
from collections.abc import Sequence

from notifications.channels.fcm import Patience
from notifications.channels.fcm_crowd import FcmCrowd
from notifications.channels.push import Answer, Push
from notifications.channels.sheaf import WELL, Sheaf
from notifications.parcel import Outcome
from tests.google_by_http2 import GoogleByHttp2

#: Seconds; the sender's own, only shorter.
IMPATIENT = Patience(connect_s=0.5, read_s=0.5)

WORDS = Push(
    "",
    "",
    "Leave Beit now by the nearest exit. Tân – „raus“!",
    {"broadcast_id": "1", "version": "2", "hash": "0123", "severity": "severe", "exercise": "false"},
    tag="1",
    title="Fire at Beit",
    kept_s=1800,
)


def phones(number: int, name: str = "phone") -> list[str]:
    return [f"{name}-{k}" for k in range(number)]


def sheaf(targets: Sequence[str], words: Push = WORDS) -> Sheaf:
    return Sheaf(words, tuple(("fid", one) for one in targets))


def sent(crowd: FcmCrowd, *sheaves: Sheaf, within_s: float = 8) -> list[Answer]:
    """What came of all of them."""
    began = time.monotonic()
    for number, one in enumerate(sheaves):
        crowd.take(number, one, since=began)
    found: dict[int, list[Answer]] = {}
    while len(found) < len(sheaves):
        assert time.monotonic() - began < within_s
        crowd.wait(most_s=0.1)
        found.update(crowd.turn())
    return [answer for number in sorted(found) for answer in found[number]]


def is_well(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """Whatever the test before has left: an access token is in hand, and a connection stands."""
    stand_in.answers()
    until = time.monotonic() + 8
    while sent(crowd, sheaf(["well"])) != [WELL]:
        assert time.monotonic() < until


def outcomes(answers: Sequence[Answer]) -> Counter[Outcome]:
    return Counter(one.outcome for one in answers)


def times(stand_in: GoogleByHttp2) -> Counter[str]:
    """How often each was pushed to."""
    return Counter(one.target for one in stand_in.taken() if not one.dry)
