"""Rows on PostgreSQL: our server killed, the store restarted, silent without a reset, all its connections held."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.faults.run.killing import Injector
from tests.faults.run.playing import Clients, Plan
from tests.faults.run.playing_through import Fault, Run, at_random, play_through
from tests.faults.run.rows import Row
from tests.faults.run.served import PostgresServer, on_postgres
from tests.postgres_cluster import PostgresCluster
from tests.silent_line import SilentLine, silent_line

#: The tests' server may lose what was committed; this one may not.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

#: One process is back within five seconds of its store; a fail-over may take fifteen.
BACK_S = 15.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Where these rows are tried and with how many presses each."""

    cluster: PostgresCluster
    taps: int
    seed: int


def killed(folder: Path, pg: Setting, *, kills: int) -> Row:
    """The server, at random instants; the store stands."""
    run = _run(folder, pg, at_random((1, 3), kills))
    return run.row("kill -9 at random, PostgreSQL", f"{run.kills} kills", "nothing lost, back within 5 s")


def restarted(folder: Path, pg: Setting, *, times: int) -> Row:
    """Ended in the middle of everything, as `pg_ctl restart -m immediate` does, and started again."""

    def fault(injector: Injector, playing: Clients) -> None:
        for _ in range(times):
            injector.rests(1.5, playing)
            since = time.time()
            pg.cluster.stop(signal.SIGQUIT)
            pg.cluster.start()
            injector.was_down(since)
        injector.until_pressed(playing, every_s=(60, 60), most=0)

    run = _run(folder, pg, fault)
    return run.row("PostgreSQL restarted", f"{times} restarts", "nothing lost, back within 15 s", back_s=BACK_S)


def silent(folder: Path, pg: Setting, *, for_s: float) -> Row:
    """Every byte between the server and PostgreSQL is swallowed for a while, and no connection is reset."""
    with silent_line(pg.cluster.socket) as line:

        def fault(injector: Injector, playing: Clients) -> None:
            injector.rests(1.5, playing)
            since = time.time()
            line.falls_silent()
            time.sleep(for_s)
            line.mends()
            injector.was_down(since)
            injector.until_pressed(playing, every_s=(60, 60), most=0)

        run = _run(folder, pg, fault, line)
    told = f"no byte and no reset for {for_s:.0f} s"
    return run.row("PostgreSQL silent", told, "nothing lost, back within 15 s", back_s=for_s + BACK_S)


def crowded_out(folder: Path, pg: Setting, *, for_s: float) -> Row:
    """Somebody holds the lock that every press needs, so that all connections of the pool stand and wait."""

    def fault(injector: Injector, playing: Clients) -> None:
        injector.rests(1.5, playing)
        since = time.time()
        with psycopg.connect(injector.server.told["BLUELIGHT_DATABASE_URL"].replace("+psycopg", "")) as slow:
            slow.execute("LOCK TABLE taps IN ACCESS EXCLUSIVE MODE")
            time.sleep(for_s)
        injector.was_down(since)
        injector.until_pressed(playing, every_s=(60, 60), most=0)

    run = _run(folder, pg, fault)
    told = f"every connection waited for {for_s:.0f} s"
    return run.row("PostgreSQL's pool exhausted", told, "nothing lost, back within 5 s", back_s=for_s + 5)


def failed_over(folder: Path, *, taps: int, seed: int) -> Row:
    """The primary is gone at once, its synchronous standby takes its place, and the address moves there."""
    primary, standby = PostgresCluster(DURABLE), PostgresCluster(DURABLE)
    try:
        primary.start()
        standby.follow(primary)
        with silent_line(primary.socket) as line:

            def fault(injector: Injector, playing: Clients) -> None:
                injector.rests(4, playing)
                since = time.time()
                primary.stop(signal.SIGQUIT)
                standby.promote()
                line.leads_to(standby.socket)
                server = injector.server
                assert isinstance(server, PostgresServer)
                server.database_url = server.database_url.replace(str(primary.folder), str(standby.folder))
                injector.was_down(since)
                injector.until_pressed(playing, every_s=(60, 60), most=0)

            run = _run(folder, Setting(primary, taps, seed), fault, line)
    finally:
        standby.remove()
        primary.remove()
    name = "PostgreSQL fails over to its synchronous standby"
    return run.row(name, "the primary killed, the standby promoted", "nothing lost, back within 15 s", back_s=BACK_S)


def _run(folder: Path, pg: Setting, fault: Fault, line: SilentLine | None = None) -> Run:
    port = line.port if line is not None else None
    with on_postgres(folder / "data", pg.cluster, port) as server:
        return play_through(server, Plan(taps=pg.taps, seed=pg.seed), folder, fault)
