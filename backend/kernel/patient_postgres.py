"""A connection to PostgreSQL that waits so long and no longer: a line that is silent without a reset ends it."""

from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.abc import RV, PQGen
from psycopg.errors import _WaitTimeout

#: Seconds without an answer after which the line is taken for dead: longer than any statement of ours may run
#: (`statement_timeout`, which a server that cannot be reached does not watch).
PATIENCE_S = 17.0

#: The pool's question whether a connection still stands, before each use of it.
PING_S = 3.0


class PatientConnection(psycopg.Connection[Any]):
    """
    What is under way when the patience ends raises OperationalError, and the pool opens another connection.

    `tcp_user_timeout` sees a network that swallows packets; it does not see a
    frozen server, or a proxy whose far side has gone, because the near side
    still acknowledges every byte. Such a line once kept all connections, and
    every press, for ever.
    """

    is_hurried = True

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """As psycopg's own, with an end."""
        if timeout is not None or not self.is_hurried:
            return super().wait(gen, interval, timeout)
        # Only the pool's question is asked outside a transaction, and what is not hurried.
        patience_s = PING_S if self._autocommit else PATIENCE_S
        try:
            return super().wait(gen, interval, patience_s)
        except _WaitTimeout:
            # Nothing may be asked of it again: what comes late would answer another question.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer from PostgreSQL for {patience_s:.0f} s") from None


def unhurried(connection: sa.Connection, *, on: bool = True) -> None:
    """What is asked of this connection may take as long as it takes; with `on` False no longer."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, PatientConnection)
    driver.is_hurried = not on
    connection.exec_driver_sql("SET statement_timeout = 0" if on else "RESET statement_timeout")
