"""Read a list of people as an office exports it: bad lines are named, good ones taken."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from backend.kernel.errors import FieldFault, Invalid
from backend.people.roster_line import COLUMNS, NOT_UTF_8, Known, RosterLine, printable, quoted, read_person

NEEDED = ("email", "name")

#: More than these are refused as a whole: nobody's university is larger, and a wrong file should not fill the memory.
MOST_LINES = 100_000
MOST_BYTES = 20 * 1024 * 1024

#: How many lines one quoted field may run over; a quotation mark nobody closed costs its own line, not the rest.
LONGEST_RECORD = 20

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Roster:
    """
    What a file said.

    `columns` are those of ours that it has: what it has not, an import leaves
    as it is. `faults` name the lines that were not taken, `remarks` what is odd
    about some that were, `extra` the columns that mean nothing to us.
    """

    lines: tuple[RosterLine, ...] = ()
    columns: frozenset[str] = frozenset(COLUMNS)
    faults: tuple[FieldFault, ...] = ()
    remarks: tuple[FieldFault, ...] = ()
    extra: tuple[str, ...] = ()

    def portions(self, most: int) -> Iterator["Roster"]:
        """The same people, at most so many at a time, so that no import holds the store up for long."""
        for first in range(0, len(self.lines), most):
            yield replace(self, lines=self.lines[first : first + most])


def _refused(place: str, message: str) -> Roster:
    return Roster(columns=frozenset(), faults=(FieldFault(place, message),))


#: What there is to say of a file that is refused unread; who reads a file should not read more than MOST_BYTES either.
TOO_LARGE = _refused("file", f"is larger than {MOST_LINES:,} lines or 20 MB: split it.")


def text_of(content: bytes) -> str:
    """The text of a file; bytes that are not UTF-8 survive as lone surrogates, by which their line is named."""
    return content.decode("utf-8-sig", "surrogateescape")


def parse_roster(text: str, *, known: Known) -> Roster:
    """
    Everybody in a CSV text whose line can be taken, and a fault for each that cannot; never raises.

    Of several lines with one address the first good one is taken.
    """
    lines = _LINE_END.split(text.removeprefix("\ufeff")) if len(text) <= MOST_BYTES else []
    if not 0 < len(lines) <= MOST_LINES + 2:
        return TOO_LARGE
    records = _records(lines)
    number, fields = next(records, (1, None))
    header = _header(fields or ())
    if missing := [column for column in NEEDED if column not in header]:
        return _refused(f"line {number}", _no_header(text, missing))
    if twice := sorted({column for column in header if column in COLUMNS and header.count(column) > 1}):
        return _refused(f"line {number}", f"names a column twice: {', '.join(twice)}.")
    taken, faults, remarks = _people(records, header, known)
    return Roster(
        lines=tuple(taken),
        columns=frozenset(header).intersection(COLUMNS),
        faults=tuple(faults),
        remarks=tuple(remarks),
        extra=tuple(dict.fromkeys(printable(column) for column in header if column and column not in COLUMNS)),
    )


def _people(
    records: Iterator[tuple[int, list[str] | None]], header: Sequence[str], known: Known
) -> tuple[list[RosterLine], list[FieldFault], list[FieldFault]]:
    taken: dict[str, tuple[int, RosterLine]] = {}
    faults: list[FieldFault] = []
    remarks: list[FieldFault] = []
    for number, fields in records:
        place = f"line {number}"
        try:
            line = read_person(_by_column(fields, header), known=known)
        except Invalid as refusal:
            faults += [FieldFault(place, fault.message) for fault in refusal.errors]
            continue
        if line.email in taken:
            faults.append(FieldFault(place, f"{quoted(line.email)} already stands on line {taken[line.email][0]}."))
            continue
        taken[line.email] = number, line
        if line.building and line.building not in known.zones:
            remarks.append(FieldFault(place, f"the building {quoted(line.building)} is no zone of the campus."))
    return [line for _, line in taken.values()], faults, remarks


def _records(lines: Sequence[str]) -> Iterator[tuple[int, list[str] | None]]:
    """Each record that is not blank with the number of its first line; None for one that cannot be taken apart."""
    place = 0
    while place < len(lines):
        fields, length = _record_at(lines, place)
        if fields is None or any(field.strip() for field in fields):
            yield place + 1, fields
        place += length


def _record_at(lines: Sequence[str], place: int) -> tuple[list[str] | None, int]:
    """The fields of the record that begins here, and how many lines it takes."""
    fields = _fields(lines[place])
    if fields is None and lines[place].count('"') % 2:
        for last in range(place + 1, min(place + LONGEST_RECORD, len(lines))):
            if lines[last].count('"') % 2:
                joined = _fields("\n".join(lines[place : last + 1]))
                return joined, last - place + 1 if joined else 1
    return fields, 1


def _fields(record: str) -> list[str] | None:
    try:
        return next(csv.reader([record], strict=True), [])
    except csv.Error:
        return None


def _by_column(fields: list[str] | None, header: Sequence[str]) -> dict[str, str]:
    """Raises Invalid for a record that does not fit under the first line: its fields may be anybody's."""
    if fields is None:
        fault = FieldFault("", "a quotation mark is not closed, or a field is far too long.")
        raise Invalid("This line cannot be read.", [fault])
    if len(fields) < len(header) or any(field.strip() for field in fields[len(header) :]):
        fault = FieldFault("", f"has {len(fields)} fields where the first line names {len(header)}.")
        raise Invalid("This line cannot be read.", [fault])
    return dict(zip(header, fields, strict=False))


def _no_header(text: str, missing: Sequence[str]) -> str:
    first = _LINE_END.split(text.lstrip(), maxsplit=1)[0]
    if NOT_UTF_8.search(first) or "\x00" in first:
        return "is not UTF-8: save the file as CSV UTF-8."
    if "," not in first and (";" in first or "\t" in first):
        return "is not separated by commas: save the file as CSV with commas."
    return f"names the columns, and there is none called {' or '.join(missing)}."


def _header(fields: Sequence[str]) -> list[str]:
    columns = ["_".join(field.lower().split()) for field in fields]
    while columns and not columns[-1]:
        columns.pop()
    return columns
