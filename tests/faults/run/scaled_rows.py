"""Rows that only several processes can have: Redis away, one frozen, any of them killed, wrong clocks, new ones."""

import os
import signal
from dataclasses import replace
from pathlib import Path

from infra.scaled.machine import Machine, answers
from tests.faults.run.playing import Plan
from tests.faults.run.rows import BACK_S, Row
from tests.faults.run.scaled_stage import REDIS_BACK_S, Harmful, harmed, on_scaled, rows_of
from tests.faults.run.story import Story
from tests.scaled_form import OffClock

#: For so long Redis is away, each way.
AWAY_S = 5.0

RENEWED = "each press answered, by a second try if need be; streams go on"

#: One frozen in the middle of a statement holds its rows until `statement_timeout` ends it: 15 s, and what then is due.
LET_GO_S = 20.0

#: Longer than that and than any lease, so that it is not the waking that mends it.
FROZEN_S = 24.0

#: Who presses in these runs, and how long they rest in the middle between two presses.
MEMBERS, PAUSE_S = 8, 0.6

BY_THE_POLL = "back within 2 s by the poll, no tap waits, nothing lost"


def redis_away(folder: Path, *, taps: int, seed: int) -> list[Row]:
    """Refused, started again empty, and silent: established and dead."""
    with on_scaled() as server:
        redis = server.form.machine.redis

        def deeds(play: Harmful) -> None:
            redis.kill()
            play.harms("Redis refused", f"for {AWAY_S:.0f} s", BY_THE_POLL, back_s=REDIS_BACK_S)
            play.plays(AWAY_S)
            redis.begin()
            play.plays(3)
            redis.kill()
            redis.begin()
            play.harms("Redis killed and started empty", "at once", BY_THE_POLL, back_s=REDIS_BACK_S)
            play.plays(AWAY_S)
            os.kill(redis.pid, signal.SIGSTOP)
            play.harms("Redis silent: established and dead", f"for {AWAY_S:.0f} s", BY_THE_POLL, back_s=REDIS_BACK_S)
            play.plays(AWAY_S)
            os.kill(redis.pid, signal.SIGCONT)

        run, done = harmed(server, folder, _plan(taps, seed, lasts_s=4 * AWAY_S), deeds)
    return rows_of(run, done)


def any_killed(folder: Path, *, taps: int, seed: int, kills: int) -> list[Row]:
    """Kill -9 of web processes, workers and Redis in turn of chance, while nginx stands; each is started again."""
    with on_scaled() as server:
        machine = server.form.machine

        def deeds(play: Harmful) -> None:
            for _ in range(kills):
                victim = play.injector.chance.choice([*machine.webs, *machine.workers, machine.redis])
                victim.kill()
                play.harms("kill -9 of any process of the scaled form", victim.name, "nothing lost", back_s=BACK_S)
                play.plays(play.injector.chance.uniform(0.2, 1.5))
                server.form.restart(victim)
                play.plays(play.injector.chance.uniform(0.5, 2))

        run, done = harmed(server, folder, _plan(taps, seed), deeds)
    row = run.row("kill -9 of any process of the scaled form", f"{len(done)} kills", "nothing lost, back within 5 s")
    return [row]


def frozen_worker(folder: Path, *, taps: int, seed: int) -> list[Row]:
    """Stopped in the middle of everything, woken when all its leases are over, and the same with the other."""
    with on_scaled() as server:

        def deeds(play: Harmful) -> None:
            for worker in server.form.machine.workers:
                os.kill(worker.pid, signal.SIGSTOP)
                play.harms(
                    "a frozen worker wakes up after its lease",
                    f"{worker.name} frozen for {FROZEN_S:.0f} s",
                    "its late writes are fenced, nothing happens twice, back within 20 s",
                    back_s=LET_GO_S,
                )
                play.plays(FROZEN_S)
                os.kill(worker.pid, signal.SIGCONT)
                play.plays(3)

        run, done = harmed(server, folder, _plan(taps, seed, lasts_s=2.2 * FROZEN_S), deeds)
    return rows_of(run, done)


def renewed(folder: Path, *, taps: int, seed: int) -> list[Row]:
    """The proxy reads its settings anew; then every process is ended in good order and another takes its place."""
    with on_scaled() as server:
        machine = server.form.machine
        _as_installed(machine)

        def deeds(play: Harmful) -> None:
            os.kill(machine.front.pid, signal.SIGHUP)
            play.harms("the proxy reloads under load", "once", RENEWED, back_s=BACK_S)
            play.plays(4)
            for child in (*machine.webs, *machine.workers):
                child.end()
                if child is machine.webs[0]:
                    play.harms("a rolling upgrade under load", "each process in turn", RENEWED, back_s=BACK_S)
                server.form.restart(child)
                play.plays(1)

        run, done = harmed(server, folder, _plan(taps, seed), deeds)
    rows = rows_of(run, done, _kept_waiting(run.story))
    return [replace(row, did=f"{row.did}, {_tried_again(run.story)}") for row in rows]


def clocks_apart(folder: Path, *, taps: int, seed: int) -> list[Row]:
    """One web process and one worker are five seconds ahead, the others five behind."""
    with on_scaled(kind=OffClock) as server:

        def deeds(play: Harmful) -> None:
            play.harms(
                "clocks of the processes ±5 s", "from their start", "no rung twice, no rung early", back_s=BACK_S
            )

        plan = replace(_plan(taps, seed), left_alone=2, left_s=35.0)
        run, done = harmed(server, folder, plan, deeds)
    return rows_of(run, done)


def _plan(taps: int, seed: int, *, lasts_s: float = 0.0) -> Plan:
    """Presses go on for `lasts_s` at least: those after the last harm tell what it did."""
    return Plan(taps=max(taps, int(lasts_s * MEMBERS / PAUSE_S)), members=MEMBERS, pause_s=PAUSE_S, seed=seed)


def _as_installed(machine: Machine) -> None:
    """nginx with a master and a worker, as Debian runs it: so a reload leaves old connections to an old one."""
    front = machine.front
    front.end()
    file = front.folder / "nginx" / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(file.read_text().replace("master_process off;", f"{user} worker_processes 1;"))
    front.start()
    front.wait_until(lambda: answers(f"{machine.url}/readyz"))


def _kept_waiting(story: Story) -> list[str]:
    """Presses that had no good answer in time: a phone tries again at once, and that must do."""
    begun: dict[tuple[str, str | None], float] = {}
    answered: dict[tuple[str, str | None], float] = {}
    for call in story.of("tap"):
        press = call.who, call.about
        begun[press] = min(call.begun, begun.get(press, call.begun))
        if call.ok:
            answered[press] = min(call.ended, answered.get(press, call.ended))
    waits = {press: answered.get(press, float("inf")) - since for press, since in begun.items()}
    return [f"a press of {who} was answered after {wait:.1f} s" for (who, _), wait in waits.items() if wait > BACK_S]


def _tried_again(story: Story) -> str:
    again = sum(not call.ok for call in story.of("tap"))
    return f"{again} of {len(story.of('tap'))} tries had to be made again"
