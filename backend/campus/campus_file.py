"""`campus.toml`: who the institution is, its numbers, teams, routes, policies and words."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import time
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.campus import hours
from backend.campus.campus import EscalationPolicy, Keeping, Number, Route, Team, Template, TemplateWords
from backend.campus.emergency_numbers import known_countries
from backend.campus.entry import Entry, Faults
from backend.campus.guidance_file import GuidanceTable, read_guidance_table
from backend.campus.languages import is_language
from backend.campus.policy_file import read_kind, read_policy
from backend.campus.protocols_file import PlacedProtocols, read_protocols
from backend.kernel.vocabulary import Kind

CAMPUS_FILE = "campus.toml"

SEVERITIES = ("extreme", "severe", "moderate", "minor")
ALL_CLEAR = "all_clear"
ENGLISH = "en"
TEMPLATE_KINDS = ("alert", ALL_CLEAR)

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ID_SHAPE = "lower-case letters and digits with hyphens between"
_WORD = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_WORD_SHAPE = "lower-case letters and digits with underscores between"
_MAILBOX = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_FILE = re.compile(r"[^/\\]+\.[a-z]+")
_DIALLED = {
    "internal": (re.compile(r"\d{2,10}"), "2 to 10 digits"),
    "external": (re.compile(r"\+[1-9]\d{5,14}"), "in the international form, a plus and digits only"),
    "country": (re.compile(r"\d{2,6}"), "2 to 6 digits"),
}
_PLACEHOLDER = re.compile(r"\{[a-z][a-z_]*\}")


@dataclass(frozen=True, slots=True)
class Institution:
    """Who it is, and the names of the files beside `campus.toml`."""

    name: str
    time_zone: str
    languages: tuple[str, ...]
    zones: str
    rota: str


Item = TypeVar("Item")

# Each thing with the entry it was read from, so that what is wrong with it later can still name the place.
Placed: TypeAlias = tuple[tuple[Entry, Item], ...]


@dataclass(frozen=True, slots=True)
class CampusFile:
    """What `campus.toml` says, before anybody asks whether the parts fit each other."""

    institution: Institution
    numbers: Placed[Number]
    teams: Placed[Team]
    routes: Placed[Route]
    policies: Placed[EscalationPolicy]
    keeping: Keeping
    templates: Placed[Template]
    protocols: PlacedProtocols
    guidance: GuidanceTable | None


def read_campus_file(text: str, faults: Faults) -> CampusFile | None:
    """The file's parts, None for what is no TOML; what is wrong is told to `faults` and left empty."""
    parsed = _parsed(text, faults)
    if parsed is None:
        return None
    top = Entry(CAMPUS_FILE, parsed, faults)
    found = CampusFile(
        institution=_institution(top.table("institution")),
        numbers=_read(top.tables("numbers"), _number),
        teams=_read(top.tables("teams"), _team),
        routes=_read(top.tables("routes"), _route),
        policies=_read(top.tables("policies"), read_policy),
        keeping=_keeping(top.table("keeping")) if top.has("keeping") else Keeping(),
        templates=_read(top.tables("templates"), _template),
        protocols=read_protocols(top.tables("protocols")),
        guidance=read_guidance_table(top.table("guidance")) if top.has("guidance") else None,
    )
    top.nothing_else()
    return found


def _read(entries: list[Entry], reader: Callable[[Entry], Item | None]) -> Placed[Item]:
    """What could be read at all, beside its entry."""
    return tuple((entry, item) for entry in entries if (item := reader(entry)) is not None)


def _parsed(text: str, faults: Faults) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        faults.tell(CAMPUS_FILE, f"cannot be read as TOML: {refusal}")
    except RecursionError:
        faults.tell(CAMPUS_FILE, "is nested too deeply")
    return None


def _institution(entry: Entry) -> Institution:
    found = Institution(
        name=entry.text("name"),
        time_zone=entry.text("time_zone"),
        languages=entry.texts("languages"),
        zones=entry.text("zones", pattern=_FILE, shape="the name of a file beside campus.toml"),
        rota=entry.text("rota", pattern=_FILE, shape="the name of a file beside campus.toml"),
    )
    if found.time_zone and not _is_time_zone(found.time_zone):
        entry.wrong(f'"time_zone" is "{found.time_zone}", which no clock knows: write it as Europe/London')
    if not found.languages:
        entry.wrong('"languages" must name at least one language, as ["en"]')
    if len(set(found.languages)) < len(found.languages):
        entry.wrong('"languages" names one language twice')
    for language in found.languages:
        if not is_language(language):
            entry.wrong(f'"languages" names "{language}", which is no language: write two letters as en, fr, zh')
    entry.nothing_else()
    return found


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _number(entry: Entry) -> Number:
    reach = entry.text("reach")
    kind, _, country = reach.partition(":")
    known = reach in ("internal", "external") or (kind == "country" and country in known_countries())
    if reach and not known:
        entry.wrong(f'"reach" is "{reach}": it must be internal, external or country: and two letters, as country:GB')
    pattern, shape = _DIALLED[kind] if known else (None, "")
    found = Number(
        label=entry.text("label"),
        number=entry.text("number", pattern=pattern, shape=shape),
        reach=reach if known else "internal",
        verified=entry.flag("verified"),
        purpose=entry.optional_text("purpose", pattern=_WORD, shape=_WORD_SHAPE),
    )
    entry.nothing_else()
    return found


def _team(entry: Entry) -> Team:
    found = Team(
        id=entry.text("id", pattern=_ID, shape=_ID_SHAPE),
        name=entry.text("name"),
        requires_skill=entry.optional_text("requires_skill", pattern=_WORD, shape=_WORD_SHAPE),
        mailbox=entry.optional_text("mailbox", pattern=_MAILBOX, shape="an e-mail address"),
    )
    entry.nothing_else()
    return found


def _route(entry: Entry) -> Route | None:
    kind = read_kind(entry)
    found = Route(
        kind=kind or Kind.HELP,
        team=entry.text("team"),
        subtype=entry.optional_text("subtype", pattern=_WORD, shape=_WORD_SHAPE),
        site=entry.optional_text("site"),
        zone=entry.optional_text("zone"),
        between=_between(entry),
        days=_days(entry),
    )
    entry.nothing_else()
    return found if kind else None


def _between(entry: Entry) -> tuple[time, time] | None:
    if not entry.has("between"):
        return None
    ends = entry.texts("between")
    if len(ends) != 2:
        entry.wrong('"between" must be two times, as ["08:00", "18:00"]')
        return None
    try:
        return hours.parse_window(ends[0], ends[1])
    except ValueError as refusal:
        entry.wrong(f'"between": {refusal}')
        return None


def _days(entry: Entry) -> frozenset[int] | None:
    if not entry.has("days"):
        return None
    try:
        return hours.parse_days(entry.texts("days"))
    except ValueError as refusal:
        entry.wrong(f'"days": {refusal}')
        return None


def _keeping(entry: Entry) -> Keeping:
    usual = Keeping()
    kept = {one.name: entry.whole(one.name, least=1, default=getattr(usual, one.name)) for one in fields(Keeping)}
    entry.nothing_else()
    return Keeping(**kept)


def _template(entry: Entry) -> Template:
    kind = entry.one_of("kind", TEMPLATE_KINDS, default="alert")
    found = Template(
        id=entry.text("id", pattern=_ID, shape=_ID_SHAPE),
        severity=entry.one_of("severity", SEVERITIES),
        title=entry.text("title"),
        body=entry.text("body"),
        next_update_min=entry.optional_whole("next_update_min", least=1, most=7 * 24 * 60),
        end_condition=entry.optional_text("end_condition"),
        kind=kind or "alert",
        languages=_translations(entry.table("languages")) if entry.has("languages") else (),
    )
    _check_braces(entry, {key: getattr(found, key) for key in ("title", "body", "end_condition")})
    promised = found.next_update_min is not None and found.end_condition is not None
    if kind != ALL_CLEAR and not promised:
        entry.wrong('"next_update_min" and "end_condition" must say when the next word comes and what ends it')
    entry.nothing_else()
    return found


def _translations(entry: Entry) -> tuple[TemplateWords, ...]:
    """The words by their languages; English stands in the template itself."""
    found = []
    for language in entry.names():
        words = entry.table(language)
        if language == ENGLISH or not is_language(language):
            words.wrong(f'"{language}" is no other language: write two letters as fr, zh')
        found.append(TemplateWords(language, words.text("title"), words.text("body")))
        _check_braces(words, {"title": found[-1].title, "body": found[-1].body})
        words.nothing_else()
    return tuple(found)


def _check_braces(entry: Entry, texts: dict[str, str | None]) -> None:
    for key, text in texts.items():
        if re.search(r"[{}]", _PLACEHOLDER.sub("", text or "")):
            entry.wrong(f'"{key}" has a brace that is no placeholder: write {{place}} and the like')
