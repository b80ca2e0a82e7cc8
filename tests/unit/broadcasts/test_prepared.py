"""Templates filled, recognised again to the letter, and the fixed words of what follows."""

from dataclasses import replace

import pytest

from backend.broadcasts import prepared
from backend.broadcasts.spoken import Words
from backend.campus.campus import Campus, Template, TemplateWords
from backend.kernel.vocabulary import Severity
from tests.unit.campus import imperial

TEMPLATE = Template(
    id="leak",
    severity="severe",
    title="Gas at {place}",
    body="Leave {place} by {exit}.",
    next_update_min=5,
    end_condition="Over",
    languages=(TemplateWords("fr", "Gaz : {place}", "Quittez {place} par {exit}."),),
)
KNOWN = {"place": "sherfield", "exit": "beit-quadrangle"}


@pytest.fixture
def campus() -> Campus:
    """The campus with one template that has two placeholders and a translation."""
    return replace(imperial.campus(), templates=(TEMPLATE,))


def behind(campus: Campus, words: dict[str, Words], place: str | None = "sherfield") -> str | None:
    found = prepared.template_behind(campus, words, severity=Severity.SEVERE, place=place)
    return found.id if found else None


def test_a_template_is_filled_with_the_names_of_places(campus: Campus) -> None:
    """
    In each of its languages; what nobody knows stays for the lint to find.
    """
    words = prepared.words_of(TEMPLATE, prepared.values_for(campus, "sherfield", {"exit": "beit-quadrangle"}))
    short = prepared.words_of(TEMPLATE, prepared.values_for(campus, "Sherfield Building", {}))

    assert Words("Gas at Sherfield Building", "Leave Sherfield Building by Beit Quadrangle.") == words["en"]
    assert "Quittez Sherfield Building par Beit Quadrangle." == words["fr"].body
    assert "Leave Sherfield Building by {exit}." == short["en"].body


def test_words_of_a_template_are_known_again(campus: Campus) -> None:
    """
    With every language or fewer; not with another letter, another language, another place or another severity.
    """
    words = prepared.words_of(TEMPLATE, prepared.values_for(campus, "sherfield", {"exit": "beit-quadrangle"}))
    english, french = words["en"], words["fr"]

    assert "leak" == behind(campus, words)
    assert "leak" == behind(campus, {"en": english})
    assert "leak" == behind(campus, {"fr": french, "en": english}, place=None)
    assert behind(campus, {"en": replace(english, title=english.title + "!")}) is None
    assert behind(campus, {**words, "es": french}) is None
    assert behind(campus, {"en": english, "fr": replace(french, body="Restez.")}) is None
    assert behind(campus, words, place="huxley") is None
    assert prepared.template_behind(campus, words, severity=Severity.EXTREME, place="sherfield") is None


@pytest.mark.parametrize(
    "values",
    [
        {"place": "sherfield", "exit": "the back door, and bring your bags"},
        {"place": "my room", "exit": "beit-quadrangle"},
        {"place": "sherfield"},
    ],
)
def test_only_what_the_campus_knows_may_stand_for_a_placeholder(campus: Campus, values: dict[str, str]) -> None:
    """
    Anything else is somebody's own words, and needs a second person.
    """
    words = prepared.words_of(TEMPLATE, prepared.values_for(campus, None, values))

    assert behind(campus, words, place=None) is None


def test_a_placeholder_is_the_same_place_everywhere(campus: Campus) -> None:
    """
    Two languages, or a title and a body, that send people to different places are nobody's template.
    """
    here = prepared.words_of(TEMPLATE, prepared.values_for(campus, "sherfield", KNOWN))
    there = prepared.words_of(TEMPLATE, prepared.values_for(campus, "huxley", {**KNOWN, "place": "huxley"}))

    assert behind(campus, {"en": here["en"], "fr": there["fr"]}, place=None) is None
    assert behind(campus, {"en": Words(here["en"].title, there["en"].body)}, place=None) is None


def test_an_all_clear_is_the_campuses_or_our_own(campus: Campus) -> None:
    """
    By its name, else the first; an alert's name is none.
    """
    shipped = imperial.campus()

    assert ["all-clear", "all-clear"] == [one.id for one in (prepared.all_clear_of(shipped, None),) * 2 if one]
    assert prepared.all_clear_of(shipped, "evacuate") is None
    ours = prepared.all_clear_of(campus, None)
    assert ours is not None
    assert "All clear at {place}" == ours.title


def test_no_change_says_it_once_however_often_it_is_pressed() -> None:
    """
    And leaves the translations as they were approved.
    """
    words = {"en": Words("Gas", "Leave."), "fr": Words("Gaz", "Partez.")}

    once = prepared.no_change(words)

    assert {"en": Words("Gas", "No change, still in force. Leave."), "fr": words["fr"]} == once
    assert once == prepared.no_change(once)
