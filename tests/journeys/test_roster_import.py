"""People come from a list: added once, brought up to date afterwards, never removed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import DutyState, Role
from backend.people import people_store, responder_store, sign_in_store
from backend.people.account import Account
from backend.people.duty import Duty
from backend.people.importing import ImportReport, add_person, import_roster
from backend.people.roster import parse_roster
from backend.people.roster_line import RosterLine
from backend.people.signing_in import sign_in
from infra.campus_people import known_by
from tests.journeys.empty_stores import STORES, Office, office_on
from tests.unit.campus import imperial

HEADER = "email,name,mobile,language,roles,teams,site,building,away_country,away_until,skills,recall\n"
OLGA = (
    "olga@x.org,Olga,07700 900123,zh,officer;controller,security;first-aid,white-city,huxley,FR,2027-06-30,"
    "first_aid:2027-12-31;driver,yes\n"
)


@pytest.fixture(params=[pytest.param(store, marks=[pytest.mark.postgres] * (store == "postgres")) for store in STORES])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    url = lambda: str(request.getfixturevalue("postgres_database"))  # noqa: E731
    with office_on(request.param, directory=tmp_path, postgres_url=url) as office:
        yield office


def take(office: Office, text: str, *, password_hash: str | None = None) -> ImportReport:
    roster = parse_roster(text, known=known_by(imperial.campus()))
    assert roster.faults == ()
    return office.database.write(import_roster, roster, now=office.now(), password_hash=password_hash)


def account(office: Office, email: str) -> Account:
    found = office.database.read(people_store.by_email, email)
    assert found is not None
    return found


def belongings(office: Office, email: str) -> tuple[set[Role], set[str], dict[str, date | None]]:
    """Roles beside member, teams, skills."""

    def look(session: Session) -> tuple[set[Role], set[str], dict[str, date | None]]:
        id_ = account(office, email).id
        roles = set(people_store.roles_of(session, id_)) - {Role.MEMBER}
        return roles, set(people_store.teams_of(session, id_)), people_store.skills_of(session, id_)

    return office.database.read(look)


def change(office: Office, email: str, **values: object) -> None:
    """Something another part of Bluelight has done to an account meanwhile."""
    office.database.write(lambda s: s.execute(sa.update(Account).where(Account.email == email).values(**values)))


def test_a_list_adds_everybody_on_it(office: Office) -> None:
    """
    An account has what its line says: contacts, place, roles, teams and certificates.
    """
    report = take(office, HEADER + OLGA + "stu@x.org,Stu,,,,,,,,,,\n")

    olga = account(office, "olga@x.org")
    assert report == ImportReport(added=2)
    assert (olga.name, olga.mobile, olga.language) == ("Olga", "+447700900123", "zh")
    assert (olga.site, olga.building, olga.recall) == ("white-city", "huxley", True)
    assert (olga.away_country, olga.away_until) == ("FR", date(2027, 6, 30))
    assert (olga.active, olga.exercise, olga.password_hash) == (True, False, None)
    assert belongings(office, "olga@x.org") == (
        {Role.OFFICER, Role.CONTROLLER},
        {"security", "first-aid"},
        {"first_aid": date(2027, 12, 31), "driver": None},
    )
    assert belongings(office, "stu@x.org") == (set(), set(), {})


def test_the_same_list_again_changes_nothing(office: Office) -> None:
    """
    It writes no row and no audit line, and looks people up many at a time.
    """
    text = HEADER + OLGA + "".join(f"s{number}@x.org,S,,,,security,,,,,,\n" for number in range(1_000))
    take(office, text)
    before = len(office.audit_lines())

    asked = office.statements_of(lambda: take(office, text))

    assert len(office.audit_lines()) == before
    assert {statement.split()[0] for statement in asked if "audit" not in statement} == {"SELECT"}
    assert len(asked) < 20


def test_many_people_are_changed_in_few_statements(office: Office) -> None:
    """
    A new term costs one audit line and one update for each, everything else is done for many at once.
    """
    text = HEADER + "".join(f"s{number}@x.org,S,,,,security,,,,,first_aid,\n" for number in range(200))
    take(office, text)
    changed = text.replace("security", "first-aid").replace(",first_aid,", ",driver,")

    asked = office.statements_of(lambda: take(office, changed))

    assert len([one for one in asked if "INTO audit" not in one and "UPDATE accounts" not in one]) < 12
    assert belongings(office, "s199@x.org") == (set(), {"first-aid"}, {"driver": None})


def test_who_is_known_is_brought_up_to_date(office: Office) -> None:
    """
    What differs is taken from the list, also where the list has become empty.
    """
    take(office, HEADER + OLGA)

    report = take(office, HEADER + "OLGA@x.org,Olga B,,en,officer,security,hammersmith,,,,,no\n")

    olga = account(office, "olga@x.org")
    assert report == ImportReport(changed=1)
    assert (olga.name, olga.mobile, olga.site, olga.building) == ("Olga B", None, "hammersmith", None)
    assert (olga.away_country, olga.away_until, olga.recall) == (None, None, False)
    assert belongings(office, "olga@x.org") == ({Role.OFFICER}, {"security"}, {})


def test_a_column_the_list_does_not_have_changes_nothing(office: Office) -> None:
    """
    A list of addresses and names leaves roles, teams and certificates alone.
    """
    take(office, HEADER + OLGA)

    take(office, "email,name\nolga@x.org,Olga B\n")

    olga = account(office, "olga@x.org")
    assert (olga.name, olga.mobile, olga.site, olga.recall) == ("Olga B", "+447700900123", "white-city", True)
    roles, teams, skills = belongings(office, "olga@x.org")
    assert (len(roles), len(teams), len(skills)) == (2, 2, 2)


def test_nobody_is_removed_because_a_list_leaves_them_out(office: Office) -> None:
    """
    A list of half the people is not the end of the other half.
    """
    take(office, HEADER + OLGA + "stu@x.org,Stu,,,,,,,,,,\n")

    take(office, HEADER + "stu@x.org,Stu,,,,,,,,,,\n")

    assert account(office, "olga@x.org").active


def test_a_list_never_touches_what_is_not_its_own(office: Office) -> None:
    """
    Who plays drills, who was shut out and a password that is set stay as they are.
    """
    take(office, HEADER + OLGA)
    change(office, "olga@x.org", exercise=True, active=False, password_hash="her own")

    take(office, HEADER + OLGA.replace("Olga", "Olga B"), password_hash="the list's")

    olga = account(office, "olga@x.org")
    assert (olga.name, olga.exercise, olga.active, olga.password_hash) == ("Olga B", True, False, "her own")


def test_a_password_is_given_to_those_who_have_none(office: Office) -> None:
    """
    To new people and to known ones, once.
    """
    take(office, HEADER + OLGA)

    first = take(office, HEADER + OLGA + "stu@x.org,Stu,,,,,,,,,,\n", password_hash="one")
    second = take(office, HEADER + OLGA + "stu@x.org,Stu,,,,,,,,,,\n", password_hash="two")

    assert (first, second) == (ImportReport(added=1, changed=1), ImportReport(unchanged=2))
    assert {account(office, email).password_hash for email in ("olga@x.org", "stu@x.org")} == {"one"}


def test_each_account_that_is_added_or_changed_has_one_audit_line(office: Office) -> None:
    """
    The line tells the account's id and which roles came and went, and never a name, an address or a number.
    """
    take(office, HEADER + OLGA + "stu@x.org,Stu,,,,,,,,,,\n")
    take(office, HEADER + OLGA.replace("officer;controller", "officer;auditor"))

    lines = office.audit_lines()
    olga = str(account(office, "olga@x.org").id)
    assert [line.action for line in lines] == ["account.added", "account.added", "account.changed"]
    assert [line.facts for line in lines if line.about_id == olga] == [
        {"gained": "controller,officer"},
        {"gained": "auditor", "lost": "controller"},
    ]
    told = "".join(f"{line.actor} {line.about_id} {line.facts}" for line in lines)
    assert not any(word in told for word in ("Olga", "olga", "900123", "Stu", "stu@"))


@pytest.mark.parametrize("kept", ["controller", "officer", ""])
def test_a_taken_role_closes_what_was_open_with_it(office: Office, kept: str) -> None:
    """
    The sign-in stands, but the sockets are told to close.
    """
    take(office, HEADER + OLGA)
    olga = account(office, "olga@x.org").id
    office.database.write(sign_in, olga, now=office.now())

    take(office, HEADER + OLGA.replace("officer;controller", kept))

    standing = office.database.read(sign_in_store.standing_of, olga)
    assert [event for event in office.events() if event[0] == "SignedOut"] == [
        ("SignedOut", {"person_id": str(olga), "token_hash": None})
    ]
    assert len(standing) == 1


def test_who_is_no_officer_any_more_goes_off_duty(office: Office) -> None:
    """
    Before the sockets close, the duty is over and everybody who watches is told.
    """
    take(office, HEADER + OLGA)
    olga = account(office, "olga@x.org").id
    shift = Duty(account_id=olga, state="on_patrol", since=office.now(), ends_at=office.now() + timedelta(hours=13))
    office.database.write(responder_store.add_duty, shift)

    take(office, HEADER + OLGA.replace("officer;controller", "controller"))

    duty = office.database.read(responder_store.duty_of, olga)
    assert duty is not None
    assert duty.state == DutyState.OFF_DUTY
    assert [name for name, _ in office.events()] == ["DutyChanged", "SignedOut"]


@pytest.mark.parametrize(
    ("before", "after"), [("officer", "officer;controller"), ("admin;prevent_lead", ""), ("", "auditor")]
)
def test_nothing_closes_when_no_live_role_was_taken(office: Office, before: str, after: str) -> None:
    """
    A further role, or the loss of one that opens no socket, disturbs nobody.
    """
    line = "olga@x.org,Olga,,,{},,,,,,,\n"
    take(office, HEADER + line.format(before))

    report = take(office, HEADER + line.format(after))

    assert report == ImportReport(changed=1)
    assert office.events() == []


def test_one_person_is_added_by_hand(office: Office) -> None:
    """
    With an audit line like anybody on a list; the address can be added only once.
    """
    line = RosterLine(email="ann@x.org", name="Ann", roles=frozenset({Role.ADMIN}))
    admin = UUID(int=7)

    added = office.database.write(add_person, line, now=office.now(), by=admin)

    (told,) = office.audit_lines("account.added")
    assert (told.actor, told.about_id, told.facts) == (str(admin), str(added), {"gained": "admin"})
    with pytest.raises(Conflict):
        office.database.write(add_person, line, now=office.now(), by=admin)
