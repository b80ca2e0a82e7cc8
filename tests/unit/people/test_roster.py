"""A list of people is read as offices write them: bad lines are named, good ones taken."""

from dataclasses import fields
from datetime import date

import pytest

from backend.kernel.errors import FieldFault
from backend.kernel.vocabulary import Role
from backend.people.roster import MOST_BYTES, MOST_LINES, TOO_LARGE, Roster, parse_roster, text_of
from backend.people.roster_line import COLUMNS, Known, RosterLine
from tests.unit.people.known_names import KNOWN

HEADER = ",".join(COLUMNS)

FULL = RosterLine(
    email="jane@example.ac.uk",
    name="Jane Doe",
    mobile="+447700900123",
    language="zh",
    roles=frozenset({Role.OFFICER, Role.CONTROLLER}),
    teams=frozenset({"security", "first-aid"}),
    site="south-kensington",
    building="huxley",
    away_country="FR",
    away_until=date(2027, 6, 30),
    skills=(("driver", None), ("first_aid", date(2027, 12, 31))),
    recall=True,
)


def read(text: str) -> Roster:
    return parse_roster(text, known=KNOWN)


def test_every_column_is_read() -> None:
    """
    A full line becomes one person with everything the line says.
    """
    text = (
        f"{HEADER}\n"
        "Jane@Example.ac.uk, Jane  Doe ,07700 900123,ZH,officer; Controller;member,security;first-aid,"
        "south-kensington,Huxley,fr,2027-06-30,first_aid:2027-12-31;driver,Yes\n"
    )

    roster = read(text)

    assert roster == Roster(lines=(FULL,))


def test_a_line_with_only_an_address_and_a_name_is_a_member() -> None:
    """
    Whoever has no role, team or skill in the file has none; the first language of the campus is theirs.
    """
    roster = read("email,name\njane@example.ac.uk,Jane Doe\n")

    assert roster.lines == (RosterLine(email="jane@example.ac.uk", name="Jane Doe", language="en"),)


def test_a_spreadsheet_s_habits_change_nothing() -> None:
    """
    A byte order mark, CRLF, quotation marks, capitals in the first line and empty rows at the end are read over.
    """
    content = b'\xef\xbb\xbf"E-Mail","Email","Name"\r\n,"jane@example.ac.uk","Doe, Jane ""JD"""\r\n,,\r\n\r\n'

    roster = read(text_of(content))

    assert [(line.email, line.name) for line in roster.lines] == [("jane@example.ac.uk", 'Doe, Jane "JD"')]
    assert roster.faults == ()


def test_bad_lines_are_named_and_good_ones_taken() -> None:
    """
    Each fault carries the number of its line, and every good line stands.
    """
    text = "email,name,teams\na@x.org,A,\nb,B,\n,C,\nd@x.org,,kitchen\ne@x.org,E,security\n"

    roster = read(text)

    assert [line.email for line in roster.lines] == ["a@x.org", "e@x.org"]
    assert list(roster.faults) == [
        FieldFault("line 3", '"b" is not an e-mail address.'),
        FieldFault("line 4", "has no e-mail address."),
        FieldFault("line 5", "has no name."),
        FieldFault("line 5", '"kitchen" is none of the teams first-aid, security.'),
    ]


def test_a_field_over_several_lines_does_not_move_the_numbers() -> None:
    """
    A note with line breaks in a foreign column is one record, and the next fault names the line it is on.
    """
    text = 'email,name,note\na@x.org,A,"one\ntwo\nthree"\nb,B,\n'

    roster = read(text)

    assert [line.email for line in roster.lines] == ["a@x.org"]
    assert [fault.field for fault in roster.faults] == ["line 5"]


def test_a_quotation_mark_nobody_closed_costs_its_own_line_only() -> None:
    """
    The people after it are taken, however many quotation marks their lines have.
    """
    text = 'email,name\na@x.org,"A\nb@x.org,"B, C"\nc@x.org,C\n'

    roster = read(text)

    assert [line.email for line in roster.lines] == ["b@x.org", "c@x.org"]
    assert [fault.field for fault in roster.faults] == ["line 2"]


def test_the_first_of_two_lines_with_one_address_is_taken() -> None:
    """
    The other one is named with the line it repeats; capitals make no other address.
    """
    roster = read("email,name\na@x.org,First\nA@X.org,Second\n")

    assert [line.name for line in roster.lines] == ["First"]
    assert roster.faults == (FieldFault("line 3", '"a@x.org" already stands on line 2.'),)


def test_a_good_line_is_taken_when_the_one_before_it_was_bad() -> None:
    """
    A line that was refused does not count as the first with its address.
    """
    roster = read("email,name,site\na@x.org,A,moon\na@x.org,A,white-city\n")

    assert [line.site for line in roster.lines] == ["white-city"]


def test_a_number_without_a_plus_is_refused_where_the_country_is_unknown() -> None:
    """
    Nobody guesses a country: the line is named.
    """
    known = Known(frozenset(), frozenset(), frozenset(), ("en",), region=None)

    roster = parse_roster("email,name,mobile\na@x.org,A,07700900123\nb@x.org,B,+447700900123\n", known=known)

    assert [line.email for line in roster.lines] == ["b@x.org"]


def test_names_of_the_campus_may_differ_in_capitals() -> None:
    """
    Teams, sites and buildings are kept as the campus writes them.
    """
    roster = read("email,name,teams,site,building\na@x.org,A,Security,White-City,HUXLEY\n")

    (line,) = roster.lines
    assert (line.teams, line.site, line.building) == (frozenset({"security"}), "white-city", "huxley")


def test_a_building_that_is_no_zone_is_kept_and_remarked_on() -> None:
    """
    The person is taken: not being on the map is no reason to have no account.
    """
    roster = read("email,name,building\na@x.org,A,Porter's lodge\n")

    assert [line.building for line in roster.lines] == ["Porter's lodge"]
    assert roster.remarks == (FieldFault("line 2", 'the building "Porter\'s lodge" is no zone of the campus.'),)


def test_columns_that_mean_nothing_are_reported() -> None:
    """
    They are named once each, and what they hold is nowhere.
    """
    roster = read("email,Fax,name,Shoe size\na@x.org,123,A,44\n")

    assert roster.extra == ("fax", "shoe_size")
    assert roster.lines == (RosterLine(email="a@x.org", name="A"),)


def test_who_plays_drills_is_never_taken_from_a_file() -> None:
    """
    A column `exercise` is a foreign column like any other.
    """
    roster = read("email,name,exercise\na@x.org,A,yes\n")

    assert roster.extra == ("exercise",)
    assert "exercise" not in {field.name for field in fields(RosterLine)}


def test_the_columns_of_the_file_are_told() -> None:
    """
    What a file does not have is not the same as what it leaves empty.
    """
    roster = read("name,email,teams\nA,a@x.org,\n")

    assert roster.columns == {"name", "email", "teams"}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "line 1", "names the columns, and there is none called email or name."),
        ("mail,name\na@x.org,A\n", "line 1", "names the columns, and there is none called email."),
        ("\n\nemail,surname\n", "line 3", "names the columns, and there is none called name."),
        ("email;name\na@x.org;A\n", "line 1", "is not separated by commas: save the file as CSV with commas."),
        ("email\tname\na@x.org\tA\n", "line 1", "is not separated by commas: save the file as CSV with commas."),
        ("email,name,Email\na@x.org,A,\n", "line 1", "names a column twice: email."),
        (text_of("email,name\n".encode("utf-16")), "line 1", "is not UTF-8: save the file as CSV UTF-8."),
    ],
)
def test_a_first_line_that_cannot_be_used_refuses_the_file(text: str, place: str, message: str) -> None:
    """
    Nobody is taken, nothing is known to be in the file, and the sentence says what to do.
    """
    roster = read(text)

    assert roster == Roster(columns=frozenset(), faults=(FieldFault(place, message),))


def test_a_line_in_another_encoding_is_named() -> None:
    """
    One line written by an older spreadsheet costs that line and no other.
    """
    content = "email,name\na@x.org,José\n".encode() + "b@x.org,José\n".encode("latin-1") + b"c@x.org,C\n"

    roster = read(text_of(content))

    assert [line.name for line in roster.lines] == ["José", "C"]
    assert [fault.field for fault in roster.faults] == ["line 3"]


@pytest.mark.parametrize("line", ["a@x.org,A", "a@x.org,A,,white-city"])
def test_a_line_with_too_few_or_too_many_fields_is_named(line: str) -> None:
    """
    Its fields may have slipped under other columns: a name must not become a team.
    """
    roster = read(f"email,name,teams\n{line}\n")

    assert roster.lines == ()
    assert roster.faults == (FieldFault("line 2", f"has {line.count(',') + 1} fields where the first line names 3."),)


def test_commas_too_many_at_the_end_are_read_over() -> None:
    """
    Spreadsheets write them for columns that were emptied.
    """
    roster = read("email,name,,\na@x.org,A,,,\nb@x.org,B\n")

    assert [line.email for line in roster.lines] == ["a@x.org", "b@x.org"]


def test_a_hundred_thousand_lines_are_read_and_one_more_is_refused() -> None:
    """
    The file is refused as a whole, with one sentence.
    """
    most = "email,name\n" + "\n" * MOST_LINES

    taken, refused = read(most), read(most + "\n")

    assert taken.faults == ()
    assert refused == TOO_LARGE


def test_a_file_of_more_than_20_mb_is_refused() -> None:
    """
    However few lines it has.
    """
    roster = read("email,name\n" + "x" * MOST_BYTES)

    assert roster == TOO_LARGE


def test_a_terminal_is_never_given_what_the_file_hides() -> None:
    """
    Escape sequences and lone surrogates do not come back in a sentence or the name of a column.
    """
    roster = read("email,name,teams,\x1b[2Jfax\na@x.org,A,\x1b[31mred,\n\udcff,B,,\n")

    told = "".join([*roster.extra, *(fault.message for fault in roster.faults)])
    assert len(roster.faults) == 2
    assert told.isprintable()


def test_portions_are_the_same_people() -> None:
    """
    Cut into portions, a roster keeps its order, its columns and everybody in it.
    """
    roster = read("email,name\n" + "".join(f"p{number}@x.org,P\n" for number in range(7)))

    portions = list(roster.portions(3))

    assert [len(portion.lines) for portion in portions] == [3, 3, 1]
    assert sum((portion.lines for portion in portions), ()) == roster.lines
    assert {portion.columns for portion in portions} == {roster.columns}
