"""Guidance is complete in every language, names only numbers that are right, and finds its reader's language."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.campus.campus import Number
from backend.campus.configuration import faults_of, from_document, to_document
from backend.campus.guidance import NO_GUIDANCE
from backend.campus.guiding import guide
from backend.campus.languages import best_of, direction
from tests.unit.campus import imperial


def faults_with(tmp_path: Path, name: str, *changes: tuple[str, str]) -> list[str]:
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, name, *changes)
    return faults_of(directory)


def test_the_shipped_guidance_is_there_in_every_language_of_the_campus() -> None:
    """
    The same cards, line by line, and honest about nobody having reviewed them.
    """
    campus = imperial.campus()

    told = [guide(campus, [language]) for language in campus.languages]

    assert list(campus.languages) == [one["language"] for one in told]
    ids = ["run-hide-tell", "evacuation", "stay-inside", "threat", "major-incident", "first-aid"]
    assert [ids] * 5 == [[card["id"] for card in one["cards"]] for one in told]
    assert {False} == {one["reviewed"] for one in told}
    assert 5 == len({one["digest"] for one in told})
    assert ["ltr", "ltr", "ltr", "ltr", "rtl"] == [one["dir"] for one in told]
    titles = {card["title"] for one in told for card in one["cards"]}
    assert 30 == len(titles)


def test_every_card_says_whom_to_ring_in_the_order_of_the_campus() -> None:
    """
    999 first unless the campus says otherwise; what nobody has verified is not there; internal numbers are no buttons.
    """
    campus = imperial.campus()
    turned = replace(campus, guidance=replace(campus.guidance, call_order=("4444",)))

    usual = [one["number"] for one in guide(campus, ["en"])["cards"][0]["call"]]
    call = guide(turned, ["fr"])["cards"][3]["call"]

    assert ["999", "4444", "+443001314444"] == usual
    assert ["4444", "999", "+443001314444"] == [one["number"] for one in call]
    assert [False, True, True] == [one["dialable"] for one in call]
    assert "Services d'urgence" == call[1]["label"]


def test_a_new_number_or_another_word_is_another_digest() -> None:
    """
    What a phone keeps is known by it.
    """
    campus = imperial.campus()
    more = replace(campus, numbers=(*campus.numbers, Number("Porter", "4445", "internal", verified=True)))
    newer = replace(campus, guidance=replace(campus.guidance, version="2"))

    digests = [guide(one, ["en"])["digest"] for one in (campus, campus, more, newer)]

    assert digests[0] == digests[1]
    assert 3 == len(set(digests))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["fr"], "fr"),
        (["FR"], "fr"),
        (["fr-CA"], "fr"),
        (["zh-Hant-TW"], "zh-Hant"),
        (["zh-TW", "en"], "zh"),
        (["de", "es;", "ar-EG"], "ar"),
        (["de", "*"], None),
        ([""], None),
        ([], None),
    ],
)
def test_a_reader_gets_the_first_language_they_read(wanted: list[str], found: str | None) -> None:
    """
    As browsers ask for it; without any the campus's first is told.
    """
    assert found == best_of(wanted, ["en", "zh", "zh-Hant", "fr", "ar"])


@pytest.mark.parametrize(
    ("tag", "written"),
    [("ar", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl"), ("en", "ltr"), ("zh-Hans", "ltr"), ("uz-Arab", "rtl")],
)
def test_who_writes_from_right_to_left_is_known(tag: str, written: str) -> None:
    """
    By the language, unless its tag names a script.
    """
    assert written == direction(tag)


def test_a_campus_without_guidance_keeps_its_document_and_has_no_cards(tmp_path: Path) -> None:
    """
    What was imported before there was any is not another campus now.
    """
    campus = replace(imperial.campus(), guidance=NO_GUIDANCE)

    document = json.loads(json.dumps(to_document(campus)))
    told = guide(from_document(document), ["en"])

    assert "guidance" not in document
    assert ([], None, None, []) == (told["cards"], told["language"], told["version"], told["languages"])


def test_a_language_without_a_file_reads_the_first_that_has_one(tmp_path: Path) -> None:
    """
    A translation may come later; in none at all is a fault.
    """
    directory = imperial.copied_to(tmp_path)
    for language in ("en", "zh", "fr", "es"):
        (directory / "guidance" / f"{language}.toml").unlink()
    one_left = faults_of(directory)
    (directory / "guidance" / "ar.toml").unlink()

    assert [] == one_left
    assert ["guidance/: holds no file for any language of the campus, as en.toml"] == faults_of(directory)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("campus.toml", '"999", "4444"', '"998", "4444"', 'campus.toml: guidance: "call_order" names "998"'),
        ("campus.toml", '"999", "4444"', '"999", "999"', '"call_order" names one number twice'),
        ("campus.toml", 'folder = "guidance"', 'folder = "../x"', "the name of a folder beside campus.toml"),
        ("campus.toml", 'version = "1"', 'versoin = "1"', 'did you mean "version"?'),
        ("guidance/fr.toml", "reviewed = false", "", 'guidance/fr.toml: "reviewed" is missing'),
        ("guidance/fr.toml", "[[cards]]", "[[cards]", "guidance/fr.toml: cannot be read as TOML"),
        ("guidance/fr.toml", 'id = "threat"', 'id = "menace"', 'there is none with the id "threat"'),
        ("guidance/fr.toml", 'id = "threat"', 'id = "evacuation"', 'two cards have the id "evacuation"'),
        ("guidance/fr.toml", 'number = "4444"', 'number = "4445"', '"4445" is no number of the campus'),
        ("guidance/fr.toml", "au 999 une", "au 998 une", 'card "run-hide-tell": says 998, which is no verified number'),
        ("guidance/en.toml", "then Security.", "then 020 7598 1000.", "says 020 7598 1000, which is no verified"),
        ("guidance/ar.toml", '  "لا تستخدم المصعد.",\n', "", '"do_not" has 1 lines where guidance/en.toml has 2'),
        ("guidance/zh.toml", "不要乘电梯。", "不" * 241, "longer than 240 characters"),
        ("guidance/zh.toml", 'title = "有人受伤或生病"', "", 'cards 6: "title" is missing'),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    """
    With its file and its card, before anybody reads it in a fright.
    """
    found = faults_with(tmp_path, name, (old, new))

    assert [one for one in found if told in one], found
