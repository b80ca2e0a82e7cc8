"""The demo has the people of the contract, and starting it again leaves everything as it was."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.configuration import read_campus
from backend.campus.importing_campus import import_campus
from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Role
from backend.people import people_store, responder_store
from backend.people.account import Account
from backend.people.importing import ImportReport
from backend.people.passwords import matches
from infra.demo import PASSWORD, demo_roster, load_demo
from tests.journeys.empty_stores import Office, office_on
from tests.unit.campus import imperial

TODAY = date(2026, 10, 5)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_on("sqlite", directory=tmp_path, postgres_url=str) as office:
        yield office


def load(office: Office, directory: Path = imperial.DIRECTORY) -> ImportReport:
    return load_demo(office.database, directory, now=office.now())


def names(word: str, most: int) -> list[str]:
    return [f"{word}{number}@demo.example" for number in range(1, most + 1)]


def with_role(session: Session, role: Role) -> list[str]:
    ids = people_store.with_role(session, role, exercise=False)
    return sorted(session.scalars(sa.select(Account.email).where(Account.id.in_(ids))))


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["email"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_people_of_the_contract_are_there(office: Office) -> None:
    """
    Twenty students, six officers, two controllers, two advisers, a Prevent lead, an admin and an auditor.
    """
    report = load(office)

    roles = {role: office.database.read(with_role, role) for role in Role if role is not Role.MEMBER}
    everybody = office.database.read(people_store.everybody, after="", most=100)
    assert report == ImportReport(added=33)
    assert roles == {
        Role.OFFICER: names("officer", 6),
        Role.CONTROLLER: names("controller", 2),
        Role.ADVISER: names("adviser", 2),
        Role.PREVENT_LEAD: names("lead", 1),
        Role.ADMIN: names("admin", 1),
        Role.AUDITOR: names("auditor", 1),
    }
    students = {account.email for account in everybody} - {email for some in roles.values() for email in some}
    assert students == set(names("student", 20))


def test_the_officers_are_where_the_contract_puts_them(office: Office) -> None:
    """
    Four at South Kensington, one at White City, one at Hammersmith; two first aiders, and one whose time is over.
    """
    load(office)

    officers = office.database.read(responder_store.responders, now=office.now(), today=TODAY)

    at = ["south-kensington"] * 4 + ["white-city", "hammersmith"]
    assert [officer.site for officer in officers] == at
    assert [officer.skills for officer in officers] == [{"first_aid"}] * 2 + [set()] * 4
    assert [officer.teams for officer in officers] == [{"security", "first-aid"}] * 2 + [{"security"}] * 4
    fourth = office.database.read(people_store.skills_of, officers[3].id)
    assert [day is not None and day < TODAY for day in fourth.values()] == [True]


def test_everybody_has_the_one_password(office: Office) -> None:
    """
    Hashed once for all: a first start waits for it once.
    """
    load(office)

    hashes = {account.password_hash for account in office.database.read(people_store.everybody, after="", most=100)}
    (only,) = hashes
    assert matches(only, PASSWORD)


def test_a_second_start_only_looks(office: Office) -> None:
    """
    No transaction is begun to write, and what somebody changed meanwhile stays.
    """
    load(office)
    office.database.write(lambda session: session.execute(sa.update(Account).values(name="Changed")))
    office.passes(days=3)

    asked = office.statements_of(lambda: load(office))

    assert {statement.split()[0] for statement in asked} == {"SELECT"}
    assert len(asked) < 5
    account = office.database.read(people_store.by_email, "officer1@demo.example")
    assert account is not None
    assert account.name == "Changed"


def test_another_campus_that_was_imported_stays(office: Office, tmp_path: Path) -> None:
    """
    Whoever tries a campus of their own finds it again after a restart.
    """
    load(office)
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "campus.toml", ("Imperial College London", "Elsewhere"))
    office.database.write(import_campus, read_campus(directory), by=None, now=office.now())

    load(office)

    assert office.database.read(campus_store.newest).name == "Elsewhere"


def test_a_demo_in_which_a_case_is_nobody_s_does_not_start(office: Office, tmp_path: Path) -> None:
    """
    The demo is proved like any campus, and the refusal is the counter-example.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "rota.csv", ("control-room,controller2@demo.example,south-kensington,mon-sun", ""))
    text = (directory / "rota.csv").read_text()
    (directory / "rota.csv").write_text("\n".join(line for line in text.splitlines() if line[:1] != ",") + "\n")

    with pytest.raises(Invalid) as refusal:
        load(office, directory)

    assert refusal.value.title.endswith("and the control room has nobody on shift.")


def test_nobody_real_gets_a_password_that_everybody_knows() -> None:
    """
    Addresses of other domains are left out of the demo.
    """
    text = "email,name\nboss@imperial.example,Boss\nevil@not-demo.example,E\nguest@demo.example,Guest\n"

    people = rows(demo_roster(text, today=TODAY))

    assert set(people) & {"boss@imperial.example", "evil@not-demo.example", "guest@demo.example"} == {
        "guest@demo.example"
    }


def test_a_campus_without_a_list_has_the_demo_people_all_the_same() -> None:
    """
    Officers, teams and certificates come from the contract then.
    """
    people = rows(demo_roster("", today=TODAY))

    assert len(people) == 33
    assert people["officer2@demo.example"]["skills"] == "first_aid:2027-12-31"
    assert people["officer4@demo.example"]["skills"] == "first_aid:2025-12-31"
    assert people["student20@demo.example"]["mobile"] == "+447700900120"
    assert people["lead1@demo.example"]["name"] == "Prevent lead 1"


def test_the_campus_s_own_line_goes_before_the_contract_s() -> None:
    """
    A student of the list keeps language, place and journey.
    """
    text = (imperial.DIRECTORY / "people.csv").read_text(encoding="utf-8")

    people = rows(demo_roster(text, today=TODAY))

    third = people["student3@demo.example"]
    assert (third["language"], third["building"], third["away_country"]) == ("ar", "huxley", "FR")


@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_no_new_year_ends_the_demo(office: Office, year: int) -> None:
    """
    The first aiders' certificates are good whenever the demo is first started, and the fourth officer's never is.
    """
    office.clock = datetime(year, 12, 30, 12, tzinfo=UTC)

    load(office)

    officers = office.database.read(responder_store.responders, now=office.now(), today=date(year + 1, 1, 2))
    assert [bool(officer.skills) for officer in officers] == [True, True, False, False, False, False]
