"""`bluelight people`: who is here."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click

from backend.campus import campus_store
from backend.people import enrolling_factor, inviting
from backend.people.importing import ImportReport, add_person, import_roster
from backend.people.roster import Roster
from backend.people.roster_line import read_person
from infra.campus_people import known_by, read_people
from infra.cli_desk import Desk, Refused, count, lines_of, refusing

#: People in one transaction: enough to be quick, few enough that a tap meanwhile waits for a fraction of a second.
TOGETHER = 200


@click.group()
def people() -> None:
    """Who is here, and what they may do."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
@refusing
def import_people(desk: Desk, file: Path) -> None:
    """
    Take the people of a CSV file.

    Bad lines are named and the good ones taken. A column that the file does not
    have changes nothing, and nobody is removed.
    """
    roster = read_people(file, desk.database.read(campus_store.newest))
    if not roster.columns:
        raise Refused(*lines_of(roster.faults))
    tell(roster, take(desk, roster))
    if roster.faults:
        lines = {fault.field for fault in roster.faults}
        raise Refused(*lines_of(roster.faults), f"{count(len(lines), 'line was', 'lines were')} not taken.")


@people.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--mobile", default="", help="With country code, as +447700900123.")
@click.option("--language", default="")
@click.option("--role", "roles", multiple=True, help="May be given several times.")
@click.option("--team", "teams", multiple=True, help="May be given several times.")
@click.option("--site", default="")
@click.option("--building", default="")
@click.option("--skill", "skills", multiple=True, help="As first_aid:2027-12-31. May be given several times.")
@click.option("--recall/--no-recall", default=False, help="May be rung when off duty.")
@click.pass_obj
@refusing
def add(
    desk: Desk,
    email: str,
    name: str,
    mobile: str,
    language: str,
    roles: Sequence[str],
    teams: Sequence[str],
    site: str,
    building: str,
    skills: Sequence[str],
    *,
    recall: bool,
) -> None:
    """Add one person."""
    fields = {
        "email": email,
        "name": name,
        "mobile": mobile,
        "language": language,
        "roles": ";".join(roles),
        "teams": ";".join(teams),
        "site": site,
        "building": building,
        "skills": ";".join(skills),
        "recall": "yes" if recall else "no",
    }
    line = read_person(fields, known=known_by(desk.database.read(campus_store.newest)))
    desk.database.write(add_person, line, now=desk.now())
    click.echo(f"{line.name} is added. To let them set a password: bluelight people invite {line.email}")


@people.command("invite")
@click.argument("email")
@click.pass_obj
@refusing
def invite(desk: Desk, email: str) -> None:
    """Print a code by which somebody sets their first password. It is shown only here and good once."""
    now = desk.now()
    code = desk.database.write(inviting.invite, email, by=None, now=now)
    last = (now + inviting.GOOD_FOR - timedelta(days=1)).date()
    click.echo(f"The invitation of {email.strip().lower()}, good once, until the end of {last.isoformat()}:")
    click.echo(code)


@people.command("forget-second-factor")
@click.argument("email")
@click.pass_obj
@refusing
def forget_second_factor(desk: Desk, email: str) -> None:
    """
    Take away a second factor whose authenticator and recovery codes are both lost.

    Make sure who is asking: until they take up a new one, their password alone is enough to do so.
    """
    desk.database.write(enrolling_factor.forget, email, by=None, now=desk.now())
    click.echo(f"{email.strip().lower()} has no second factor any more, and takes up a new one with the password.")


def take(desk: Desk, roster: Roster) -> ImportReport:
    """Import a roster in small transactions; one that fails leaves those before it done, and again is harmless."""
    report = ImportReport()
    for some in roster.portions(TOGETHER):
        report += desk.database.write_what_can_wait(import_roster, some, now=desk.now())
    return report


def tell(roster: Roster, report: ImportReport) -> None:
    """What an import did, and what was odd about its file."""
    click.echo(
        f"{count(report.added, 'person was', 'people were')} added, {report.changed:,} changed, "
        f"{report.unchanged:,} as they should be."
    )
    if roster.extra:
        click.echo(f"Columns that mean nothing here were left alone: {', '.join(roster.extra)}.")
    for line in lines_of(roster.remarks):
        click.echo(line)
