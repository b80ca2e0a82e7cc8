"""What every test may ask for: a database of its own on a PostgreSQL server of this run's own."""

from collections.abc import Iterator

import pytest

from tests.postgres_cluster import PostgresCluster, PostgresMissing, running_cluster, stores_wanted


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Mark what asks for PostgreSQL, and leave it out only when told to.

    Left out is counted as deselected: without the server and without being
    told, those tests fail and say what to install.
    """
    for item in items:
        if "postgres_cluster" in getattr(item, "fixturenames", ()):
            item.add_marker("postgres")
    if "postgres" not in stores_wanted():
        left_out = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """
    The server; with several workers each has its own.
    """
    try:
        with running_cluster() as cluster:
            yield cluster
    except PostgresMissing as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: PostgresCluster) -> str:
    """
    The database that each test gets a copy of: an empty one.

    Tests that want a schema override this in a `conftest.py` of their own: make
    a database, fill it once, close every connection to it, return its name.
    """
    return postgres_cluster.create_database("empty")


@pytest.fixture
def postgres_database(postgres_cluster: PostgresCluster, postgres_template: str) -> Iterator[str]:
    """
    The URL of a fresh database, dropped after the test.
    """
    name = postgres_cluster.create_database(template=postgres_template)
    yield postgres_cluster.url(name)
    postgres_cluster.drop_database(name)
