"""Statistics in which nobody can be found: a small number is not told, nor what would give it away."""

from collections.abc import Mapping
from dataclasses import dataclass

#: A number below this could be somebody who is known (reference D.3, P11); none is as telling as one.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """The cells of one row, None where the number is not told; the total is of cells that are all told, or None."""

    cells: Mapping[str, int | None]
    total: int | None


def suppress(numbers: Mapping[str, int]) -> Counted:
    """
    The row as it may be told.

    A total beside a cell that is hidden would give it away by subtraction; where
    two or three are hidden it would still narrow them down (a total of twelve
    over three hidden ones says four each). So there is one only where none is.
    """
    cells = {name: number if number >= LEAST else None for name, number in numbers.items()}
    told = [number for number in cells.values() if number is not None]
    return Counted(cells, sum(told) if len(told) == len(cells) else None)
