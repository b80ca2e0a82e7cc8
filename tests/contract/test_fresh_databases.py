"""Every test on PostgreSQL has a database that nobody wrote to before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgres_cluster import PostgresCluster, PostgresMissing, server_programs

NAME = sa.text("SELECT current_database()")


@pytest.fixture
def engine(postgres_database: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(postgres_database)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_is_empty_however_often_one_is_asked_for(engine: sa.Engine, turn: int) -> None:
    """
    What one test leaves behind is not there in the next.
    """
    assert [] == sa.inspect(engine).get_table_names()

    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE left_behind (id integer)"))

    assert ["left_behind"] == sa.inspect(engine).get_table_names()


def test_a_database_is_dropped_under_a_pool_that_was_left_open(postgres_cluster: PostgresCluster) -> None:
    """
    A test that forgot to close its connections does not stop the run.
    """
    name = postgres_cluster.create_database()
    engine = sa.create_engine(postgres_cluster.url(name), poolclass=sa.NullPool)
    connection = engine.connect()
    connection.execute(NAME)

    postgres_cluster.drop_database(name)

    with pytest.raises(sa.exc.OperationalError, match="terminat"):
        connection.execute(NAME)
    connection.invalidate()


def test_databases_made_at_the_same_time_are_different(postgres_cluster: PostgresCluster) -> None:
    """
    Eight at once are eight databases.
    """
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: postgres_cluster.create_database(template="template0"), range(8)))

    assert 8 == len(set(names))


def test_a_missing_server_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Without the programs the words name what to install and how to do without.
    """
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PostgresMissing) as missing:
        server_programs(debian=tmp_path)

    assert 0 == str(missing.value).count("\n")
    assert "apt-get install postgresql" in str(missing.value)
