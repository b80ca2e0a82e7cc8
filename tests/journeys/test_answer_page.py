"""The link in an e-mail: a page that needs no script and no sign-in, and that is answered with one press."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.answers import answering
from backend.answers.answer_token import token_of
from backend.broadcasts.spoken import Part
from backend.kernel.vocabulary import Severity
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.warned import FIRE, answers, entry_of, says, warns

OUT = {"en": {"title": "The fire is out", "body": "You may go back in."}}

#: Elements that are never closed.
VOID = {"meta", "link", "br", "input", "img"}


def link(campus: CampusStage, broadcast_id: UUID, person_id: UUID) -> str:
    """What the e-mail of this person carries."""
    key: bytes = campus.database.read(lambda session: session.info[answering.KEY])
    return f"/answer/{token_of(key, broadcast_id, person_id)}"


def presses(campus: CampusStage, address: str, answer: str) -> Any:
    """One of the buttons, as a browser without scripts sends it."""
    response = campus.client.post(address, data={"answer": answer})
    campus.settles()
    return response


@pytest.fixture
def student(campus: CampusStage) -> Person:
    return campus.student()


def test_the_page_shows_the_words_their_version_and_three_buttons_and_changes_nothing(
    campus: CampusStage, student: Person
) -> None:
    """
    Mail scanners follow links, and browsers fetch them beforehand.
    """
    fire = warns(campus, student)
    address = link(campus, fire, student.id)

    pages = [campus.client.open(address, method=method) for method in ("GET", "HEAD", "GET")]

    text = pages[0].text
    assert [200] * 3 == [page.status_code for page in pages]
    assert ["safe", "need_help", "not_here"] == re.findall(r'name="answer" value="(\w+)"', text)
    (told,) = student.gets("/v1/broadcasts")["items"]
    assert all(words in text for words in (FIRE["en"]["title"], FIRE["en"]["body"], "Version 1", told["hash"]))
    assert (None, 0) == (told["my_answer"], len(student.gets("/v1/incidents")["items"]))
    assert student.name not in text


def test_need_help_opens_a_case_and_says_what_happens_next_and_whom_to_ring(
    campus: CampusStage, student: Person
) -> None:
    """
    The answer counts as one by e-mail, and can be changed on the page it brings.
    """
    officer = campus.officer(at=campus.SHERFIELD)
    fire = warns(campus, student)
    address = link(campus, fire, student.id)

    helped = presses(campus, address, "need_help")

    assert 200 == helped.status_code
    assert all(words in helped.text for words in ("Received: I need help", "What happens next", 'href="tel:999"'))
    (case,) = student.gets("/v1/incidents")["items"]
    assert ("emergency", "broadcast_answer") == (case["kind"], case["trigger"])
    assert [case["id"]] == [offer["incident"]["id"] for offer in officer.offers]
    entry = entry_of(campus, fire, student)
    assert entry is not None
    assert ("need_help", "email") == (entry.answer, entry.answered_by)

    changed = presses(campus, address, "safe")

    assert "Received: I am safe" in changed.text
    assert "You answered at 14:00: <strong>I am safe</strong>" in campus.client.get(address).text


def test_who_cannot_answer_by_it_learns_not_why(campus: CampusStage, student: Person) -> None:
    """
    Forged, mangled, another world's, of a draft, of nobody, or old: one plain page with the numbers to ring.
    """
    fire, drill = warns(campus, student), warns(campus, exercise=True)
    good = link(campus, fire, student.id)
    flood = warns(campus, student)
    over = link(campus, flood, student.id)
    says(campus, flood, OUT, Part.ALL_CLEAR)
    bad = [
        good[:-1] + ("A" if good[-1] != "A" else "Q"),
        good[:-4],
        "/answer/%FF%00",
        "/answer/" + "é" * 40,
        "/answer/" + "A" * 5000,
        link(campus, drill, student.id),
        link(campus, uuid4(), student.id),
        link(campus, fire, uuid4()),
        over,
    ]
    still_good = campus.client.get(over).status_code
    campus.clock.now += timedelta(hours=25)

    seen = {(page.status_code, page.text) for page in [campus.client.get(address) for address in bad]}
    tried = {(page.status_code, page.text) for page in [presses(campus, one, "need_help") for one in bad]}

    assert (200, 200) == (still_good, campus.client.get(good).status_code)
    assert seen == tried
    ((status, text),) = seen
    assert (404, True) == (status, 'href="tel:999"' in text)
    assert [] == student.gets("/v1/incidents")["items"]


def test_a_press_of_nothing_shows_the_page_again(campus: CampusStage, student: Person) -> None:
    """
    A body that is none of the three answers is no answer.
    """
    fire = warns(campus, student)
    address = link(campus, fire, student.id)

    pages = [campus.client.post(address, **body) for body in ({}, {"json": {"answer": "safe"}}, {"data": b"\xff"})]

    assert [200] * 3 == [page.status_code for page in pages]
    entry = entry_of(campus, fire, student)
    assert entry is not None
    assert entry.answer is None


def test_the_link_leaks_to_nobody_and_the_page_needs_nothing_from_elsewhere(
    campus: CampusStage, student: Person
) -> None:
    """
    No referrer, no cache, no index, no cookie, no script; style and icon from this server, and a few kilobytes.
    """
    page = campus.client.get(link(campus, warns(campus, student), student.id))

    headers = page.headers
    assert ("no-referrer", "no-store", "noindex") == (
        headers["Referrer-Policy"],
        headers["Cache-Control"],
        headers["X-Robots-Tag"],
    )
    assert "form-action 'self'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    own = ("icon.svg", "tokens.css", "dark.css", "page.css", "answer.css")
    assert [f"/static/{name}" for name in own] == re.findall(r'(?:src|href)="(?!tel:)([^"]+)"', page.text)
    assert "<script" not in page.text
    assert len(page.data) < 4_000


def test_the_page_can_be_read_aloud(campus: CampusStage) -> None:
    """
    One main heading, every element closed, and the words marked with their language and direction.
    """
    arab = campus.student("arab", language="ar")
    fire = warns(campus, arab)
    address = link(campus, fire, arab.id)

    for text in (campus.client.get(address).text, presses(campus, address, "need_help").text):
        outline = Outline()
        outline.feed(text)

        assert [] == outline.open
        assert 1 == outline.tags.count("h1")
        assert {"html", "main", "h1", "form", "button", "footer"} <= set(outline.tags)
        assert '<html lang="en">' in text
        assert 'lang="ar" dir="rtl"' in text
        assert FIRE["ar"]["title"] in text


def test_an_exercise_says_so_and_what_is_over_says_so(campus: CampusStage) -> None:
    """
    Nobody runs from an exercise, and nobody stays away from what was cleared.
    """
    player = campus.student("player", exercise=True)
    drill = warns(campus, player, exercise=True, severity=Severity.MINOR)
    address = link(campus, drill, player.id)
    answers(player, drill, "safe")

    live = campus.client.get(address).text
    says(campus, drill, OUT, Part.ALL_CLEAR)
    over = campus.client.get(address).text

    assert ("EXERCISE" in live, "This is over." in live) == (True, False)
    assert ("EXERCISE" in over, "This is over." in over, "The fire is out" in over) == (True, True, True)


def test_words_are_shown_and_never_run(campus: CampusStage, student: Person) -> None:
    """
    What a controller typed is text.
    """
    words = {"en": {"title": "<b>Fire</b>", "body": "{{ 7 * 7 }} <script>alert(1)</script>"}}

    text = campus.client.get(link(campus, warns(campus, student, words=words), student.id)).text

    assert "&lt;b&gt;Fire&lt;/b&gt;" in text
    assert "{{ 7 * 7 }} &lt;script&gt;" in text


class Outline(HTMLParser):
    """The elements of a page, and those left open."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()
