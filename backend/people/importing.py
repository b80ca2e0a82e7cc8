"""Take people from a roster: who is new is added, who is known is brought up to date, nobody is removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.concerns import keeping_keys
from backend.kernel import audit
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import CONCERN_ROLES, Role
from backend.people import people_store, roster_store
from backend.people.granting import take_effect, told
from backend.people.roster import Roster
from backend.people.roster_line import RosterLine
from backend.people.roster_store import Belongings, Standing

#: Addresses looked up together: SQLite allows some thousands of values in a statement.
TOGETHER = 500

_PLAIN = ("name", "mobile", "language", "site", "building", "away_country", "away_until", "recall")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many accounts an import added, changed and found as they should be."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "ImportReport") -> "ImportReport":
        return ImportReport(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


def import_roster(
    session: Session, roster: Roster, *, now: datetime, by: UUID | None = None, password_hash: str | None = None
) -> ImportReport:
    """
    Bring the accounts in line with the roster, by e-mail address.

    Only the columns the file had are touched, and never a password that is set,
    `active` or `exercise`; `password_hash` is for those who have none. `by` is
    None for the operator at the command line.
    """
    report = ImportReport()
    for first in range(0, len(roster.lines), TOGETHER):
        some = roster.lines[first : first + TOGETHER]
        known = roster_store.standing(session, [line.email for line in some])
        new = [line for line in some if line.email not in known]
        _add(session, new, password_hash=password_hash, by=by, now=now)
        belongings = Belongings()
        old = [(known[line.email], line) for line in some if line.email in known]
        changed = [was for was, line in old if _change(was, line, roster.columns, belongings, password_hash)]
        roster_store.place(session, belongings)
        for was in changed:
            _tell(session, was, belongings.roles.get(was.account.id, was.roles), by=by, now=now)
        report += ImportReport(len(new), len(changed), len(old) - len(changed))
    return report


def add_person(
    session: Session, line: RosterLine, *, now: datetime, by: UUID | None = None, password_hash: str | None = None
) -> UUID:
    """One new account; its id. Raises Conflict when the address has one already."""
    if people_store.by_email(session, line.email) is not None:
        raise Conflict(f"There is already a person with the address {line.email}.", slug="person-exists")
    return _add(session, [line], password_hash=password_hash, by=by, now=now)[0]


def _add(
    session: Session, lines: Sequence[RosterLine], *, password_hash: str | None, by: UUID | None, now: datetime
) -> list[UUID]:
    people = {uuid4(): line for line in lines}
    roster_store.add_all(session, people, password_hash=password_hash)
    roster_store.place(
        session,
        Belongings(
            roles={id_: line.roles for id_, line in people.items()},
            teams={id_: line.teams for id_, line in people.items()},
            skills={id_: dict(line.skills) for id_, line in people.items()},
        ),
    )
    for id_, line in people.items():
        facts = told(gained=line.roles)
        audit.record(session, "account.added", actor=by, about="account", about_id=id_, at=now, **facts)
    return list(people)


def _change(
    known: Standing,
    line: RosterLine,
    columns: frozenset[str],
    belongings: Belongings,
    password_hash: str | None,
) -> bool:
    """
    Bring the account in line; whether there was anything to change.

    What hangs on the account is noted in `belongings` and put in place for many at once.
    """
    account = known.account
    different = [name for name in _PLAIN if name in columns and getattr(account, name) != getattr(line, name)]
    for name in different:
        setattr(account, name, getattr(line, name))
    if password_hash is not None and account.password_hash is None:
        account.password_hash = password_hash
        different.append("password_hash")
    if "roles" in columns and line.roles != known.roles:
        belongings.roles[account.id] = line.roles
        different.append("roles")
    if "teams" in columns and line.teams != known.teams:
        belongings.teams[account.id] = line.teams
        different.append("teams")
    if "skills" in columns and dict(line.skills) != known.skills:
        belongings.skills[account.id] = dict(line.skills)
        different.append("skills")
    return bool(different)


def _tell(session: Session, known: Standing, roles: frozenset[Role], *, by: UUID | None, now: datetime) -> None:
    """Write down that an account has changed; what its roles no longer allow ends."""
    lost, account_id = known.roles - roles, known.account.id
    facts = told(gained=roles - known.roles, lost=lost)
    audit.record(session, "account.changed", actor=by, about="account", about_id=account_id, at=now, **facts)
    take_effect(session, account_id, lost, now=now)
    if CONCERN_ROLES & roles:
        keeping_keys.rename(session, account_id, known.account.name)
