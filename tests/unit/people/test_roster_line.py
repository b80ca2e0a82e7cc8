"""Each field of a person is read strictly, and what cannot be read is said in a sentence."""

import pytest

from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import Role
from backend.people.roster_line import RosterLine, read_person
from tests.unit.people.known_names import KNOWN


def read_field(column: str, text: str) -> RosterLine:
    return read_person({"email": "jane@example.ac.uk", "name": "Jane Doe", column: text}, known=KNOWN)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+447700900123", "+447700900123"),
        ("07700 900123", "+447700900123"),
        ("(07700) 900-123", "+447700900123"),
        ("7700900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("+1\u00a0(212) 555-0100", "+12125550100"),
        ("", None),
    ],
)
def test_a_mobile_is_kept_as_the_world_dials_it(written: str, kept: str | None) -> None:
    """
    Whatever a spreadsheet made of the number, it is kept as E.164; without a + it is one of the campus's country.
    """
    line = read_field("mobile", written)

    assert line.mobile == kept


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("email", "", "has no e-mail address."),
        ("email", "jane", '"jane" is not an e-mail address.'),
        ("email", "jane@x", '"jane@x" is not an e-mail address.'),
        ("email", "a@x.org, b@x.org", '"a@x.org, b@x.org" is not an e-mail address.'),
        ("name", " ", "has no name."),
        ("name", "x" * 121, "the name is longer than 120 characters."),
        ("name", "J\x00", '"J?" has a character that is no text.'),
        ("name", "Jos\udce9", '"Jos?" is not UTF-8: save the file as CSV UTF-8.'),
        ("mobile", "4.477E+11", '"4.477E+11" is not a telephone number: write it as +447700900123.'),
        ("mobile", "ask her", '"ask her" is not a telephone number: write it as +447700900123.'),
        ("mobile", "4444", '"4444" is too short or too long for a telephone number.'),
        ("language", "klingon", '"klingon" is none of the languages en, zh.'),
        (
            "roles",
            "officer;boss",
            '"boss" is none of the roles member, officer, controller, adviser, prevent_lead, admin, auditor.',
        ),
        ("teams", "security;kitchen", '"kitchen" is none of the teams first-aid, security.'),
        ("site", "moon", '"moon" is none of the sites south-kensington, white-city.'),
        ("building", "x" * 81, "the building is longer than 80 characters."),
        ("away_country", "UK", '"UK" is no country: write its two letters, as FR.'),
        ("away_until", "30/06/2027", '"30/06/2027" is not a date: write it as 2027-12-31.'),
        ("away_until", "2027-02-30", '"2027-02-30" is not a date: write it as 2027-12-31.'),
        ("skills", "first_aid:soon", '"soon" is not a date: write it as 2027-12-31.'),
        ("skills", ":2027-12-31", '":2027-12-31" is not a skill: write it as first_aid:2027-12-31.'),
        ("skills", "first_aid;First_Aid", 'the skill "First_Aid" stands twice.'),
        ("recall", "perhaps", 'recall is yes or no, not "perhaps".'),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(column: str, text: str, message: str) -> None:
    """
    Every column has its own sentence, which shows what was written and how it is written well.
    """
    with pytest.raises(Invalid) as refusal:
        read_field(column, text)

    assert refusal.value.errors == (FieldFault(column, message),)


def test_roles_may_be_written_as_people_write_them() -> None:
    """
    `Prevent lead` is the role prevent_lead.
    """
    line = read_field("roles", "Prevent lead; ADMIN")

    assert line.roles == {Role.PREVENT_LEAD, Role.ADMIN}
