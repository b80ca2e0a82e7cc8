"""What a campus and a list of people mean to each other: which names are known, and who can be asked."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from backend.campus.campus import CONTROL_ROOM, Campus
from backend.campus.numbers import home_country
from backend.dispatch.proving import RosteredPerson
from backend.kernel.vocabulary import Role
from backend.people.roster import MOST_BYTES, TOO_LARGE, Roster, parse_roster, text_of
from backend.people.roster_line import Known, RosterLine

PEOPLE_FILE = "people.csv"


def known_by(campus: Campus) -> Known:
    """What a roster may name here; the country of its telephone numbers is the one the campus gives numbers for."""
    return Known(
        teams=frozenset(team.id for team in campus.teams),
        sites=frozenset(site.id for site in campus.sites),
        zones=frozenset(zone.id for zone in campus.zones),
        languages=campus.languages,
        region=home_country(campus),
    )


def read_people(file: Path, campus: Campus) -> Roster:
    """The people of a file. Raises OSError when it cannot be opened."""
    with file.open("rb") as opened:
        # One byte more than allowed tells a file that is too large without reading it all.
        content = opened.read(MOST_BYTES + 1)
    return TOO_LARGE if len(content) > MOST_BYTES else parse_roster(text_of(content), known=known_by(campus))


def assumed(campus: Campus) -> list[RosteredPerson]:
    """Where nobody has told who the people are: everybody on the rota exists and can do what it says."""
    teams: dict[str, set[str]] = {}
    for line in campus.rota:
        teams.setdefault(line.email, set()).add(line.team)
    skills = {team.requires_skill: date.max for team in campus.teams if team.requires_skill}
    return [
        RosteredPerson(email, None, skills, frozenset({"app"}), recall=False, teams=frozenset(some))
        for email, some in teams.items()
    ]


def remarks_on_rota(campus: Campus, people: Collection[RosterLine]) -> list[str]:
    """Lines of the rota that would never be asked, a sentence for each person and team."""
    by_email = {line.email: line for line in people}
    found = []
    for email, team in dict.fromkeys((line.email, line.team) for line in campus.rota):
        person = by_email.get(email)
        needed = Role.CONTROLLER if team == CONTROL_ROOM else Role.OFFICER
        if person is None:
            found.append(f"{email} is rostered in {team} and is nobody we know.")
        elif team not in person.teams:
            found.append(f"{email} is rostered in {team} and is not a member of it.")
        elif needed not in person.roles:
            found.append(f"{email} is rostered in {team} and has no role {needed}.")
    return found
