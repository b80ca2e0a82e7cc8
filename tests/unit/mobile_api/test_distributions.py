"""The measure by which a mailbox is judged sees what there is to see, and no more."""

import random

from tests.distributions import chance


def test_a_shift_of_half_the_spread_is_seen_in_a_thousand_figures() -> None:
    """
    As a look-up more would make it.
    """
    draw = random.Random(1)
    one = [draw.gauss(10, 0.3) for _ in range(500)]
    other = [draw.gauss(10.15, 0.3) for _ in range(500)]

    by_chance = chance(one, other)

    assert by_chance < 0.001


def test_figures_of_one_source_are_seldom_told_apart() -> None:
    """
    A hundred pairs, of which about one would be at one in a hundred.
    """
    draw = random.Random(2)
    chances = [chance(*[[draw.gauss(10, 0.3) for _ in range(100)] for _ in "ab"]) for _ in range(100)]

    assert len([one for one in chances if one < 0.01]) <= 4
    assert 0.3 < sum(chances) / len(chances) < 0.7
