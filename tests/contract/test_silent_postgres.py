"""PostgreSQL falls silent without a reset: what is under way ends, and the next is served once the line is back."""

import time

import pytest
import sqlalchemy as sa

from backend.kernel.database import Database
from backend.kernel.engines import open_postgres
from backend.kernel.errors import Unavailable
from backend.kernel.patient_postgres import PING_S
from backend.kernel.threads import PlainThreads
from tests.postgres_cluster import OWNER, PostgresCluster
from tests.silent_line import silent_line


@pytest.mark.postgres
def test_a_line_that_is_silent_is_given_up_and_another_opened(postgres_cluster: PostgresCluster) -> None:
    """
    Every byte is still acknowledged, so that no time-out of TCP's sees it; once it hung for ever.
    """
    name = postgres_cluster.create_database()
    with silent_line(postgres_cluster.folder / ".s.PGSQL.5432") as line:
        writing, reading = open_postgres(f"postgresql://{OWNER}@127.0.0.1:{line.port}/{name}")
        database = Database(writing=writing, reading=reading, threads=PlainThreads(), ring=lambda _: None)
        assert database.write(_one) == 1

        line.falls_silent()
        began = time.monotonic()
        with pytest.raises(Unavailable):
            database.write(_one)
        gave_up_after = time.monotonic() - began
        line.mends()

        # The question of the pool, and a connection that cannot be opened.
        assert gave_up_after < 3 * PING_S + 5
        assert database.write(_one) == 1
        database.close()
    postgres_cluster.drop_database(name)


def _one(session):
    return session.scalar(sa.text("SELECT 1"))
