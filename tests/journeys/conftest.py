"""Each journey gets a campus of its own, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.campus.configuration import read_campus
from backend.campus.importing_campus import import_campus
from backend.kernel.threads import PlainThreads
from infra.migrating import migrate
from infra.settings import Settings
from infra.wiring import STORE_FILES, open_database, open_engines
from tests.campus import IMPERIAL, CampusStage, Clock
from tests.journeys.telephones import Exchange
from tests.postgres_cluster import PostgresCluster
from tests.twilio_stand_in import TwilioStandIn, twilio_stands_in

SECRET = "a secret of thirty-two characters or more"


def prepare(settings: Settings) -> None:
    """Tables and the demo campus, once for all journeys of a run."""
    writing, reading = open_engines(settings)
    migrate(writing)
    writing.dispose()
    reading.dispose()
    database = open_database(settings, PlainThreads(), lambda _: None)
    database.write(import_campus, read_campus(IMPERIAL), by=None, now=Clock()())
    database.close()


def copy_store(template: Path, folder: Path) -> None:
    """The embedded form's files, for a test of its own."""
    for file in STORE_FILES:
        shutil.copy(template / file, folder / file)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with tables and campus, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    prepare(Settings(data_dir=folder, secret_key=SECRET))
    return folder


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: PostgresCluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with tables and campus, to be copied."""
    name = postgres_cluster.create_database("journeys")
    folder = tmp_path_factory.mktemp("anchor")
    prepare(Settings(data_dir=folder, database_url=postgres_cluster.url(name), secret_key=SECRET))
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A store of this test's own, with the campus in it."""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
        return Settings(data_dir=tmp_path, database_url=url, secret_key=SECRET)
    copy_store(request.getfixturevalue("sqlite_template"), tmp_path)
    return Settings(data_dir=tmp_path, secret_key=SECRET)


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """An empty place of the same form."""
    place = replace(settings, data_dir=tmp_path / "elsewhere")
    if not settings.database_url:
        yield place
        return
    cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create_database()
    yield replace(place, database_url=cluster.url(name))
    cluster.drop_database(name)


@pytest.fixture
def campus(settings: Settings) -> Iterator[CampusStage]:
    """The demo campus on a Monday afternoon, with nobody there yet."""
    stage = CampusStage(settings, Clock())
    yield stage
    stage.closes()


@pytest.fixture(scope="session")
def twilio() -> Iterator[TwilioStandIn]:
    """One stand-in for Twilio for all journeys of a run."""
    with twilio_stands_in() as one:
        yield one


@pytest.fixture
def exchange(campus: CampusStage, twilio: TwilioStandIn) -> Exchange:
    """The campus's telephones: nobody was texted or rung yet."""
    return Exchange(campus, twilio)
