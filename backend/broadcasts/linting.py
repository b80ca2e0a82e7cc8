"""Look through a broadcast before it goes out: each fault by its name, and whether it keeps the words back."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.broadcasts.audience import Audience
from backend.broadcasts.prepared import STILL, zone_in, zone_named
from backend.broadcasts.spoken import ENGLISH, Part, Words
from backend.campus.campus import Campus
from backend.campus.languages import best_of, is_language
from backend.campus.zone import area_m2

#: Longer ones are cut by lock screens; a body has to fit into a push with its hash, in three bytes a character.
LONGEST_TITLE, LONGEST_BODY = 120, 1000
LONGEST_PLACE = 80

#: The widest disc that somebody may mean; further away people are told by site, team or abroad.
WIDEST_RADIUS_M = 50_000.0
WIDEST_M2 = 3.15 * WIDEST_RADIUS_M**2

#: What a hurried person leaves in: braces, <place>, [PLACE], BUILDING NAME (sent to 87,000 phones in 2011), ___.
_LEFT_IN = re.compile(
    r"\{[^{}]*\}|[{}]|<\s*[^\W\d][^<>]{0,60}>|\[\s*[A-Z][A-Z0-9 _/-]+\]|%[A-Za-z_]{2,}%|\$\{?[A-Za-z_]+\}?|_{3,}"
    r"|\b(?:BUILDING|PLACE|LOCATION|SITE|STREET|ROOM|CAMPUS|ZONE)[ _/-]NAME\b|\bINSERT [A-Z]{2,}|\bX{3,}\b"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field, under a stable name; what does not `refuses` is only to be known."""

    slug: str
    field: str
    message: str
    refuses: bool = True


@dataclass(frozen=True, slots=True)
class ToLint:
    """Everything that the lint looks at; the last four belong to the first words of a thread."""

    part: Part
    words: Mapping[str, Words]
    next_update_min: int | None
    end_condition: str | None
    place: str | None
    audience: Audience


def lint(campus: Campus, said: ToLint) -> tuple[Fault, ...]:
    """
    Every fault, those of the words first.

    Only an alert is looked at for whom it tells: what follows on its thread
    goes to the same people, whatever became of the campus file meanwhile.
    """
    found = [*_words(said), *_languages(campus, said)]
    if said.part is Part.ALERT:
        found += [*_place(campus, said), *_audience(campus, said.audience)]
    if not said.part.ends:
        found += _promise(said)
    return tuple(found)


def refusing(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Those that keep the words back."""
    return tuple(fault for fault in faults if fault.refuses)


def left_in(text: str) -> str | None:
    """The first placeholder that was left in, as it is written there; wide brackets are brackets as well."""
    found = _LEFT_IN.search(unicodedata.normalize("NFKC", text))
    return found[0] if found else None


def _words(said: ToLint) -> Iterator[Fault]:
    for language, words in {ENGLISH: Words("", ""), **said.words}.items():
        before = "" if language == ENGLISH else f"languages.{language}."
        room = LONGEST_BODY + (0 if said.part is Part.ALERT else len(STILL))
        for name, text, most in (("title", words.title, LONGEST_TITLE), ("body", words.body, room)):
            yield from _text(f"{before}{name}", text)
            # An ending is never held up by what was said before it; the channels cut what is too long for them.
            if len(text) > most and not said.part.ends:
                yield Fault(f"{name}_too_long", f"{before}{name}", f"Say it in at most {most} characters.")


def _text(field: str, text: str) -> Iterator[Fault]:
    if not text.strip():
        yield Fault("empty_words", field, "There are no words yet.")
    elif placeholder := left_in(text):
        yield Fault("placeholder", field, f"{placeholder} is still a placeholder: write what it stands for.")


def _languages(campus: Campus, said: ToLint) -> Iterator[Fault]:
    for language in said.words:
        if not is_language(language):
            yield Fault("unknown_language", f"languages.{language}", "No language: write two letters as fr, zh.")
    for language in campus.languages:
        if best_of([language], list(said.words)) is None:
            told = f"There is no translation into {language}: who reads it is told in English."
            yield Fault("missing_translation", f"languages.{language}", told, refuses=False)


def _place(campus: Campus, said: ToLint) -> Iterator[Fault]:
    english = said.words.get(ENGLISH, Words("", ""))
    if not (said.place or "").strip():
        if zone_in(campus, f"{english.title}\n{english.body}") is None:
            yield Fault("no_place", "place", "Say where: a building, a site, or in words.")
    elif placeholder := left_in(said.place or ""):
        yield Fault("placeholder", "place", f"{placeholder} is still a placeholder: say where.")
    elif zone_named(campus, said.place) is None and len(said.place or "") > LONGEST_PLACE:
        yield Fault("place_too_long", "place", f"Say where in at most {LONGEST_PLACE} characters.")


def _promise(said: ToLint) -> Iterator[Fault]:
    if said.next_update_min is None:
        yield Fault("no_next_update", "next_update_min", "Say in how many minutes the next word comes.")
    if not (said.end_condition or "").strip():
        yield Fault("no_end_condition", "end_condition", "Say what will end it.")
    elif placeholder := left_in(said.end_condition or ""):
        yield Fault("placeholder", "end_condition", f"{placeholder} is still a placeholder: write what ends it.")


def _audience(campus: Campus, audience: Audience) -> Iterator[Fault]:
    if audience.is_empty:
        yield Fault("empty_audience", "audience", "Say whom to tell.")
    elif audience.has_area and not (audience.everyone or audience.of or audience.in_now):
        yield Fault("empty_audience", "audience", "Say whether people of the area are meant, those in it now, or both.")
    sites = {site.id for site in campus.sites}
    for one in audience.sites:
        if one not in sites:
            yield Fault("unknown_site", "audience.sites", f"There is no site {one}.")
    for one in audience.zones:
        if campus.zone(one) is None:
            yield Fault("unknown_zone", "audience.zones", f"There is no zone {one}.")
    for one in audience.teams:
        if one not in {team.id for team in campus.teams}:
            yield Fault("unknown_team", "audience.teams", f"There is no team {one}.")
    yield from _drawn(campus, audience)


def _drawn(campus: Campus, audience: Audience) -> Iterator[Fault]:
    if not (audience.polygon or audience.circle):
        return
    if not audience.is_drawn_well:
        field = "audience.polygon" if audience.polygon else "audience.circle"
        yield Fault("area_crossed", field, "The line of this area crosses itself or encloses nothing: draw it again.")
        return
    drawn = Audience(polygon=audience.polygon, circle=audience.circle).outline(campus)
    if (audience.circle and audience.circle.radius_m > WIDEST_RADIUS_M) or area_m2(drawn) > WIDEST_M2:
        field = "audience.circle" if audience.circle else "audience.polygon"
        told = f"This area is wider than {WIDEST_RADIUS_M / 1000:.0f} km each way: name sites, or everyone."
        yield Fault("area_too_wide", field, told)
    elif not any(drawn.intersects(site.geometry) for site in campus.sites):
        yield Fault("area_off_campus", "audience", "This area touches none of the sites.", refuses=False)
