"""What a press costs as the campus grows: over those who press at once, and over the cases that are open."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch.receiving import receive
from backend.incidents.incident import Incident
from backend.kernel.chaining import link_waiting
from backend.kernel.outbox import OutboxRow
from backend.kernel.threads import PlainThreads
from backend.kernel.vocabulary import IncidentState
from infra.settings import Settings
from infra.wiring import open_database
from mobile_api.tap_body import read_tap
from tests.bench import serving
from tests.bench.crowd import TEMPLATE, fresh_copy, prepare
from tests.bench.figures import Row, quantile
from tests.bench.plot import Curve, Panel, draw
from tests.bench.reaching import Press
from tests.bench.tapping import flood, tap_body

CLIENTS = (1, 4, 16, 64, 256)
OPEN = (10, 100, 1_000, 10_000)
#: One tap each; more than any server here answers in the time.
MEMBERS = 12_000
TOGETHER = 200
#: Of our own: a case that is open costs the next press nothing.
MOST = 1.5
PLOT = Path("var/taps.svg")


def measure(seconds: float, taps: int, clients: Sequence[int] = CLIENTS, cases: Sequence[int] = OPEN) -> list[Row]:
    """Both pictures in one file; the row says whether open cases are felt."""
    with tempfile.TemporaryDirectory(prefix="bluelight-bench-") as name:
        folder = Path(name)
        tokens = prepare(Settings(data_dir=folder / TEMPLATE), members=MEMBERS)
        rates, waits = _over_clients(folder, tokens, seconds, clients)
        reached = {number: _with_open(folder, tokens, number, taps) for number in cases}
    few, many = min(cases), max(cases)
    curve = Curve("press → officers", list(reached.items()))
    panels = [
        Panel("taps answered a second", "clients", rates),
        Panel("p99 from press to answer, ms", "clients", waits),
        Panel("p50 from press to officers, ms", "open cases", [curve]),
    ]
    draw("What a press costs, embedded form", panels, PLOT)
    ratio = reached[many] / reached[few]
    name = f"tap → officer's socket with {many:,} open cases: with {few}"
    figures = f"{reached[many]:.1f} ms", f"≤ {MOST}x (ours)", ratio <= MOST, f"{reached[few]:.1f} ms", f"{ratio:.2f}x"
    return [Row(name, *figures)]


def _over_clients(
    folder: Path, tokens: list[str], seconds: float, clients: Sequence[int]
) -> tuple[list[Curve], list[Curve]]:
    """Taps a second and their p99, ours and the door with nothing behind it, in turns."""
    found: dict[str, list[tuple[int, float, float]]] = {"ours": [], "no store": []}
    for number in clients:
        with serving.bluelight(fresh_copy(folder)) as port:
            ours = flood(port, tokens, clients=number, seconds=seconds)
        with serving.no_store(folder) as port:
            nothing = flood(port, tokens, clients=number, seconds=seconds)
        for name, one in (("ours", ours), ("no store", nothing)):
            found[name].append((number, one.rate, 1000 * quantile(one.waits, 0.99)))
    rates = [Curve(name, [(number, rate) for number, rate, _ in points]) for name, points in found.items()]
    waits = [Curve(name, [(number, wait) for number, _, wait in points]) for name, points in found.items()]
    return rates, waits


def _with_open(folder: Path, tokens: list[str], number: int, taps: int) -> float:
    """Milliseconds from a press to the last of the officers asked while so many cases are worked on: the middle one."""
    data = fresh_copy(folder)
    database = open_database(Settings(data_dir=data), PlainThreads(), lambda _: None)
    for first in range(0, number, TOGETHER):
        some = tokens[first : min(first + TOGETHER, number)]
        database.write(_raise_all, some, now=datetime.now(UTC))
    database.write(_are_worked_on)
    # What is still to be linked would be linked while we press.
    while database.write(link_waiting) is not None:
        pass
    database.close()
    with ExitStack() as stack:
        press = Press(stack, stack.enter_context(serving.bluelight(data)))
        press.put_officers_on_duty()
        press.many(20)
        return 1000 * quantile(press.many(taps), 0.5)


def _raise_all(session: Session, tokens: Sequence[str], *, now: datetime) -> None:
    for token in tokens:
        receive(session, token, read_tap(tap_body()), now=now)


def _are_worked_on(session: Session) -> None:
    """Somebody is there, nobody is asked any more, and all of it has been told."""
    session.execute(sa.update(Incident).values(state=IncidentState.ON_SCENE, next_step_at=None))
    session.execute(sa.update(OutboxRow).values(done=True))
