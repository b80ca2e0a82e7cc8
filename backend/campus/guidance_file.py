"""The guidance of a campus in files: a table of `campus.toml`, and beside it a file for each language."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.campus.campus import Number
from backend.campus.entry import Entry, Faults, meant
from backend.campus.guidance import Card, Translation

_FOLDER = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_SHAPE = "lower-case letters and digits with hyphens between"

#: What somebody may take for a number to ring: three digits or more, however they are grouped.
_DIGITS = re.compile(r"\+?\d(?:[\d ]*\d)?")
SHORTEST_NUMBER = 3

#: A card is read under stress, on a phone.
LONGEST_TITLE, LONGEST_STEP, MOST_STEPS = 80, 240, 10


@dataclass(frozen=True, slots=True)
class GuidanceTable:
    """What `campus.toml` says of it: where the files are, which version, and whom to ring first."""

    entry: Entry
    folder: str
    version: str
    call_order: tuple[str, ...]

    def file_of(self, language: str) -> str:
        """The name of a language's file, from the campus's directory."""
        return f"{self.folder}/{language}.toml"


@dataclass(frozen=True, slots=True)
class Written:
    """A translation, and where it stands, so that what is wrong with it later can name the place."""

    file: str
    translation: Translation


def read_guidance_table(entry: Entry) -> GuidanceTable:
    """The table `[guidance]`; what is wrong is told to the entry's faults."""
    found = GuidanceTable(
        entry=entry,
        folder=entry.text("folder", pattern=_FOLDER, shape="the name of a folder beside campus.toml"),
        version=entry.text("version"),
        call_order=entry.texts("call_order"),
    )
    entry.nothing_else()
    return found


def read_guidance_file(text: str, *, file: str, language: str, faults: Faults) -> Written | None:
    """One language's cards, None for what is no TOML; what is wrong is told to `faults` and left empty."""
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as refusal:
        faults.tell(file, f"cannot be read as TOML: {refusal}")
        return None
    top = Entry(file, parsed, faults)
    found = Translation(
        language=language,
        reviewed=top.flag("reviewed"),
        labels=tuple(_label(one) for one in top.tables("numbers")),
        cards=tuple(_card(one) for one in top.tables("cards")),
    )
    if not found.cards:
        top.wrong('"cards" must hold at least one card')
    top.nothing_else()
    return Written(file, found)


def check_guidance(table: GuidanceTable, written: Sequence[Written], numbers: Sequence[Number], faults: Faults) -> None:
    """Tell `faults` what only shows when the files and the campus's numbers are read together."""
    known = {one.number for one in numbers}
    verified = {_plain(one.number) for one in numbers if one.verified}
    for number in table.call_order:
        if number not in known:
            table.entry.wrong(f'"call_order" names "{number}", which is no number here{meant(number, known)}')
    if len(set(table.call_order)) < len(table.call_order):
        table.entry.wrong('"call_order" names one number twice')
    if not written:
        faults.tell(f"{table.folder}/", "holds no file for any language of the campus, as en.toml")
    for one in written:
        _check_doubles(one, faults)
        _check_numbers(one, verified, faults)
        for number, _ in one.translation.labels:
            if number and number not in known:
                faults.tell(f"{one.file}: numbers", f'"{number}" is no number of the campus{meant(number, known)}')
    for one in written[1:]:
        _check_same_cards(written[0], one, faults)


def _label(entry: Entry) -> tuple[str, str]:
    found = entry.text("number"), entry.text("label")
    entry.nothing_else()
    return found


def _card(entry: Entry) -> Card:
    found = Card(
        id=entry.text("id", pattern=_ID, shape=_ID_SHAPE),
        title=entry.text("title"),
        when=entry.text("when"),
        steps=entry.texts("steps"),
        do_not=entry.texts("do_not"),
    )
    if not found.steps or len(found.steps) > MOST_STEPS:
        entry.wrong(f'"steps" must hold between 1 and {MOST_STEPS} steps')
    if len(found.title) > LONGEST_TITLE:
        entry.wrong(f'"title" is longer than {LONGEST_TITLE} characters')
    if any(len(line) > LONGEST_STEP for line in (found.when, *found.steps, *found.do_not)):
        entry.wrong(f"a line is longer than {LONGEST_STEP} characters: nobody reads it in a fright")
    entry.nothing_else()
    return found


def _check_doubles(written: Written, faults: Faults) -> None:
    ids = [card.id for card in written.translation.cards if card.id]
    for id_ in sorted({one for one in ids if ids.count(one) > 1}):
        faults.tell(f"{written.file}: cards", f'two cards have the id "{id_}"')


def _check_same_cards(first: Written, other: Written, faults: Faults) -> None:
    """A card that is missing in one language is missing for those who need it most."""
    cards = {card.id: card for card in other.translation.cards}
    for card in first.translation.cards:
        translated = cards.pop(card.id, None)
        if translated is None:
            faults.tell(f"{other.file}: cards", f'there is none with the id "{card.id}", as in {first.file}')
            continue
        for key in ("steps", "do_not"):
            ours, theirs = len(getattr(card, key)), len(getattr(translated, key))
            if ours != theirs:
                place = f'{other.file}: card "{card.id}"'
                faults.tell(place, f'"{key}" has {theirs} lines where {first.file} has {ours}')
    for id_ in cards:
        faults.tell(f"{other.file}: cards", f'"{id_}" is not in {first.file}')


def _check_numbers(written: Written, verified: set[str], faults: Faults) -> None:
    """A number in a sentence is rung like one on a button: only verified ones may stand there."""
    for card in written.translation.cards:
        for number in _numbers_in((card.title, card.when, *card.steps, *card.do_not)):
            if _plain(number) not in verified:
                place = f'{written.file}: card "{card.id}"'
                faults.tell(place, f"says {number}, which is no verified number of the campus")


def _numbers_in(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        for found in _DIGITS.findall(line):
            if sum(character.isdigit() for character in found) >= SHORTEST_NUMBER:
                yield found


def _plain(number: str) -> str:
    return number.replace(" ", "")
