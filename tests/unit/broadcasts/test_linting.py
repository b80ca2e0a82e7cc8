"""The lint: each fault by its name, and nothing that is not one."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from backend.broadcasts.audience import Audience, Circle
from backend.broadcasts.linting import Fault, ToLint, left_in, lint
from backend.broadcasts.spoken import Part, Words
from tests.unit.campus import imperial

GOOD = ToLint(
    part=Part.ALERT,
    words={
        "en": Words("Leave Sherfield Building now", "Go to the muster point [west side]. 5 < 6, 50 % full, $5."),
        **{language: Words("A", "B") for language in ("zh", "fr", "es", "ar")},
    },
    next_update_min=15,
    end_condition="It is checked and reopened",
    place="sherfield",
    audience=Audience(zones=("sherfield",)),
)
BOWTIE = ((51.49, -0.18), (51.50, -0.17), (51.49, -0.17), (51.50, -0.18), (51.49, -0.18))
WIDE = ((50.0, -2.0), (53.0, -2.0), (53.0, 1.0), (50.0, 1.0), (50.0, -2.0))
SQUARE = ((51.49, -0.18), (51.50, -0.18), (51.50, -0.17), (51.49, -0.17), (51.49, -0.18))


def found(**changes: Any) -> list[tuple[str, str, bool]]:
    """What the lint says of the good one when this much of it is otherwise."""
    return [(one.slug, one.field, one.refuses) for one in lint(imperial.campus(), replace(GOOD, **changes))]


def english(title: str = "Leave Sherfield Building", body: str = "Now.") -> dict[str, Words]:
    return {**GOOD.words, "en": Words(title, body)}


def test_a_broadcast_with_nothing_missing_has_no_fault() -> None:
    """
    Prices, percentages, lists in brackets and mathematics are no placeholders.
    """
    assert [] == found()


@pytest.mark.parametrize(
    "gap",
    [
        "{place}", "{ place }", "{PLACE}", "{}", "{", "}", "{{place}}", "{the nearest exit}", "<place>", "< building >",
        "[PLACE]", "[ BUILDING NAME ]", "BUILDING NAME", "BUILDING NAME/INTERSECTION", "LOCATION_NAME", "INSERT TIME",
        "X" * 3, "____", "%PLACE%", "${place}", "$place", "｛place｝", "＜place＞", "［PLACE］", "{地点}",
    ],
)  # fmt: skip
def test_a_placeholder_is_found_however_it_is_written(gap: str) -> None:
    """
    In every text of every language, in the place and in the end condition.
    """
    words = f"Fire at {gap} now"

    assert [("placeholder", "title", True)] == found(words=english(title=words))
    assert [("placeholder", "body", True)] == found(words=english(body=words))
    assert [("placeholder", "languages.zh.title", True)] == found(words={**GOOD.words, "zh": Words(words, "B")})
    assert [("placeholder", "place", True)] == found(place=words)
    assert [("placeholder", "end_condition", True)] == found(end_condition=words)


@given(st.text(), st.text(), st.from_regex(r"\{[A-Za-z_ ]{0,20}\}", fullmatch=True))
def test_no_words_around_it_hide_a_placeholder(before: str, after: str, gap: str) -> None:
    """
    Whatever stands beside it.
    """
    assert left_in(before + gap + after) is not None


@pytest.mark.parametrize(
    ("changes", "slug", "field"),
    [
        ({"words": english(title=" ")}, "empty_words", "title"),
        ({"words": english(body="")}, "empty_words", "body"),
        ({"words": {**GOOD.words, "fr": Words("A", " ")}}, "empty_words", "languages.fr.body"),
        ({"words": {**GOOD.words, "xx": Words("A", "B")}}, "unknown_language", "languages.xx"),
        ({"words": english(title="x" * 121)}, "title_too_long", "title"),
        ({"words": english(body="x" * 1001)}, "body_too_long", "body"),
        ({"words": english(title="Leave"), "place": None}, "no_place", "place"),
        ({"place": "x" * 81}, "place_too_long", "place"),
        ({"next_update_min": None}, "no_next_update", "next_update_min"),
        ({"end_condition": " "}, "no_end_condition", "end_condition"),
        ({"audience": Audience()}, "empty_audience", "audience"),
        ({"audience": Audience(zones=("sherfield",), of=False, in_now=False)}, "empty_audience", "audience"),
        ({"audience": Audience(zones=("hogwarts",))}, "unknown_zone", "audience.zones"),
        ({"audience": Audience(sites=("sherfield",))}, "unknown_site", "audience.sites"),
        ({"audience": Audience(teams=("guards",))}, "unknown_team", "audience.teams"),
        ({"audience": Audience(polygon=BOWTIE)}, "area_crossed", "audience.polygon"),
        ({"audience": Audience(polygon=SQUARE[:2])}, "area_crossed", "audience.polygon"),
        ({"audience": Audience(circle=Circle(51.49, -0.17, 0))}, "area_crossed", "audience.circle"),
        ({"audience": Audience(circle=Circle(51.49, -0.17, float("nan")))}, "area_crossed", "audience.circle"),
        ({"audience": Audience(circle=Circle(51.49, -0.17, 50_001))}, "area_too_wide", "audience.circle"),
        ({"audience": Audience(polygon=WIDE)}, "area_too_wide", "audience.polygon"),
    ],
)  # fmt: skip
def test_each_fault_has_its_name_and_refuses(changes: dict[str, Any], slug: str, field: str) -> None:
    """
    One fault, one name, one field.
    """
    assert [(slug, field, True)] == found(**changes)


@pytest.mark.parametrize(
    ("changes", "slug", "field"),
    [
        ({"words": {"en": GOOD.words["en"]}}, "missing_translation", "languages.zh"),
        ({"audience": Audience(circle=Circle(48.85, 2.35, 500))}, "area_off_campus", "audience"),
    ],
)
def test_what_is_only_to_be_known_does_not_refuse(changes: dict[str, Any], slug: str, field: str) -> None:
    """
    A missing translation is read in English; an area off the campus may be meant.
    """
    assert (slug, field, False) in found(**changes)
    assert not any(refuses for _, _, refuses in found(**changes))


def test_a_related_language_is_no_missing_one() -> None:
    """
    Who reads zh reads zh-Hant; English is never missing.
    """
    words = {"en": GOOD.words["en"], **{language: Words("A", "B") for language in ("zh-Hant", "fr", "es", "ar")}}

    assert [] == found(words=words)


def test_the_place_may_stand_in_the_words() -> None:
    """
    By the name of a zone or a site, as a whole word, however it is written.
    """
    assert [] == found(place=None)
    assert [] == found(place=None, words=english(title="Leave", body="The SHERFIELD building is on fire."))
    assert [("no_place", "place", True)] == found(place=None, words=english(title="Leave", body="Sherfield Buildings"))


@pytest.mark.parametrize("part", [Part.ALL_CLEAR, Part.RETRACTION])
def test_an_ending_promises_nothing_and_is_held_up_by_nothing_but_a_gap(part: Part) -> None:
    """
    No next update, no end condition, no zone that is gone since, no length keeps an all clear back.
    """
    ends = {"part": part, "next_update_min": None, "end_condition": None, "place": None, "audience": Audience()}

    assert [] == found(**ends, words=english(title="x" * 200))
    assert [("placeholder", "title", True)] == found(**ends, words=english(title="All clear at {place}"))


def test_an_update_goes_to_whom_the_alert_went() -> None:
    """
    It needs the next promise, and is not asked again whom it is for.
    """
    update = {"part": Part.UPDATE, "audience": Audience(zones=("hogwarts",)), "place": None}

    assert [] == found(**update)
    assert [("no_next_update", "next_update_min", True)] == found(**update, next_update_min=None)


def test_every_fault_is_told_in_a_sentence() -> None:
    """
    For the person who reads it beside the field.
    """
    faults = lint(imperial.campus(), replace(GOOD, words={}, place=None, audience=Audience(teams=("guards",))))

    assert faults
    assert all(isinstance(fault, Fault) and fault.message.endswith((".", "English.")) for fault in faults)
