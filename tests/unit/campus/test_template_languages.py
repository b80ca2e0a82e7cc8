"""Templates in other languages: as the institution wrote them, kept exactly, and checked."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.campus.campus import TemplateWords
from backend.campus.configuration import faults_of, from_document, read_campus, to_document
from tests.unit.campus import imperial

BEFORE = '[[templates]]\nid = "evacuate"'


def with_french(directory: Path, words: str, language: str = "fr") -> Path:
    """The campus with a translation of its first template."""
    copy = imperial.copied_to(directory)
    imperial.rewrite(copy, "campus.toml", (BEFORE, f"[templates.languages.{language}]\n{words}\n{BEFORE}"))
    return copy


def test_a_template_is_read_in_its_other_languages(tmp_path: Path) -> None:
    """
    Beside the English words, which stand in the template itself.
    """
    campus = read_campus(with_french(tmp_path, 'title = "Attaque : {place}"\nbody = "Fuyez."'))

    template = campus.template("weapons-attack")

    assert template is not None
    assert (TemplateWords("fr", "Attaque : {place}", "Fuyez."),) == template.languages
    assert [()] * 3 == [one.languages for one in campus.templates if one.id != "weapons-attack"]


def test_translations_are_kept_in_the_document(tmp_path: Path) -> None:
    """
    And a campus without any keeps the document, and the digest, that it had before there were any.
    """
    campus = read_campus(with_french(tmp_path, 'title = "Attaque : {place}"\nbody = "Fuyez."'))
    written = json.dumps(to_document(campus))

    without = to_document(replace(campus, templates=tuple(replace(one, languages=()) for one in campus.templates)))

    assert campus == from_document(json.loads(written))
    assert all("languages" not in template for template in without["templates"])


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("de", 'title = "A"\nbody = "B"', "does not name"),
        ("en", 'title = "A"\nbody = "B"', "no other language"),
        ("xx", 'title = "A"\nbody = "B"', "no other language"),
        ("fr", 'title = "A"', '"body" is missing'),
        ("fr", 'title = "{ place }"\nbody = "B"', "brace"),
        ("fr", 'title = "A"\nbody = "B"\nboddy = "C"', "boddy"),
    ],
)
def test_what_is_wrong_with_a_translation_is_named(tmp_path: Path, language: str, words: str, expected: str) -> None:
    """
    With the template it stands in.
    """
    faults = faults_of(with_french(tmp_path, words, language))

    assert [fault for fault in faults if fault.startswith("campus.toml: templates 1") and expected in fault] == faults[
        :1
    ]
    assert faults != []
