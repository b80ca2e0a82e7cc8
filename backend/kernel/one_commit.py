"""A batch in one transaction of SQLite's: each use case by itself, all with one fsync."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.engines import is_full
from backend.kernel.errand import Batch, Errand, Job, Outcome
from backend.kernel.failpoints import reach


class OneCommit:
    """
    Each use case of a batch is behind a savepoint of its own: one that raises takes nobody with it.

    What only the commit can tell, and a full disk, is raised: then nothing of the batch happened.
    """

    def __init__(self, connection: sa.Connection, keeps: dict[str, Any]) -> None:
        """`keeps` is in the info of every session."""
        self._connection = connection
        self._keeps = keeps

    def run(self, batch: Batch) -> list[Outcome]:
        """
        What came of each, once it is committed.

        What was taken along is told before the batch: the bells that make
        somebody look for it ring after that.
        """
        return self._alone(batch) if len(batch.errands) == 1 else self._together(batch)

    def _alone(self, batch: Batch) -> list[Outcome]:
        """One use case needs no savepoint: its transaction is its own."""
        (errand,) = batch.errands
        with Session(self._connection, expire_on_commit=False, info=dict(self._keeps)) as session:
            try:
                result = errand.job(session)
            except Exception as fault:
                session.rollback()
                if is_full(fault):
                    raise
                return [Outcome(errand.promise, fault=fault)]
            outcomes = self._along(batch)
            reach("before_commit")
            session.commit()
        reach("after_commit")
        return [*outcomes, Outcome(errand.promise, result)]

    def _together(self, batch: Batch) -> list[Outcome]:
        with self._connection.begin():
            outcomes = self._each(batch.errands)
            outcomes = self._along(batch) + outcomes
            reach("before_commit")
        reach("after_commit")
        return outcomes

    def _along(self, batch: Batch) -> list[Outcome]:
        batch.along += batch.take_along(set().union(*(errand.rung for errand in batch.errands)))
        return self._each(batch.along)

    def _each(self, errands: list[Errand]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for errand in errands:
            try:
                outcomes.append(Outcome(errand.promise, self._behind_savepoint(errand.job)))
            except Exception as fault:
                if is_full(fault) or not self._is_open():
                    raise
                outcomes.append(Outcome(errand.promise, fault=fault))
        return outcomes

    def _behind_savepoint(self, job: Job) -> Any:
        how: dict[str, Any] = {"expire_on_commit": False, "join_transaction_mode": "create_savepoint"}
        with Session(self._connection, info=dict(self._keeps), **how) as session:
            result = job(session)
            session.commit()
            return result

    def _is_open(self) -> bool:
        """Whether the transaction outlived a fault: some end it, and each savepoint after that would be a commit."""
        driver: Any = self._connection.connection.driver_connection
        return bool(driver.in_transaction)
