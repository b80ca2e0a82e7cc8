"""Words that are prepared: the campus's templates, filled, and the fixed words by which a thread goes on or ends."""

import re
from collections.abc import Iterable, Mapping

from backend.broadcasts.spoken import ENGLISH, Words
from backend.campus.campus import Campus, Template
from backend.campus.zone import Zone
from backend.kernel.vocabulary import Severity

PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)\}")

#: The placeholder that every template may use.
PLACE = "place"

ALERT, ALL_CLEAR = "alert", "all_clear"

#: The templates of our own, under which fixed words are kept.
NO_CHANGE, RETRACTION = "no-change", "retraction"

#: Said before what was said last: nobody has to find words while there are none.
STILL = "No change, still in force. "
SENT_IN_ERROR = "This message was sent in error. Please disregard it."

#: For a campus that has no all clear among its templates.
_OUR_ALL_CLEAR = Template(
    id="all-clear",
    severity=Severity.MINOR.value,
    title="All clear at {place}",
    body="The incident at {place} is over.",
    kind=ALL_CLEAR,
)


def zone_named(campus: Campus, told: str | None) -> Zone | None:
    """The zone or site with this id or this name."""
    wanted = (told or "").strip()
    named = (zone for zone in campus.zones if zone.name.casefold() == wanted.casefold())
    return campus.zone(wanted) or next(named, None)


def name_of(campus: Campus, told: str) -> str:
    """A place as people call it: the zone's name, or the words that were given."""
    zone = zone_named(campus, told)
    return zone.name if zone else told.strip()


def zone_in(campus: Campus, text: str) -> Zone | None:
    """The zone or site whose name stands in this text; the longest when there are several."""
    said = text.casefold()
    standing = (zone for zone in campus.zones if _stands_in(zone.name.casefold(), said))
    return max(standing, key=lambda zone: len(zone.name), default=None)


def values_for(campus: Campus, place: str | None, more: Mapping[str, str]) -> dict[str, str]:
    """What the placeholders stand for, each zone under its name."""
    told = {name: name_of(campus, value) for name, value in more.items() if value.strip()}
    return {**({PLACE: name_of(campus, place)} if place and place.strip() else {}), **told}


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known put in; a placeholder that nobody knows stays, and the lint finds it."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def words_of(template: Template, values: Mapping[str, str]) -> dict[str, Words]:
    """A template's words in each of its languages."""
    found = {ENGLISH: Words(filled(template.title, values), filled(template.body, values))}
    for words in template.languages:
        found[words.language] = Words(filled(words.title, values), filled(words.body, values))
    return found


def template_behind(
    campus: Campus, words: Mapping[str, Words], *, severity: Severity, place: str | None
) -> Template | None:
    """
    The campus's own template that these words are, in every language in which they are said; None for free text.

    Only names of the campus's zones count in place of a placeholder, the same
    one everywhere: anything else is somebody's own words. A template is approved
    with its severity.
    """
    alerts = (one for one in campus.templates if one.kind == ALERT and one.severity == severity.value)
    return next((one for one in alerts if _is(campus, one, words, place)), None)


def all_clear_of(campus: Campus, template_id: str | None) -> Template | None:
    """The all clear of this name, or the campus's first; our own for a campus that has none."""
    own = [one for one in campus.templates if one.kind == ALL_CLEAR]
    if template_id is not None:
        return next((one for one in own if one.id == template_id), None)
    return own[0] if own else _OUR_ALL_CLEAR


def no_change(words: Mapping[str, Words]) -> dict[str, Words]:
    """The same again, and that it still holds: in English, since nobody translated that; the rest as it was."""
    english = words[ENGLISH]
    return {**words, ENGLISH: Words(english.title, STILL + english.body.removeprefix(STILL))}


def retraction(words: Mapping[str, Words]) -> dict[str, Words]:
    """That it was sent in error, under the title it had."""
    return {ENGLISH: Words(words[ENGLISH].title, SENT_IN_ERROR)}


def _stands_in(name: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) is not None


def _is(campus: Campus, template: Template, words: Mapping[str, Words], place: str | None) -> bool:
    texts = {one.language: (one.title, one.body) for one in template.languages}
    texts[ENGLISH] = (template.title, template.body)
    if not set(words) <= set(texts):
        return False
    here = zone_named(campus, place)
    names = {PLACE: [here.name]} if here else {}
    # One pattern over all languages at once, so that a placeholder is the same name in each of them.
    pattern = _pattern([text for language in words for text in texts[language]], [z.name for z in campus.zones], names)
    said = "\0".join(text for one in words.values() for text in (one.title, one.body))
    return re.fullmatch(pattern, said) is not None


def _pattern(texts: Iterable[str], known: list[str], only: Mapping[str, list[str]]) -> str:
    found, seen = [], set()
    for place, part in enumerate(PLACEHOLDER.split("\0".join(texts))):
        # Between the texts stand the names of the placeholders.
        if place % 2 == 0:
            found.append(re.escape(part))
        elif part in seen:
            found.append(f"(?P={part})")
        else:
            seen.add(part)
            choices = "|".join(re.escape(name) for name in only.get(part, known))
            found.append(f"(?P<{part}>{choices or '(?!)'})")
    return "".join(found)
