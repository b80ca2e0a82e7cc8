"""The public page: what is in force, for anybody, on any line, and never what is only an exercise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from lxml import html

from backend.kernel.errors import Unavailable
from backend.web.context import NAME
from infra.app import HEADERS
from tests.campus import CampusStage
from tests.journeys.public_threads import WORDS, Warned

#: What a first round trip over a bad line carries.
LIGHT = 14_000


def page(campus: CampusStage, query: str = "", **headers: str) -> Any:
    """The page as a browser reads it."""
    response = campus.client.get(f"/status{query}", headers={"Accept": "text/html", **headers})
    assert response.status_code == 200, response.text
    return html.document_fromstring(response.text)


def in_force(read: Any) -> list[tuple[str, str]]:
    """Version and hash of what stands there as in force, by the attributes that machines read."""
    found = read.xpath("//section[@aria-labelledby='in-force']/article")
    return [(one.get("data-version"), one.get("data-hash")) for one in found]


def over(read: Any) -> list[str]:
    return [" ".join(one.text_content().split()) for one in read.xpath("//article[@class='over']/p[@class='kind']")]


def test_a_calm_page_says_whom_to_ring(campus: CampusStage) -> None:
    """
    Nothing is in force; verified numbers are links, the internal one is text, the unverified one is not there.
    """
    read = page(campus)

    assert "Nothing is in force" in read.text_content()
    assert read.xpath("//a[starts-with(@href, 'tel:')]/@href") == ["tel:999", "tel:+443001314444"]
    assert "4444, from internal phones" in read.text_content()
    assert "7598" not in read.text_content()


def test_a_warning_and_its_updates_are_one_thread(campus: CampusStage) -> None:
    """
    The newest words stand, what was said before is folded, and the hash is visible and machine-readable.
    """
    warned = Warned(campus)
    first = warned.said
    campus.clock.now = campus.clock.now.replace(minute=5)

    second = warned.updates({"en": {"title": "Stay out of Sherfield", "body": "The fire brigade is there."}})

    read = page(campus)
    assert in_force(read) == [("2", second.hash)]
    assert read.xpath("//article//data[@class='hash']/@value") == [second.hash, first.hash]
    assert read.xpath("//article/h3/text()") == ["Stay out of Sherfield"]
    assert read.xpath("//article/details//h4/text()") == ["Leave Sherfield"]
    text = " ".join(read.xpath("//article//text()"))
    for words in ("Severe", "Sherfield Building", "14:00 on Monday 23 November 2026 (+00:00)", "14:05 on", "14:20 on"):
        assert words in text, words


def test_the_gravest_stands_first(campus: CampusStage) -> None:
    """
    On the page and on the recorded line, whichever was issued last; a test is last of all.
    """
    test = Warned(campus, severity="extreme", purpose="test")
    worst = Warned(campus, severity="extreme")
    campus.clock.now = campus.clock.now.replace(minute=1)
    late = Warned(campus, severity="minor")

    line = campus.client.get("/status/recorded-line").text

    expected = [one.said.hash for one in (worst, late, test)]
    assert [found for _, found in in_force(page(campus))] == expected
    assert sorted(expected, key=lambda code: line.index(", ".join(code.upper()))) == expected


def test_what_ended_is_over_for_a_day(campus: CampusStage) -> None:
    """
    Cleared, sent in error, or no longer kept up to date: each is said, and none is in force.
    """
    for how in (Warned.clears, Warned.retracts, Warned.expires):
        how(Warned(campus))

    assert in_force(page(campus)) == []
    assert sorted(one.partition(",")[0] for one in over(page(campus))) == [
        "All clear",
        "No longer kept up to date",
        "Sent in error",
    ]

    campus.skips(hours=25)
    assert over(page(campus)) == []


def test_an_exercise_is_never_on_the_page(campus: CampusStage) -> None:
    """
    Neither in force nor over, nor as data, nor on the recorded line.
    """
    Warned(campus, exercise=True)
    Warned(campus, exercise=True).clears()

    read = page(campus)

    assert (in_force(read), over(read)) == ([], [])
    assert campus.client.get("/status.json").json["in_force"] == []
    assert "Nothing is in force" in campus.client.get("/status/recorded-line").text


def test_a_promise_that_was_not_kept_is_said(campus: CampusStage) -> None:
    """
    Still in force, and no newer word has come: also to a browser that asks whether it is still the same.
    """
    Warned(campus)
    mark = campus.client.get("/status").headers["ETag"]
    campus.clock.now = campus.clock.now.replace(minute=16)

    response = campus.client.get("/status", headers={"If-None-Match": mark})

    assert response.status_code == 200
    assert "no newer word has come" in response.text


def test_words_are_in_the_language_that_was_asked_for(campus: CampusStage) -> None:
    """
    By the address before the browser; English, marked as English, for what nobody translated.
    """
    arabic = {"title": "غادروا", "body": "استخدموا السلالم"}
    Warned(campus, {**WORDS, "ar": arabic})
    Warned(campus)

    read = page(campus, "?lang=ar", **{"Accept-Language": "fr, en;q=0.5"})

    headings = [(one.get("lang"), one.get("dir"), one.text) for one in read.xpath("//article/h3")]
    assert sorted(headings) == [("ar", "rtl", "غادروا"), ("en", "ltr", "Leave Sherfield")]
    assert read.text_content().count("has not been translated") == 1
    assert read.xpath("//nav//a/@hreflang") == ["en", "ar"]
    by_browser = page(campus, **{"Accept-Language": "de;q=0.3, ar-EG;q=0.9"}).xpath("//article/h3/@lang")
    assert sorted(by_browser) == ["ar", "en"]


def test_the_page_is_light_and_anybodys(campus: CampusStage) -> None:
    """
    Three threads with their updates are less than 14 kB, without script or cookie, with landmarks and one heading.
    """
    for number in range(3):
        warned = Warned(campus, {"en": {"title": f"Leave building {number}", "body": "Use the stairs. " * 10}})
        warned.updates()
        warned.updates()

    response = campus.client.get("/status")

    read = html.document_fromstring(response.text)
    assert len(response.data) < LIGHT
    assert "Set-Cookie" not in response.headers
    assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert read.xpath("//script | //@style | //style | //@onclick | //form") == []
    assert [len(list(read.iter(name))) for name in ("main", "header", "footer", "h1")] == [1, 1, 1, 1]
    assert read.xpath("/html/@lang") == ["en"]
    ids = {one.get("id") for one in read.iter() if one.get("id")}
    assert {one.get("aria-labelledby") for one in read.iter() if one.get("aria-labelledby")} == ids


def test_words_cannot_become_a_page(campus: CampusStage) -> None:
    """
    What was typed as markup is read as text, in the page and for the telephone.
    """
    Warned(campus, {"en": {"title": "<script>x</script>", "body": "\x08]]> & 'onload='"}}, place="<b>")

    for path in ("/status", "/status/recorded-line", "/status/recorded-line?format=twiml", "/status.json"):
        response = campus.client.get(path)
        assert response.status_code == 200, path
        assert "<script>" not in response.text or response.mimetype in ("text/plain", "application/json"), path


def test_whoever_has_it_already_gets_no_body(campus: CampusStage) -> None:
    """
    304 as long as the same is told; HEAD tells the headers; a cache may go on with it while we are away.
    """
    Warned(campus)
    for path in ("/status", "/status.json", "/status/recorded-line", "/cap/feed"):
        first = campus.client.get(path)
        campus.clock.now = campus.clock.now.replace(second=(campus.clock.now.second + 5))

        again = campus.client.get(path, headers={"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.data) == (304, b""), path
        assert "public, max-age=10" in first.headers["Cache-Control"], path
        assert "stale-if-error" in first.headers["Cache-Control"], path
        head = campus.client.head(path)
        assert (head.status_code, head.data) == (200, b""), path
        assert head.headers["ETag"] == first.headers["ETag"], path


def test_data_says_what_the_page_says(campus: CampusStage) -> None:
    """
    By Accept at the page's own address, and at one of its own.
    """
    said = Warned(campus).said

    by_accept = campus.client.get("/status", headers={"Accept": "application/json"})
    by_address = campus.client.get("/status.json")

    assert by_accept.json == by_address.json
    (told,) = by_accept.json["in_force"]
    assert (told["version"], told["hash"], told["title"]) == (1, said.hash, "Leave Sherfield")
    assert told["next_update_at"]["at"] == "2026-11-23T14:15:00+00:00"


def test_the_last_good_page_stands_while_the_store_is_away(campus: CampusStage) -> None:
    """
    With the moment for which it holds; whoever began without the store says that nothing can be read, and whom to ring.
    """
    said = Warned(campus).said
    campus.client.get("/status")

    with _away(campus):
        read = page(campus)
        line = campus.client.get("/status/recorded-line").text
        answered = campus.client.get("/status", headers={"If-None-Match": '"x"'})

    assert in_force(read) == [("1", said.hash)]
    assert "cannot be read just now. This is how it stood at 14:00" in " ".join(read.text_content().split())
    assert "cannot be read just now" in line
    assert "ETag" not in answered.headers

    campus.service.app.extensions.pop("bluelight_truth")
    with _away(campus):
        unknown = campus.client.get("/status")
    assert (unknown.status_code, unknown.mimetype) == (503, "text/html")
    assert "999" in unknown.text


class _Away:
    """A store that cannot be asked."""

    def read(self, *_: object, **__: object) -> None:
        raise Unavailable("We cannot write this down just now.", slug="no-store")


@contextmanager
def _away(campus: CampusStage) -> Iterator[None]:
    """The same doors, handed a store that is gone for a moment."""
    doors = campus.service.app.extensions
    there = doors[NAME]
    doors[NAME] = replace(there, database=_Away())
    yield
    doors[NAME] = there
