"""A small part of `make faults`: clients that write everything down, kills at random, and the judge afterwards."""

from pathlib import Path

import pytest

from tests.faults.run.playing import Plan
from tests.faults.run.playing_through import at_random, play_through
from tests.faults.run.postgres_rows import DURABLE
from tests.faults.run.served import on_postgres, on_sqlite
from tests.postgres_cluster import running_cluster

pytestmark = pytest.mark.faults

#: Absolute times wander where others work beside us: `make faults` holds recovery to five seconds, this to a start.
BACK_S = 30.0


@pytest.mark.timeout(400)
def test_nothing_is_lost_when_the_server_is_killed_at_random(tmp_path: Path) -> None:
    """
    Members who press and call off, officers who answer, come and leave, two desks, a warning: every promise holds.
    """
    plan = Plan(taps=80, seed=1, warns_every_s=6)

    with on_sqlite(tmp_path / "data") as server:
        run = play_through(server, plan, tmp_path, at_random((0.3, 1.5), most=3))

    assert [] == run.lost
    assert plan.taps == run.taps
    assert run.kills >= 1
    assert max(run.back) < BACK_S


@pytest.mark.postgres
@pytest.mark.timeout(400)
def test_nothing_is_lost_when_a_server_on_postgres_is_killed_at_random(tmp_path: Path) -> None:
    """
    The same on a PostgreSQL that waits for its disk.
    """
    plan = Plan(taps=40, seed=2, warns_every_s=6)

    with running_cluster(DURABLE) as cluster, on_postgres(tmp_path / "data", cluster) as server:
        run = play_through(server, plan, tmp_path, at_random((0.3, 1.5), most=1))

    assert [] == run.lost
    assert plan.taps == run.taps
    assert max(run.back, default=0) < BACK_S
