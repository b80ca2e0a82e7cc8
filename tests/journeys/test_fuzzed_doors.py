"""What schemathesis makes of the API document: no fault of ours, no answer beside it, no way past the role table."""

import os

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.fuzzed_doors import Fuzzed, Tried, Who, doors, may_succeed

#: `make api-fuzz` sets these.
EXAMPLES = int(os.environ.get("BLUELIGHT_TEST_FUZZ_EXAMPLES", "12"))
SEED = int(os.environ.get("BLUELIGHT_TEST_FUZZ_SEED", "7"))

EVERYBODY: tuple[Who, ...] = (None, *Role)

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def who_may_and_one_who_may_not(door: Tried, place: int) -> list[Who]:
    """Two of them for each door, another pair at the next one."""
    able = [who for who in EVERYBODY if may_succeed(door, who)]
    unable = [who for who in EVERYBODY if not may_succeed(door, who)]
    return [of[place % len(of)] for of in (able, unable) if of]


@one_store
def test_every_door_keeps_to_its_document(campus: CampusStage) -> None:
    """
    A body that fits and one that does not, from somebody who may come and somebody who may not; always the same.
    """
    fuzzed = Fuzzed(campus)

    for place, door in enumerate(doors(campus, examples=1)):
        for who in who_may_and_one_who_may_not(door, place):
            fuzzed.tries(door, who)

    assert [] == fuzzed.wrong
    assert fuzzed.sent > 300


@pytest.mark.long
@pytest.mark.timeout(3600)
@one_store
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who or "nobody")
def test_every_door_keeps_to_its_document_whoever_comes(campus: CampusStage, who: Who) -> None:
    """
    Dozens of cases at each door for one role, others with every seed.
    """
    fuzzed = Fuzzed(campus)

    for door in doors(campus, examples=EXAMPLES, number=SEED):
        fuzzed.tries(door, who)

    assert [] == fuzzed.wrong
