"""The page /concern without scripts: a concern through its form alone, and everything refused in words."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.concerns.concern import Concern
from mobile_api.anonymous.small_budget import AN_HOUR
from tests.campus import CampusStage
from tests.journeys.concern_pages import Browser
from tests.pictures import COMMENT, as_bytes, picture, telltale
from tests.reporter import KeyHolder, appoint

WORDS = "He says he will not come back from the summer camp."


@pytest.fixture
def advisers(campus: CampusStage) -> list[KeyHolder]:
    """
    Two of them, and whoever keeps the recovery key.
    """
    return appoint(campus.database, "Dr Amber", "Dr Birch")


def lodged(session: Session) -> int:
    return len(session.scalars(select(Concern.id)).all())


def test_the_page_says_what_it_is_and_what_it_cannot_hide(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    Danger first, then who reads it, when one hears back, both clocks, and what no page can hide; nobody keeps it.
    """
    page = Browser(campus).opens()

    assert 200 == page.status
    assert page.text.index("Is anyone in danger now?") < page.text.index("What worries you?")
    assert ['href="tel:999"', 'href="tel:112"'] == [
        one for one in ('href="tel:999"', 'href="tel:112"') if one in page.html
    ]
    said = (
        "This page is no emergency service",
        "Only the Local Advisers: Dr Amber, Dr Birch.",
        "nine the next morning",
        "Whoever runs your network can see that you were here",
        "This device may keep in its history",
        "A computer of the college may record",
        "What you write can tell who you are",
        "You must trust that this server runs the program it should",
        "Tor Browser",
        "90 days after the last word",
        "365 days after today",
        "clean-up in the coming night",
        "Go to any of the advisers named above and speak in person",
        "Leave out Dr Birch",
        "There is no typical person",
    )
    assert [] == [one for one in said if one not in page.text]
    assert "no-store" == page.headers["Cache-Control"]
    assert None is page.headers.get("Set-Cookie")
    assert "DEMO KEYS" not in page.html
    assert "<script>" not in page.html
    assert " style=" not in page.html


def test_a_concern_goes_through_the_form_alone(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    Looked through, sent with a photo and without one adviser; the others read it and the photo has lost its camera.
    """
    amber, birch, recovery = advisers
    browser = Browser(campus)
    fields = {"words": WORDS, "intent": "He said so.", "place": "Beit", "without": birch.key_id}

    looked = browser.presses("check", **fields)
    sent = browser.presses("send", **looked.hidden, **fields, photos=[telltale(), picture("PNG")])

    assert (200, True) == (looked.status, "Look once more" in looked.text)
    assert (201, 12) == (sent.status, len(sent.words))
    (told,) = amber.reads(campus.database)
    assert (WORDS, {"intent": "He said so."}, "Beit") == (told["words"], told["about"], told["place"])
    assert ["image-1.jpg", "image-2.jpg"] == [one["name"] for one in told["attachments"]]
    assert COMMENT not in as_bytes(told["attachments"][0]["data"])
    assert ([], 1) == (birch.reads(campus.database), len(recovery.reads(campus.database)))


def test_what_may_tell_who_wrote_it_is_shown_and_does_not_block(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    The look names each place; what was written stands in the form again, and one press sends it.
    """
    browser = Browser(campus)
    words = "My name is Anna & I worry about my <b>flatmate</b>, my flatmate"

    looked = browser.presses("check", words=words)

    assert "Could this tell who you are?" in looked.text
    assert "<q>My name is</q>" in looked.html
    assert "<q>my flatmate</q>" in looked.html
    assert "My name is Anna &amp; I worry about my &lt;b&gt;flatmate&lt;/b&gt;, my flatmate</textarea>" in looked.html
    assert 'value="send">Send it as it is</button>' in looked.html
    assert 201 == browser.presses("send", words=words, **looked.hidden).status


def test_the_receipt_is_let_go_of_when_it_was_typed_back(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    A wrong word is named by its place and the words are shown again; typed right, they are gone from the page.
    """
    browser = Browser(campus)
    words = browser.lodges(WORDS).words
    wrong = [*words[:6], "zebra", *words[7:]]

    again = browser.presses("typed", receipt=" ".join(words), typed=" ".join(wrong))
    right = browser.presses("typed", receipt=" ".join(words), typed=", ".join(words).upper())

    assert "Word 7 is not the one shown" in again.text
    assert words == again.words
    assert "It is done" in right.text
    assert " ".join(words[:2]) not in right.html
    assert [] == right.words


def test_a_form_that_is_sent_again_lodges_nothing_again(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    "Back" and "reload" send the same form: the page says that it has arrived, and shows no receipt.
    """
    browser = Browser(campus)
    looked = browser.presses("check", words=WORDS)
    browser.presses("send", words=WORDS, **looked.hidden)

    again = browser.presses("send", words=WORDS, **looked.hidden)

    assert (422, []) == (again.status, again.words)
    assert "This form was sent already, and has arrived" in again.text
    assert 1 == campus.database.read(lodged)


def test_without_scripts_a_few_an_hour_are_taken_and_the_page_says_so(
    campus: CampusStage, advisers: list[KeyHolder]
) -> None:
    """
    When the hour's few are used up the words stay in the form; the next hour takes them.
    """
    browser = Browser(campus)
    for nth in range(AN_HOUR):
        assert 201 == browser.lodges(f"{WORDS} {nth}").status

    full = browser.lodges(WORDS)
    campus.clock.now += timedelta(hours=1)
    taken = browser.lodges(WORDS)

    assert (429, True) == (full.status, "only a few concerns an hour" in full.text)
    assert f"{WORDS}</textarea>" in full.html
    assert 201 == taken.status
    assert AN_HOUR + 1 == campus.database.read(lodged)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": "   "}, "Write at least a few words"),
        ({"words": WORDS, "without": "both"}, "leave at least one adviser in"),
        ({"words": WORDS, "photos": [b"no picture at all"]}, "The image is no JPEG, PNG or WebP picture"),
        ({"words": WORDS, "photos": [b"\xff" * ((1 << 20) + 1)]}, "The image is larger than 1 MiB"),
        ({"words": WORDS, "photos": [picture(size=(8, 8))] * 7}, "At most 6 images"),
        ({"words": WORDS, "challenge": "made up", "nonce": "1"}, "That challenge is not ours"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_written_is_lost(
    campus: CampusStage, advisers: list[KeyHolder], fields: dict[str, object], sentence: str
) -> None:
    """
    The sentence stands above the form, and what was written in it.
    """
    if fields.get("without") == "both":
        fields = {**fields, "without": [one.key_id for one in advisers[:2]]}

    answer = Browser(campus).presses("send", **fields)  # type: ignore[arg-type]

    assert 422 == answer.status
    assert sentence in answer.text
    assert f"{str(fields['words']).strip()}</textarea>" in answer.html
    assert 0 == campus.database.read(lodged)


def test_a_body_that_is_far_too_large_is_answered_on_a_page(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    Not by a problem in JSON: whoever sent it reads what to do.
    """
    answer = Browser(campus).presses("send", words=WORDS, photos=[bytes(3 << 20)])

    assert (413, True) == (answer.status, "your words should still be there" in answer.text)


def test_without_an_adviser_s_key_the_page_says_whom_to_ring(campus: CampusStage) -> None:
    """
    Nothing is taken that nobody could read.
    """
    browser = Browser(campus)

    pages = [browser.opens(), browser.presses("check", words=WORDS), browser.presses("send", words=WORDS)]

    assert [200, 503, 503] == [page.status for page in pages]
    assert all("Nobody can read a concern here just now" in page.text for page in pages)
    assert all('href="tel:999"' in page.html for page in pages)
    assert 0 == campus.database.read(lodged)


def test_leaving_leads_to_another_page_and_empties_the_browser_s_cache(campus: CampusStage) -> None:
    """
    Its storage stays: the emergency app of the same address keeps its sign-in there.
    """
    answer = Browser(campus).presses("", at="/concern/leave")

    assert (303, "/status", '"cache"') == (
        answer.status,
        answer.headers["Location"],
        answer.headers["Clear-Site-Data"],
    )


@pytest.mark.parametrize(
    "name", ["concern.css", "receipt.css", "concern.js", "leaks.json", "work_apart.js", "receipt_words.json"]
)
def test_the_parts_are_kept_by_no_browser(campus: CampusStage, name: str) -> None:
    """
    A cached script would tell of the visit.
    """
    part = Browser(campus).opens(f"/concern/parts/{name}")

    assert (200, "no-store", None) == (part.status, part.headers["Cache-Control"], part.headers.get("ETag"))
