"""By the console's cookie nobody but the console's own page gets anything done, or anything to see."""

import pytest

from tests.campus import CampusStage
from tests.journeys.browser_at_the_desk import HERE, Browser, at_the_desk, public_at, staff
from tests.journeys.console import API, lines
from tests.journeys.trusted import PASSWORD

BOARD = f"{API}/board"
ELSEWHERE = "https://somewhere.example"


def test_what_changes_something_needs_the_page_s_token(campus: CampusStage) -> None:
    """
    Missing, wrong, or of another sign-in of the same person: 403 `csrf`, and nothing has happened.
    """
    person, browser = at_the_desk(campus)
    other = Browser(campus)
    other.signs_in(person)
    body = {"kind": "help", "zone": "sherfield"}

    refused = [browser.is_answered("POST", f"{API}/incidents", body, csrf=one) for one in (None, "x", "é", other.csrf)]
    cases = browser.asks("GET", BOARD).json["items"]
    taken = browser.is_answered("POST", f"{API}/incidents", body)

    assert [(403, "csrf")] * 4 == refused
    assert [] == cases
    assert (201, "") == taken


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Origin": "http://localhost.somewhere.example"},
        {"Origin": "http://localhost:81"},
        {"Origin": f"{HERE}, {ELSEWHERE}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_s_page_gets_nothing_by_the_cookie(campus: CampusStage, headers: dict[str, str]) -> None:
    """
    Whatever token it has: neither a change nor a look, and it cannot sign anybody in either.
    """
    person, browser = at_the_desk(campus)

    assert (403, "csrf") == browser.is_answered("POST", f"{API}/step-up", {"password": PASSWORD}, headers=headers)
    assert (403, "csrf") == browser.is_answered("GET", BOARD, headers=headers)
    refused = Browser(campus).signs_in(person, **headers)
    assert (403, "/problems/csrf") == (refused.status_code, refused.json["type"])
    assert [] == [line.action for line in lines(campus, about="board")]


@pytest.mark.parametrize(
    ("at", "public", "origin", "status"),
    [
        (HERE, None, HERE, 200),
        ("https://localhost", None, "https://localhost", 200),
        # Plain http of the same name is whoever sits on the network.
        ("https://localhost", None, HERE, 403),
        # A proxy that tells another host than the browser sees.
        (HERE, "https://safe.example/", "https://safe.example", 200),
        (HERE, "https://safe.example/", "http://safe.example", 403),
        # One that tells the host, and not that it was reached securely.
        ("http://safe.example", "https://safe.example/", "https://safe.example", 200),
        ("http://safe.example", "https://safe.example/", "http://safe.example", 403),
    ],
)
def test_our_own_pages_are_known_by_where_we_are_reached(
    campus: CampusStage, at: str, public: str | None, origin: str, status: int
) -> None:
    """
    The host of the request, or the public address.
    """
    person = staff(campus)
    if public:
        public_at(campus, public)
    browser = Browser(campus, at)
    browser.signs_in(person)

    told = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    answered = browser.is_answered("POST", f"{API}/sign-out", headers=told)[0]

    assert (204 if status == 200 else status) == answered
