"""`bluelight people`: lists with mistakes, one person by hand, and the way in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.signing_in import accept_invitation
from tests.journeys.command_line import how_many_people, run
from tests.journeys.empty_stores import Office, office_on
from tests.unit.campus import imperial


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_on("sqlite", directory=tmp_path, postgres_url=str) as office:
        yield office


def written(directory: Path, text: str, name: str = "list.csv") -> Path:
    file = directory / name
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return file


def test_a_list_is_taken_line_by_line(office: Office, tmp_path: Path) -> None:
    """
    Good lines are in, bad ones named, foreign columns reported; the status says that something was refused.
    """
    run(office, "campus", "import", imperial.DIRECTORY)
    file = written(
        tmp_path,
        "email,name,mobile,fax,building,exercise\n"
        "ann@x.org,Ann,07700 900123,1,Lodge,yes\n"
        "bob,,07,1,,\n"
        "cy@x.org,Cy\udce9,,1,,\n",
    )

    status, told = run(office, "people", "import", file)

    assert status == 1
    assert told == [
        "1 person was added, 0 changed, 0 as they should be.",
        "Columns that mean nothing here were left alone: fax, exercise.",
        'line 2: the building "Lodge" is no zone of the campus.',
        'line 3: "bob" is not an e-mail address.',
        "line 3: has no name.",
        'line 3: "07" is too short or too long for a telephone number.',
        'line 4: "Cy?" is not UTF-8: save the file as CSV UTF-8.',
        "2 lines were not taken.",
    ]
    ann = office.database.read(people_store.by_email, "ann@x.org")
    assert ann is not None
    assert (ann.mobile, ann.exercise) == ("+447700900123", False)


def test_a_list_without_a_fault_ends_well(office: Office, tmp_path: Path) -> None:
    """
    More people than fit in one transaction are all taken.
    """
    run(office, "campus", "import", imperial.DIRECTORY)
    lines = "".join(f"s{number}@x.org,S\n" for number in range(450))

    status, told = run(office, "people", "import", written(tmp_path, "email,name\n" + lines))

    assert (status, told) == (0, ["450 people were added, 0 changed, 0 as they should be."])
    assert how_many_people(office) == 466


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mail,name\n", "line 1: names the columns, and there is none called email."),
        ("email,name\n" + "\n" * 100_001, "file: is larger than 100,000 lines or 20 MB: split it."),
        ("email,name\n" + "x" * 21_000_000, "file: is larger than 100,000 lines or 20 MB: split it."),
    ],
    ids=["no address", "lines", "bytes"],
)
def test_a_file_that_is_no_list_is_refused_whole(office: Office, tmp_path: Path, text: str, fault: str) -> None:
    """
    One sentence, and nobody is added.
    """
    run(office, "campus", "import", imperial.DIRECTORY)

    status, told = run(office, "people", "import", written(tmp_path, text))

    assert (status, told) == (1, [fault])


def test_people_need_a_campus_first(office: Office, tmp_path: Path) -> None:
    """
    Without one nobody knows which teams there are.
    """
    status, told = run(office, "people", "import", written(tmp_path, "email,name\na@x.org,A\n"))

    assert (status, told) == (1, ["No campus has been imported yet: bluelight campus import DIR."])


def test_somebody_who_is_added_and_invited_can_sign_in(office: Office) -> None:
    """
    The code that is printed sets the first password.
    """
    run(office, "campus", "import", imperial.DIRECTORY)
    words = ("Ann@X.org", "--name", "Ann", "--role", "officer", "--role", "admin", "--team", "security")

    added, told = run(office, "people", "add", *words)
    invited, (_, code) = run(office, "people", "invite", "ann@x.org")

    welcome = office.database.write(accept_invitation, code, "a hash", now=office.now())
    assert (added, invited) == (0, 0)
    assert told == ["Ann is added. To let them set a password: bluelight people invite ann@x.org"]
    assert welcome.person.roles == {Role.MEMBER, Role.OFFICER, Role.ADMIN}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("add", "ann", "--name", "Ann", "--team", "kitchen"),
            [
                "This person cannot be taken.",
                'email: "ann" is not an e-mail address.',
                (
                    'teams: "kitchen" is none of the teams control-room, customer-services, first-aid, '
                    "safety-department, security."
                ),
            ],
        ),
        (
            ("add", "admin1@demo.example", "--name", "Another"),
            ["There is already a person with the address admin1@demo.example."],
        ),
        (("invite", "nobody@x.org"), ["Nobody here has the address nobody@x.org."]),
    ],
)
def test_what_is_refused_by_hand_says_why(office: Office, words: tuple[str, ...], told: list[str]) -> None:
    """
    The status is 1 and each reason has its line.
    """
    run(office, "campus", "import", imperial.DIRECTORY)

    answer = run(office, "people", *words)

    assert answer == (1, told)


def test_an_invitation_says_until_when_it_is_good(office: Office) -> None:
    """
    For two weeks.
    """
    run(office, "campus", "import", imperial.DIRECTORY)

    _, (sentence, code) = run(office, "people", "invite", "Admin1@demo.example")

    assert sentence == "The invitation of admin1@demo.example, good once, until the end of 2026-10-18:"
    assert re.fullmatch(r"[\w-]{43}", code)
