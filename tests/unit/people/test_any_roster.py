"""No text, no bytes and no line make reading a roster fail, and what is written is read again."""

import csv
import io
import unicodedata
from datetime import date

from hypothesis import given, settings, strategies as st

from backend.kernel.vocabulary import Role
from backend.people.roster import Roster, parse_roster, text_of
from backend.people.roster_line import COLUMNS
from tests.unit.people.known_names import KNOWN

HEADER = ",".join(COLUMNS)


def read(text: str) -> Roster:
    return parse_roster(text, known=KNOWN)


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    """
    Whatever a file holds, reading it ends with people and faults.
    """
    roster = read(text)

    assert roster.lines or roster.faults or not text.strip() or "email" in text.lower()


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from('a@x.org,;:"\n\r\t\x00\udcff+0123456789-é'), max_size=80)))
def test_no_lines_make_reading_fail(lines: list[str]) -> None:
    """
    Under a good first line every record is a person or has a fault, and no address is there twice.
    """
    text = f"{HEADER}\n" + "\n".join(lines)

    roster = read(text)

    emails = [line.email for line in roster.lines]
    assert len(set(emails)) == len(emails)
    assert roster.lines or roster.faults or not any(line.strip(' ,"\n\r\t\x00') for line in lines)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_reading_fail(content: bytes) -> None:
    """
    Bytes of any encoding are text to read, good or bad.
    """
    roster = read(text_of(b"email,name\na@x.org,A\n" + content))

    assert [line.email for line in roster.lines][:1] == ["a@x.org"]


@settings(deadline=None)
@given(
    name=st.text(alphabet=st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60),
    roles=st.frozensets(st.sampled_from([role for role in Role if role is not Role.MEMBER])),
    teams=st.frozensets(st.sampled_from(sorted(KNOWN.teams))),
    skills=st.dictionaries(st.sampled_from(["first_aid", "driver"]), st.none() | st.dates()),
    away_until=st.none() | st.dates(),
    recall=st.booleans(),
)
def test_what_is_written_is_read_again(
    name: str,
    roles: frozenset[Role],
    teams: frozenset[str],
    skills: dict[str, date | None],
    away_until: date | None,
    recall: bool,
) -> None:
    """
    A person written as CSV is read as the same person, whatever signs the name has.
    """
    row = {
        "email": "a@x.org",
        "name": name,
        "roles": ";".join(roles),
        "teams": ";".join(teams),
        "skills": ";".join(f"{skill}:{day or ''}" for skill, day in skills.items()),
        "away_until": away_until or "",
        "recall": "yes" if recall else "no",
    }
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerow(row)

    roster = read(written.getvalue())

    (line,) = roster.lines
    assert line.name == unicodedata.normalize("NFC", name)
    assert (line.roles, line.teams, dict(line.skills)) == (roles, teams, skills)
    assert (line.away_until, line.recall) == (away_until, recall)
