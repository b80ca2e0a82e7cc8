"""Rehearse the coming days with the campus and the people that hold now: would every case be somebody's?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import CONTROL_ROOM
from backend.dispatch.proving import RosteredPerson, walk
from backend.kernel.vocabulary import Role
from backend.people import roster_store
from backend.people.roster_line import RosterLine

#: A large institution has some ten thousand paths that differ; more than this would keep the room waiting for long.
MOST_PATHS = 30_000


def rehearse(session: Session, *, now: datetime, most: int = MOST_PATHS) -> dict[str, Any]:
    """
    Whether every path of the coming days ends well over the rota that holds and the people as they are now.

    What `campus import` proved may have come undone since: a certificate ran
    out, a role was taken, somebody left. `days` is fewer than fourteen when
    there were more than `most` paths to walk.
    """
    people = rostered(roster_store.in_teams(session))
    proof = walk(campus_store.newest(session), people, start=now, most=most)
    return {
        "ends_well": not proof.counter_examples,
        "checked": proof.checked,
        "days": proof.days,
        "counterexample": next(iter(proof.counter_examples), None),
        "others": list(proof.counter_examples[1:]),
        "as_of": now,
    }


def rostered(people: Iterable[RosterLine]) -> list[RosteredPerson]:
    """
    The people as the proof sees them, which is as dispatch will.

    Only an officer is ever asked, and only a controller staffs the control
    room, whatever teams the others are in.
    """
    return [_rostered(line) for line in people]


def _rostered(line: RosterLine) -> RosteredPerson:
    contacts: frozenset[str] = frozenset()
    if Role.OFFICER in line.roles:
        contacts = frozenset({"app", "sms", "voice"} if line.mobile else {"app"})
    return RosteredPerson(
        email=line.email,
        site=line.site,
        skills={skill: day or date.max for skill, day in line.skills},
        contacts=contacts,
        recall=line.recall,
        teams=line.teams if Role.CONTROLLER in line.roles else line.teams - {CONTROL_ROOM},
    )
