"""The demo people: an institution to try everything on, made from the campus's own list."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.campus.configuration import read_campus, to_document
from backend.campus.importing_campus import import_campus
from backend.dispatch.proving import prove
from backend.dispatch.rehearsing import rostered
from backend.kernel.database import Database
from backend.kernel.errors import FieldFault, Invalid
from backend.people import roster_store
from backend.people.importing import ImportReport, import_roster
from backend.people.passwords import hash_password
from backend.people.roster import Roster, parse_roster, text_of
from backend.people.roster_line import COLUMNS
from infra.campus_people import PEOPLE_FILE, known_by

#: Printed at every start; `--demo` serves loopback only.
PASSWORD = "bluelight-demo"  # noqa: S105

DOMAIN = "@demo.example"

STUDENTS = 20

#: As the contract has them: name, role, teams, site. The certificates of officers 1 and 2 are good, that of 4 ran out.
STAFF = (
    ("officer1", "officer", "security;first-aid", "south-kensington"),
    ("officer2", "officer", "security;first-aid", "south-kensington"),
    ("officer3", "officer", "security", "south-kensington"),
    ("officer4", "officer", "security", "south-kensington"),
    ("officer5", "officer", "security", "white-city"),
    ("officer6", "officer", "security", "hammersmith"),
    ("controller1", "controller", "control-room", "south-kensington"),
    ("controller2", "controller", "control-room", "south-kensington"),
    ("adviser1", "adviser", "", "south-kensington"),
    ("adviser2", "adviser", "", "south-kensington"),
    ("lead1", "prevent_lead", "", "south-kensington"),
    ("admin1", "admin", "", "south-kensington"),
    ("auditor1", "auditor", "", "south-kensington"),
)
RUN_OUT = "officer4" + DOMAIN

#: A certificate that is over within this time is moved on by a year, or the demo would break one New Year.
SOON = timedelta(days=60)

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def demo_roster(people_csv: str, *, today: date) -> str:
    """
    The campus's own `people.csv`, completed to the demo people of the contract; all of them `@demo.example`.

    Whoever is not of that domain is left out: a password that everybody knows
    is for nobody real.
    """
    people = {person["email"]: person for person in _demo_people(today)}
    for row in csv.DictReader(io.StringIO(people_csv, newline="")):
        email = (row.get("email") or "").strip().lower()
        if email.endswith(DOMAIN):
            people[email] = _moved_on(row, today) if email != RUN_OUT else row
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(people.values())
    return written.getvalue()


def load_demo(database: Database, campus_dir: Path, *, now: datetime) -> ImportReport:
    """
    See to it that the campus is known and every demo person can sign in; a second time it only looks.

    What somebody has changed since then stays: another campus that was
    imported, an account that was edited, a password of its own. Raises Invalid
    when the directory cannot be imported.
    """
    campus = read_campus(campus_dir)
    roster = _roster(campus_dir, campus, today=campus.local(now).date())
    if not database.read(campus_store.was_imported, campus_store.digest_of(to_document(campus))):
        if bad_ends := prove(campus, rostered(roster.lines), start=now):
            raise Invalid(bad_ends[0], [FieldFault(campus_dir.name, sentence) for sentence in bad_ends])
        database.write(import_campus, campus, by=None, now=now)
    ready = database.read(roster_store.with_password, [line.email for line in roster.lines])
    waiting = replace(roster, lines=tuple(line for line in roster.lines if line.email not in ready))
    if not waiting.lines:
        return ImportReport(unchanged=len(roster.lines))
    # One hash for all: it is slow on purpose, and this password is no secret.
    return database.write(import_roster, waiting, now=now, password_hash=hash_password(PASSWORD))


def _roster(campus_dir: Path, campus: Campus, *, today: date) -> Roster:
    file = campus_dir / PEOPLE_FILE
    text = text_of(file.read_bytes()) if file.exists() else ""
    roster = parse_roster(demo_roster(text, today=today), known=known_by(campus))
    if roster.faults:
        raise Invalid(f"The people in {campus_dir.name} cannot be imported.", roster.faults)
    return roster


def _demo_people(today: date) -> Iterator[dict[str, str]]:
    for number, (name, role, teams, site) in enumerate(STAFF, start=1):
        email = name + DOMAIN
        year = today.year - 1 if email == RUN_OUT else today.year + 1
        has_certificate = "first-aid" in teams or email == RUN_OUT
        yield {
            "email": email,
            "name": _spoken(name),
            "mobile": f"+447700900{number:03}" if teams else "",
            "roles": role,
            "teams": teams,
            "site": site,
            "skills": f"first_aid:{year}-12-31" if has_certificate else "",
            "recall": "yes" if teams and email != RUN_OUT else "no",
        }
    for number in range(1, STUDENTS + 1):
        name = f"student{number}"
        yield {
            "email": name + DOMAIN,
            "name": _spoken(name),
            # From the block that is kept free for films and demonstrations.
            "mobile": f"+447700900{100 + number}",
            "site": "south-kensington",
        }


def _spoken(name: str) -> str:
    word = name.rstrip("0123456789")
    return f"{'Prevent lead' if word == 'lead' else word.capitalize()} {name.removeprefix(word)}"


def _moved_on(row: dict[str, str], today: date) -> dict[str, str]:
    """The row with every day that is over soon put off to the end of next year."""

    def later(found: re.Match[str]) -> str:
        soon = found[0] < (today + SOON).isoformat()
        return f"{today.year + 1}-12-31" if soon else found[0]

    dates = {column: _DAY.sub(later, row.get(column) or "") for column in ("skills", "away_until")}
    return {**row, **dates}
