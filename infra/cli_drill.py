"""`bluelight drill`: make the exercise people on this machine, let them play from outside, and remove them."""

import secrets
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import urlsplit

import click
import requests
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from backend.campus import campus_store
from backend.campus.campus import CONTROL_ROOM, Campus
from backend.kernel.vocabulary import Kind, Role
from backend.people import player_store
from backend.people.player import CANARY, DRILL, Mustered, Player
from infra import exercise
from infra.cli_desk import Desk, Refused, count, refusing
from infra.drill import report
from infra.drill.cast import Cast, Part, Place, Rung
from infra.drill.day import NoMorning, Scene, play
from infra.drill.history import History
from infra.drill.recollection import recollect
from infra.drill.report import Row
from infra.drill.warned import warned_of

#: Where the day is written down.
HISTORY, FIGURES = Path("var/drill-history.jsonl"), Path("var/drill.json")

#: Somebody of another drill was heard of within this time: it is still going on.
STILL_GOING_ON = timedelta(minutes=2)

#: Farther outside than officers are sent (degrees of latitude, about eleven kilometres).
FAR_OUTSIDE = 0.1

CONTROLLERS = 2

#: Columns of a table that no terminal holds.
WIDE = 120


@click.command("drill")
@click.option("--students", default=20, show_default=True, type=click.IntRange(1, 5000))
@click.option("--officers", default=6, show_default=True, type=click.IntRange(1, 200))
@click.option("--minutes", default=2.0, show_default=True, type=click.FloatRange(0.05, 24 * 60))
@click.option("--seed", type=int, help="The same seed makes the same choices; drawn and told when none is given.")
@click.option("--url", default="http://127.0.0.1:8080", show_default=True, help="Where the server is.")
@click.option("--history", default=HISTORY, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--figures", default=FIGURES, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--clean", is_flag=True, help="Only remove what a drill that was killed has left.")
@click.pass_obj
@refusing
def drill(
    desk: Desk,
    students: int,
    officers: int,
    minutes: float,
    seed: int | None,
    url: str,
    history: Path,
    figures: Path,
    *,
    clean: bool,
) -> None:
    """
    A played day: exercise people press, are answered, and are removed again.

    They play by HTTP and Socket.IO alone, as phones do. Ends with a table of
    response times, of what was lost and of what was late; status 1 when anything
    was lost, doubled or heard by who may not.
    """
    # Into a file or a pipe a table is not folded at eighty columns.
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    if clean:
        _tell_removed(console, _remove(desk))
        return
    campus = desk.database.read(campus_store.newest)
    _look_before(desk, url, console)
    seed = secrets.randbelow(10**6) if seed is None else seed
    console.print(f"Seed {seed}. The history is written to {history}.")
    with _ended_in_order():
        try:
            table = _play(desk, console, campus, url, (students, officers, minutes, seed), history)
        except NoMorning as fault:
            raise Refused(str(fault)) from fault
        finally:
            _tell_removed(console, _remove(desk))
    report.keep(table, figures)
    console.print(_drawn(table))
    for row in table:
        for sentence in row.broken:
            console.print(f"{row.name}: {sentence}", highlight=False, markup=False)
    if not report.is_well(table):
        sys.exit(1)


def _play(
    desk: Desk, console: Console, campus: Campus, url: str, how: tuple[int, int, float, int], history: Path
) -> list[Row]:
    students, officers, minutes, seed = how
    written = History(history)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[words]}"),
        console=console,
    )
    with bar:
        task = bar.add_task("mustering", total=1.0, words="")
        players = company_of(campus, students, officers)
        mustered: list[Mustered] = []
        for one in exercise.muster(desk.database, players, desk.now):
            mustered.append(one)
            bar.update(task, completed=len(mustered) / len(players), words=f"{len(mustered)} people")
        cast = _cast(campus, url, mustered, seed)
        _same_store(url, cast.controllers[0].token)

        def watch(scene: Scene) -> None:
            bar.update(task, description="playing", completed=scene.share, words=scene.words)

        try:
            faults = play(cast, written, minutes, watch)
        finally:
            written.close()
        bar.update(task, description="judging", words="")
        strays = exercise.strays(desk.database, [one.id for one in mustered])
        warned = warned_of(written.records)
        return report.rows(recollect(written.records), warned, cast, strays=strays, faults=faults)


def company_of(campus: Campus, students: int, officers: int) -> list[Player]:
    """Officers are in every team that takes cases, with every certificate one asks for: whoever is asked can come."""
    teams = frozenset(team.id for team in campus.teams) - {CONTROL_ROOM}
    skills = frozenset(team.requires_skill for team in campus.teams if team.requires_skill)
    site = campus.sites[0].id if campus.sites else None
    officer, controller = frozenset({Role.OFFICER}), frozenset({Role.CONTROLLER})
    room = frozenset({CONTROL_ROOM})
    return [
        *(_player("controller", n, "Drill controller", controller, room, site=site) for n in range(CONTROLLERS)),
        *(_player("officer", n, "Drill officer", officer, teams, skills, site) for n in range(officers)),
        *(_player("student", n, "Drill student", site=site) for n in range(students)),
    ]


def _player(
    word: str,
    number: int,
    name: str,
    roles: frozenset[Role] = frozenset(),
    teams: frozenset[str] = frozenset(),
    skills: frozenset[str] = frozenset(),
    site: str | None = None,
) -> Player:
    return Player(f"{word}{number + 1:04}{DRILL}", f"{name} {number + 1}", roles, teams, skills, site)


def _cast(campus: Campus, url: str, mustered: Sequence[Mustered], seed: int) -> Cast:
    parts = {one.email: Part(one.email.removesuffix(DRILL), str(one.id), one.token) for one in mustered}

    def of(word: str) -> list[Part]:
        return [part for email, part in parts.items() if email.startswith(word)]

    places = _places(campus)
    ladders = {
        policy.kind.value: [Rung(step.after_s, step.and_tell == CONTROL_ROOM) for step in policy.steps]
        for policy in (campus.policy(kind) for kind in Kind)
        if policy is not None
    }
    north = max(latitude for latitude, _ in places) + FAR_OUTSIDE
    outside = (north, places[0][1])
    people = (of("student"), of("officer"), of("controller"))
    return Cast(url, *people, places, outside, ladders, seed, _warning(campus))


def _warning(campus: Campus) -> dict[str, Any] | None:
    """The first template that asks whether people are safe and promises a next word, at the first building there is."""
    template = next((one for one in campus.templates if one.kind == "alert" and one.next_update_min), None)
    place = next((zone.id for zone in campus.zones if not zone.is_site), None)
    return {"template": template.id, "place": place} if template and place else None


def _places(campus: Campus) -> list[Place]:
    """A phone knows where it is without asking us: the middle of every building of the site that has the most."""
    by_site: dict[str, list[Place]] = {}
    for zone in campus.zones:
        middle = zone.geometry.representative_point()
        by_site.setdefault(zone.site, []).append((middle.y, middle.x))
    if not by_site:
        raise Refused("This campus has no places to press at.")
    return max(by_site.values(), key=len)


def _look_before(desk: Desk, url: str, console: Console) -> None:
    """What would spoil the day is said before anybody is made."""
    try:
        requests.get(f"{url}/readyz", timeout=10).raise_for_status()
    except requests.RequestException as fault:
        where = urlsplit(url).netloc or url
        raise Refused(f"Nobody answers at {where} ({type(fault).__name__}). Start the server, or say --url.") from fault
    last = desk.database.read(player_store.last_used, DRILL)
    if last is not None and desk.now() - last < STILL_GOING_ON:
        raise Refused("Another drill is going on. If it was killed: bluelight drill --clean")
    _tell_removed(console, _remove(desk), only_if_any=True)
    others = desk.database.read(player_store.others_on_duty, [DRILL, CANARY], now=desk.now())
    if others:
        console.print(f"{count(others, 'exercise officer is', 'exercise officers are')} on duty and will be asked too.")


def _same_store(url: str, token: str) -> None:
    answer = requests.get(f"{url}/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    if answer.status_code != requests.codes.ok:
        raise Refused(f"The server at {url} works on another store: say --data DIR before drill, or --url.")


def _remove(desk: Desk) -> tuple[int, int]:
    """People and cases that went."""
    ids = exercise.of_domain(desk.database, DRILL)
    return len(ids), exercise.dismiss(desk.database, ids, desk.now) if ids else 0


def _tell_removed(console: Console, gone: tuple[int, int], *, only_if_any: bool = False) -> None:
    people, cases = gone
    if people or not only_if_any:
        removed = f"{count(people, 'exercise person', 'exercise people')} and {count(cases, 'case', 'cases')}"
        console.print(f"{removed} of a drill removed.")


def _drawn(table: Sequence[Row]) -> Table:
    drawn = Table("what", "figure", "promise", "met", title="The day")
    for row in table:
        met = "" if not row.promise else "yes" if row.met else "NO"
        drawn.add_row(row.name, row.figure, row.promise, met, style=None if row.met else "bold red")
    return drawn


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM ends a drill as Ctrl-C does: everybody is removed."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before: Callable[[int, FrameType | None], object] | int | None = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
