"""PostgreSQL's own fence, and which schema a process of the scaled form begins on."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.database import Database
from backend.kernel.engines import POSTGRES_LIMITS, open_postgres
from backend.kernel.errors import Refusal, Unavailable
from backend.kernel.threads import PlainThreads
from infra.migrating import check_schema, migrate, pending, revision_of
from infra.processes import Listens, run_web, run_worker
from infra.rounds import Rounds
from infra.settings import Settings
from infra.sharing import AT_ONCE, OF_ONE, OF_SOCKETS, of_web, of_worker


@pytest.fixture
def engine(postgres_database: str) -> Iterator[sa.Engine]:
    """An empty database, opened as the service opens it."""
    engine, _ = open_postgres(postgres_database)
    yield engine
    engine.dispose()


def as_if_at(engine: sa.Engine, revision: str) -> None:
    """A newer version has brought this database's tables up."""
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :at"), {"at": revision})


def test_a_process_runs_on_a_schema_one_ahead_and_on_none_that_is_behind_or_further(engine: sa.Engine) -> None:
    """
    The tables first, then one process after the other; each refusal says what to do.
    """
    refused = []
    for revision in (None, "-1", "head"):
        if revision is not None:
            migrate(engine, "head")
            migrate(engine, revision)
        try:
            check_schema(engine)
        except Unavailable as refusal:
            refused.append(refusal.title)
    ours = int(revision_of(engine))
    as_if_at(engine, f"{ours + 1:04}")
    check_schema(engine)
    ahead = pending(engine)
    as_if_at(engine, f"{ours + 2:04}")
    with pytest.raises(Unavailable, match="too new"):
        check_schema(engine)

    assert [True, True] == ["bluelight migrate" in one for one in refused]
    assert [] == ahead


@pytest.mark.parametrize("run", [run_web, run_worker])
def test_a_process_of_several_says_in_one_sentence_what_it_lacks(
    run: Callable[[Settings, Listens], None],
    postgres_database: str,
    tmp_path: Path,
) -> None:
    """
    Without a PostgreSQL, and on one without tables; neither makes any.
    """

    def refusal(settings: Settings) -> str:
        with pytest.raises(Refusal) as refused:
            run(settings, Listens("127.0.0.1", 0))
        return refused.value.title

    without = refusal(Settings(data_dir=tmp_path))
    behind = refusal(Settings(data_dir=tmp_path, database_url=postgres_database))

    assert "BLUELIGHT_DATABASE_URL" in without
    assert "bluelight migrate" in behind


def test_a_transaction_in_which_nothing_is_said_is_ended_and_holds_nobody_up(engine: sa.Engine) -> None:
    """
    Its process is frozen: another has its row after five seconds, and what it commits once it wakes is refused.
    """
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE rows (id int PRIMARY KEY, by text)"))
        connection.execute(sa.text("INSERT INTO rows VALUES (1, 'nobody')"))
    database = Database(writing=engine, reading=engine, threads=PlainThreads(), ring=lambda _: None)
    holds, wakes = threading.Event(), threading.Event()
    refused: list[BaseException] = []

    def frozen(session: Session) -> None:
        session.execute(sa.text("UPDATE rows SET by = 'frozen'"))
        holds.set()
        wakes.wait(30)

    def freezes() -> None:
        try:
            database.write(frozen)
        except Unavailable as refusal:
            refused.append(refusal)

    thread = threading.Thread(target=freezes)
    thread.start()
    assert holds.wait(20)
    database.write(lambda session: session.execute(sa.text("UPDATE rows SET by = 'another'")))
    wakes.set()
    thread.join(20)

    assert 1 == len(refused)
    assert "another" == database.read(lambda session: session.scalar(sa.text("SELECT by FROM rows")))
    assert POSTGRES_LIMITS["idle_in_transaction_session_timeout"] < POSTGRES_LIMITS["lock_timeout"]


class Nothing:
    """Stands in for what no round is asked for here."""

    def __getattr__(self, name: str) -> "Nothing":
        return self

    def __call__(self, *_: object) -> NoReturn:
        raise AssertionError("no round is turned here")


def test_every_round_is_turned_by_a_web_process_or_by_a_worker(tmp_path: Path) -> None:
    """
    Those about sockets by the first alone; and each name that is shared out is one of a round.
    """
    nothing = Nothing()
    rounds = Rounds(
        *(nothing, nothing, nothing, {}, "p", tmp_path, nothing, nothing, nothing),  # type: ignore[arg-type]
    )

    everything = {one.name for one in rounds.all()}
    web, worker = ({one.name for one in found} for found in (of_web(rounds), of_worker(rounds, lambda: True)))

    assert everything == web | worker
    assert OF_SOCKETS == web - worker
    assert AT_ONCE == web & worker
    assert OF_ONE <= worker
