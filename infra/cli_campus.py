"""`bluelight campus`: what this institution is like, proved before it holds."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import click

from backend.campus.campus import Campus
from backend.campus.configuration import read_campus
from backend.campus.importing_campus import import_campus
from backend.dispatch.proving import RosteredPerson, prove
from backend.dispatch.rehearsing import rostered
from backend.people import roster_store
from backend.people.roster import Roster
from infra.campus_people import PEOPLE_FILE, assumed, read_people, remarks_on_rota
from infra.cli_desk import Desk, Refused, count, lines_of, refusing
from infra.cli_people import take, tell

DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def campus() -> None:
    """What this institution is like: places, teams, hours, numbers, and who is asked when."""


@campus.command("check")
@click.argument("directory", type=DIRECTORY)
@click.pass_obj
@refusing
def check(desk: Desk, directory: Path) -> None:
    """Check a campus and prove that no case would be nobody's; changes nothing and needs no database."""
    found = read_campus(directory)
    roster = people_beside(directory, found)
    if roster is None:
        click.echo(f"There is no {PEOPLE_FILE}: the proof assumes that everybody on the rota can do what it says.")
        _prove(found, assumed(found), [], now=desk.now())
    else:
        remarks = remarks_on_rota(found, roster.lines)
        _prove(found, rostered(roster.lines), remarks, now=desk.now())
        _say(remarks)
    _say(_on_guidance(found))
    click.echo(f"{found.name} can be imported: {_contents(found)}. Every case of the coming 14 days is somebody's.")


@campus.command("import")
@click.argument("directory", type=DIRECTORY)
@click.pass_obj
@refusing
def import_(desk: Desk, directory: Path) -> None:
    """Check and prove a campus, then let it hold; takes the people of people.csv with it."""
    found = read_campus(directory)
    roster = people_beside(directory, found)
    people = roster.lines if roster else desk.database.read(roster_store.in_teams)
    if not people and found.rota:
        raise Refused(f"Nobody is known here yet, so nobody could be asked: put a {PEOPLE_FILE} beside campus.toml.")
    remarks = remarks_on_rota(found, people)
    _prove(found, rostered(people), remarks, now=desk.now())
    edition = desk.database.write_what_can_wait(import_campus, found, by=None, now=desk.now())
    click.echo(f"{found.name} holds now, as edition {edition.version}: {_contents(found)}.")
    if roster:
        tell(roster, take(desk, roster))
    _say([*remarks, *_on_guidance(found)])


def people_beside(directory: Path, found: Campus) -> Roster | None:
    """The people of this directory, None when it has no such file. Raises Refused for one with a bad line."""
    try:
        roster = read_people(directory / PEOPLE_FILE, found)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise Refused(f"{PEOPLE_FILE}: cannot be opened: {fault.strerror}.") from fault
    if roster.faults:
        raise Refused(*(f"{PEOPLE_FILE}: {line}" for line in lines_of(roster.faults)))
    return roster


def _prove(found: Campus, people: Collection[RosteredPerson], remarks: Sequence[str], *, now: datetime) -> None:
    """Refuses with the first counter-example of each reason for which a case would be nobody's, and what may be why."""
    if counter_examples := prove(found, people, start=now):
        raise Refused(*counter_examples, *remarks)


def _contents(found: Campus) -> str:
    return ", ".join(
        (
            count(len(found.sites), "site", "sites"),
            count(len(found.zones) - len(found.sites), "place in them", "places in them"),
            count(len(found.teams), "team", "teams"),
            count(len(found.rota), "line of rota", "lines of rota"),
        )
    )


def _on_guidance(found: Campus) -> list[str]:
    """In which languages people are told what to do, and which of them nobody has read yet."""
    told = found.guidance.translations
    if not told:
        return ["There is no guidance: phones have no cards to show when something happens."]
    missing = [language for language in found.languages if language not in found.guidance.languages]
    waiting = [one.language for one in told if not one.reviewed]
    lines = [f"Guidance: {count(len(told[0].cards), 'card', 'cards')} in {', '.join(found.guidance.languages)}."]
    lines += [f"No guidance in {', '.join(missing)}: its readers get {told[0].language}."] if missing else []
    return lines + ([f"No person has reviewed the guidance in {', '.join(waiting)} yet."] if waiting else [])


def _say(remarks: Sequence[str]) -> None:
    for remark in remarks:
        click.echo(remark)
