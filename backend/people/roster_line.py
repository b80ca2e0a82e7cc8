"""One person of a roster, and how each field is read: strictly, with a sentence for what cannot be."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import phonenumbers

from backend.campus.emergency_numbers import known_countries
from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import Role

NOT_UTF_8 = re.compile("[\ud800-\udfff]")

_EMAIL = re.compile(r'[^@\s<>()\[\],;:\\"]+@[^@\s<>()\[\],;:\\"]+\.[^@\s<>()\[\],;:\\".]+')
_TELEPHONE = re.compile(r"\+?[\d\s().\-/]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0", ""})


@dataclass(frozen=True, slots=True)
class Known:
    """
    What a line may name.

    The first language is that of people who have none; `region` (ISO 3166, two
    letters) is the country of telephone numbers without a +.
    """

    teams: frozenset[str]
    sites: frozenset[str]
    zones: frozenset[str]
    languages: tuple[str, ...]
    region: str | None


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person as the file has them; `mobile` is E.164, `skills` are certificates and their last good day."""

    email: str
    name: str
    mobile: str | None = None
    language: str = "en"
    roles: frozenset[Role] = frozenset()
    teams: frozenset[str] = frozenset()
    site: str | None = None
    building: str | None = None
    away_country: str | None = None
    away_until: date | None = None
    skills: tuple[tuple[str, date | None], ...] = ()
    recall: bool = False


def read_person(fields: Mapping[str, str], *, known: Known) -> RosterLine:
    """
    One person from the text of each column.

    Raises Invalid, whose errors name each column that cannot be read.
    """
    values: dict[str, Any] = {}
    errors = []
    for column, read in _READERS.items():
        try:
            values[column] = read(_clean(fields.get(column, "")), known)
        except ValueError as fault:
            errors.append(FieldFault(column, str(fault)))
    if errors:
        raise Invalid("This person cannot be taken.", errors)
    return RosterLine(**values)


def _clean(field: str) -> str:
    """One line of text without odd white space. Raises ValueError for what no store should be asked to keep."""
    if NOT_UTF_8.search(field):
        raise ValueError(f"{quoted(field)} is not UTF-8: save the file as CSV UTF-8.")
    text = unicodedata.normalize("NFC", " ".join(field.split()))
    if _CONTROL.search(text):
        raise ValueError(f"{quoted(text)} has a character that is no text.")
    return text


def printable(text: str) -> str:
    """What a terminal can be trusted with."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:60])


def quoted(text: str) -> str:
    """What somebody wrote, between marks, so that an empty end or a foreign sign is seen."""
    return f'"{printable(text)}"'


def _match(text: str, names: Collection[str]) -> str | None:
    """The name as the campus writes it, whatever the case in which a file does; None for one it does not have."""
    return text if text in names else next((name for name in names if name.lower() == text.lower()), None)


def _list(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(";") if entry.strip()]


def _email(text: str, known: Known) -> str:
    address = text.lower()
    if not address:
        raise ValueError("has no e-mail address.")
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise ValueError(f"{quoted(text)} is not an e-mail address.")
    return address


def _name(text: str, known: Known) -> str:
    if not text:
        raise ValueError("has no name.")
    if len(text) > 120:
        raise ValueError("the name is longer than 120 characters.")
    return text


def telephone(text: str, region: str | None) -> str | None:
    """
    A telephone number in E.164, None for no text; `region` is the country of one without a +.

    Raises ValueError with a sentence for the one who wrote it.
    """
    text = " ".join(text.split())
    if not text:
        return None
    try:
        if not _TELEPHONE.fullmatch(text):
            raise ValueError
        number = phonenumbers.parse(text, region)
    except (ValueError, phonenumbers.NumberParseException) as fault:
        raise ValueError(f"{quoted(text)} is not a telephone number: write it as +447700900123.") from fault
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValueError(f"{quoted(text)} is too short or too long for a telephone number.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _mobile(text: str, known: Known) -> str | None:
    return telephone(text, known.region)


def _language(text: str, known: Known) -> str:
    language = text.lower() or known.languages[0]
    if language not in known.languages:
        raise ValueError(f"{quoted(text)} is none of the languages {', '.join(known.languages)}.")
    return language


def _roles(text: str, known: Known) -> frozenset[Role]:
    wanted = {entry.lower().replace(" ", "_").replace("-", "_") for entry in _list(text)}
    if unknown := sorted(wanted.difference(Role)):
        raise ValueError(f"{quoted(unknown[0])} is none of the roles {', '.join(Role)}.")
    return frozenset(Role(role) for role in wanted) - {Role.MEMBER}


def _teams(text: str, known: Known) -> frozenset[str]:
    teams = set()
    for entry in _list(text):
        team = _match(entry, known.teams)
        if team is None:
            raise ValueError(f"{quoted(entry)} is none of the teams {', '.join(sorted(known.teams))}.")
        teams.add(team)
    return frozenset(teams)


def _site(text: str, known: Known) -> str | None:
    site = _match(text, known.sites) if text else None
    if text and site is None:
        raise ValueError(f"{quoted(text)} is none of the sites {', '.join(sorted(known.sites))}.")
    return site


def _building(text: str, known: Known) -> str | None:
    if len(text) > 80:
        raise ValueError("the building is longer than 80 characters.")
    return _match(text, known.zones) or text or None


def _country(text: str, known: Known) -> str | None:
    country = text.upper() or None
    if country is not None and country not in known_countries():
        raise ValueError(f"{quoted(text)} is no country: write its two letters, as FR.")
    return country


def _day(text: str, known: Known) -> date | None:
    if not text:
        return None
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as fault:
        raise ValueError(f"{quoted(text)} is not a date: write it as 2027-12-31.") from fault


def _skills(text: str, known: Known) -> tuple[tuple[str, date | None], ...]:
    skills: dict[str, date | None] = {}
    for entry in _list(text):
        skill, _, expiry = (part.strip() for part in entry.partition(":"))
        if not 0 < len(skill) <= 60:
            raise ValueError(f"{quoted(entry)} is not a skill: write it as first_aid:2027-12-31.")
        if skill.lower() in skills:
            raise ValueError(f"the skill {quoted(skill)} stands twice.")
        skills[skill.lower()] = _day(expiry, known)
    return tuple(sorted(skills.items()))


def _recall(text: str, known: Known) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(f"recall is yes or no, not {quoted(text)}.")
    return text.lower() in _YES


_READERS: dict[str, Callable[[str, Known], Any]] = {
    "email": _email,
    "name": _name,
    "mobile": _mobile,
    "language": _language,
    "roles": _roles,
    "teams": _teams,
    "site": _site,
    "building": _building,
    "away_country": _country,
    "away_until": _day,
    "skills": _skills,
    "recall": _recall,
}

#: What may stand in the first line of a file. `exercise` is not among them: who plays drills is never taken from one.
COLUMNS = tuple(_READERS)
