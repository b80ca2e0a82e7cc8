"""A batch that could not be committed is tried again without what may be to blame: nobody's tap is refused for that."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from backend.kernel.engines import is_full
from backend.kernel.errand import Batch, Errand, Outcome, TakeAlong
from backend.kernel.one_commit import OneCommit


class RetriedCommit:
    """
    What came of each errand, whatever its batch met.

    First without what was taken along. Then, on a full disk, `give_up` is asked
    to free what was reserved: what can wait is refused, and the rest tried once
    more together, and after that each by itself, for one alone may still fit.
    """

    def __init__(
        self, connection: sa.Connection, keeps: dict[str, Any], give_up: Callable[[], bool], take_along: TakeAlong
    ) -> None:
        self._connection = connection
        self._commit = OneCommit(connection, keeps)
        self._give_up = give_up
        self._take_along = take_along

    def outcomes(self, errands: list[Errand]) -> list[Outcome]:
        """Never raises: who cannot be helped is told the fault."""
        batch = Batch(errands, self._take_along)
        found, fault = self._try(batch)
        if fault is None:
            return found
        outcomes = [Outcome(one.promise, fault=fault) for one in batch.along]
        if batch.along:
            found, fault = self._try(Batch(errands))
        if fault is not None:
            found = self._by_all_means(errands, fault)
        return outcomes + found

    def _try(self, batch: Batch) -> tuple[list[Outcome], Exception | None]:
        """What came of it, or why nothing of it happened."""
        try:
            return self._commit.run(batch), None
        except Exception as fault:
            # The connection may still be in the transaction that failed: what comes next gets another.
            self._connection.invalidate()
            self._connection.rollback()
            return [], fault

    def _by_all_means(self, errands: list[Errand], fault: Exception) -> list[Outcome]:
        urgent = [one for one in errands if is_full(fault) and not one.can_wait]
        outcomes = [Outcome(one.promise, fault=fault) for one in errands if one not in urgent]
        if urgent and self._give_up():
            found, still = self._try(Batch(urgent))
            if still is None:
                return outcomes + found
        for one in urgent:
            found, still = self._try(Batch([one]))
            outcomes += found if still is None else [Outcome(one.promise, fault=still)]
        return outcomes
