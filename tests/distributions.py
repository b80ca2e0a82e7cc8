"""Can two lots of figures be told apart? Kolmogorov's and Smirnov's test, written out."""

import math
from bisect import bisect_right
from collections.abc import Sequence


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """The largest difference between the shares of both that are no greater than some figure: from 0 to 1."""
    first, second = sorted(one), sorted(other)
    return max(
        abs(bisect_right(first, at) / len(first) - bisect_right(second, at) / len(second)) for at in (*first, *second)
    )


def chance(one: Sequence[float], other: Sequence[float]) -> float:
    """
    How likely a distance as large is when both come from one source (asymptotic, so at most a little too high).

    Near 0 they are told apart.
    """
    share = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    reach = (share + 0.12 + 0.11 / share) * distance(one, other)
    if reach < 0.2:
        return 1.0
    terms = (2 * (-1) ** (nth - 1) * math.exp(-2 * (nth * reach) ** 2) for nth in range(1, 101))
    return min(1.0, max(0.0, sum(terms)))
