"""`bluelight campus`: what is refused before it holds, and what is said about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.campus import campus_store
from backend.people.account import Account
from tests.journeys.command_line import how_many_people, run
from tests.journeys.empty_stores import Office, office_on
from tests.unit.campus import imperial

GUIDANCE = [
    "Guidance: 6 cards in en, zh, fr, es, ar.",
    "No person has reviewed the guidance in en, zh, fr, es, ar yet.",
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_on("sqlite", directory=tmp_path, postgres_url=str) as office:
        yield office


class DeskWithoutDatabase:
    """Where a configuration is written: there is no server yet."""

    def __init__(self, office: Office) -> None:
        self.now = office.now

    @property
    def database(self) -> object:
        raise AssertionError("no database is needed for this")


def test_the_shipped_campus_checks_without_a_database(office: Office) -> None:
    """
    Every file is read and every path proved before there is a server.
    """
    status, told = run(DeskWithoutDatabase(office), "campus", "check", imperial.DIRECTORY)

    assert status == 0
    assert told == [
        *GUIDANCE,
        (
            "Imperial College London can be imported: 8 sites, 15 places in them, 5 teams, 10 lines of rota. "
            "Every case of the coming 14 days is somebody's."
        ),
    ]


def test_a_check_without_a_list_of_people_says_what_it_assumes(office: Office, tmp_path: Path) -> None:
    """
    The rota is proved as if everybody on it were who it says.
    """
    directory = imperial.copied_to(tmp_path)
    (directory / "people.csv").unlink()

    status, told = run(DeskWithoutDatabase(office), "campus", "check", directory)

    assert status == 0
    assert told[0] == ("There is no people.csv: the proof assumes that everybody on the rota can do what it says.")


@pytest.mark.parametrize("command", ["check", "import"])
def test_every_fault_of_a_campus_has_its_line(office: Office, tmp_path: Path, command: str) -> None:
    """
    The status is 1, nothing is imported, and no fault hides another.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "campus.toml", ("Europe/London", "Europe/Lundon"), ('"en", ', '"xx", '))

    status, told = run(office, "campus", command, directory)

    assert status == 1
    assert told[0] == "The campus in imperial has 2 faults."
    assert [line for line in told if "Lundon" in line or '"xx"' in line] == told[1:]
    assert office.database.read(campus_store.newest_edition) is None


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_bad_line_in_the_list_beside_a_campus_refuses_both(office: Office, tmp_path: Path, command: str) -> None:
    """
    The proof rests on the list: with an officer missing from it, it would prove something else.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "people.csv", ("+447700900001", "a number"), ("white-city", "moon"))

    status, told = run(office, "campus", command, directory)

    assert status == 1
    assert [line.partition(":")[2].partition(":")[0] for line in told] == [" line 2", " line 6"]
    assert how_many_people(office) == 0


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_campus_in_which_a_case_is_nobody_s_is_refused(office: Office, tmp_path: Path, command: str) -> None:
    """
    The counter-example comes first, then what may be the reason.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "people.csv", ("en,controller,control-room", "en,member,control-room"))

    status, told = run(office, "campus", command, directory)

    assert status == 1
    assert told[0].startswith("Help in Silwood Park Campus on Monday 5 October at 10:30: ")
    assert told[0].endswith("and the control room has nobody on shift.")
    assert told[-1] == "controller1@demo.example is rostered in control-room and has no role controller."
    assert office.database.read(campus_store.newest_edition) is None


def test_an_officer_s_role_is_what_makes_somebody_answer(office: Office, tmp_path: Path) -> None:
    """
    Being in the team is not enough: dispatch asks officers, so the proof counts officers.
    """
    directory = imperial.copied_to(tmp_path)
    text = (directory / "people.csv").read_text().replace("en,officer,security", "en,,security")
    (directory / "people.csv").write_text(text.replace("en,controller,", "en,,"))

    status, told = run(office, "campus", "check", directory)

    assert status == 1
    assert "officer3@demo.example is rostered in security and has no role officer." in told


def test_an_import_brings_the_people_with_it(office: Office) -> None:
    """
    Campus, roles and teams are there together, and a second import changes nothing.
    """
    status, told = run(office, "campus", "import", imperial.DIRECTORY)
    again, told_again = run(office, "campus", "import", imperial.DIRECTORY)

    assert (status, again) == (0, 0)
    assert told == [
        "Imperial College London holds now, as edition 1: 8 sites, 15 places in them, 5 teams, 10 lines of rota.",
        "16 people were added, 0 changed, 0 as they should be.",
        *GUIDANCE,
    ]
    assert told_again[1] == "0 people were added, 0 changed, 16 as they should be."
    assert len(office.audit_lines()) == 17


def test_without_a_list_the_proof_asks_the_database(office: Office, tmp_path: Path) -> None:
    """
    A new rota is held against the people who are already here.
    """
    run(office, "campus", "import", imperial.DIRECTORY)
    directory = imperial.copied_to(tmp_path)
    (directory / "people.csv").unlink()
    imperial.rewrite(directory, "rota.csv", ("control-room,controller2@", "control-room,controller9@"))

    status, told = run(office, "campus", "import", directory)

    assert status == 1
    assert told[-1] == "controller9@demo.example is rostered in control-room and is nobody we know."


def test_the_people_of_drills_prove_nothing(office: Office, tmp_path: Path) -> None:
    """
    They are never asked in earnest, so the proof does not count them.
    """
    run(office, "campus", "import", imperial.DIRECTORY)
    office.database.write(lambda session: session.execute(sa.update(Account).values(exercise=True)))
    directory = imperial.copied_to(tmp_path)
    (directory / "people.csv").unlink()

    status, told = run(office, "campus", "import", directory)

    assert (status, told) == (
        1,
        ["Nobody is known here yet, so nobody could be asked: put a people.csv beside campus.toml."],
    )
