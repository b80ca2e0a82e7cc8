"""Anybody reads what to do when something happens, in a language they know, and keeps it."""

import pytest

from backend.campus.guidance import NO_GUIDANCE
from tests.campus import CampusStage


def test_nobody_has_to_sign_in_to_know_what_to_do(campus: CampusStage) -> None:
    """
    Cards with steps and with the numbers to ring, 999 first.
    """
    answer = campus.client.get("/v1/guidance")

    assert 200 == answer.status_code
    card = answer.json["cards"][0]
    assert "run-hide-tell" == card["id"]
    assert "999" in card["steps"][2]
    assert {"label": "Emergency services", "number": "999", "reach": "country:GB", "dialable": True} == card["call"][0]
    assert ("en", "ltr", "1", False) == tuple(answer.json[name] for name in ("language", "dir", "version", "reviewed"))


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("?language=ar", "fr", "ar"),
        ("?language=fr-CA", "", "fr"),
        ("?language=de", "fr", "en"),
        ("", "de, es;q=0.5, zh;q=0.8", "zh"),
        ("", "fr;q=0, es;q=0.1", "es"),
        ("", "*", "en"),
        ("", ";;;", "en"),
        ("", "", "en"),
    ],
)
def test_the_reader_chooses_the_language(campus: CampusStage, query: str, header: str, language: str) -> None:
    """
    By name, else as the phone is set; one that there is not is answered in the campus's first.
    """
    answer = campus.client.get(f"/v1/guidance{query}", headers={"Accept-Language": header})

    assert language == answer.json["language"] == answer.headers["Content-Language"]
    assert ("rtl" if language == "ar" else "ltr") == answer.json["dir"]
    assert ["en", "zh", "fr", "es", "ar"] == answer.json["languages"]


def test_a_phone_that_has_it_is_told_so(campus: CampusStage) -> None:
    """
    304 until a word of it changes; each language is known by its own mark.
    """
    first = campus.client.get("/v1/guidance")
    mark = {"If-None-Match": first.headers["ETag"]}

    same = campus.client.get("/v1/guidance", headers=mark)
    other = campus.client.get("/v1/guidance?language=es", headers=mark)
    campus.configure(guidance=NO_GUIDANCE)
    gone = campus.client.get("/v1/guidance", headers=mark)

    assert (304, b"") == (same.status_code, same.data)
    assert "Accept-Language" == same.headers["Vary"]
    assert [200, 200] == [other.status_code, gone.status_code]
    assert ([], None) == (gone.json["cards"], gone.json["language"])


def test_a_language_that_is_none_is_refused(campus: CampusStage) -> None:
    """
    A field that cannot be used is named, as everywhere.
    """
    refused = campus.client.get(f"/v1/guidance?language={'x' * 36}")

    assert (422, "language") == (refused.status_code, refused.json["errors"][0]["field"])
