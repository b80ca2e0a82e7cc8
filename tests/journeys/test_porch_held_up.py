"""What costs the sender nothing may cost the server little: a tap waits behind it."""

import pytest

from mobile_api.anonymous.small_budget import AN_HOUR
from tests.campus import CampusStage
from tests.journeys.concern_pages import Browser
from tests.pictures import picture
from tests.reporter import KeyHolder, appoint

MULTIPART = 'multipart/form-data; boundary="x"'
URLENCODED = "application/x-www-form-urlencoded"

PART = b'--x\r\nContent-Disposition: form-data; name="w"\r\n\r\n\r\n'


@pytest.fixture
def advisers(campus: CampusStage) -> list[KeyHolder]:
    return appoint(campus.database, "Dr Amber", "Dr Birch")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/concerns", b'{"without": [' + b"1," * 5000 + b"1]}"),
        ("/v1/concerns", b'{"without": [' + b"1," * 100_000 + b"1]}"),
        ("/v1/concerns", b'{"attachments": [' + b'{"a": 1},' * 5000 + b"{}]}"),
        ("/v1/concerns/mailbox", b'{"receipt": [' + b"[]," * 5000 + b"1]}"),
    ],
)
def test_a_body_of_countless_values_is_refused_in_one_sentence(campus: CampusStage, path: str, body: bytes) -> None:
    """
    Not with one sentence for each of them: those took seconds, and made fifty megabytes of an answer.
    """
    answer = campus.client.post(path, data=body, content_type="application/json")

    assert 413 == answer.status_code
    assert len(answer.get_data()) < 1000


@pytest.mark.parametrize("path", ["/concern", "/concern/mailbox"])
@pytest.mark.parametrize(("kind", "body"), [(MULTIPART, PART * 5000 + b"--x--\r\n"), (URLENCODED, b"a&" * 100_000)])
def test_a_form_of_countless_fields_is_not_taken_apart(
    campus: CampusStage, advisers: list[KeyHolder], path: str, kind: str, body: bytes
) -> None:
    """
    The page says that it was too much, or shows itself again.
    """
    answer = campus.client.post(path, data=body, content_type=kind)

    assert (413 if path == "/concern" else 200) == answer.status_code


def test_words_of_nothing_but_commas_are_words(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    The longest there may be go past what is counted, to where their work is looked at.
    """
    about = dict.fromkeys(("engagement", "intent", "capability"), "," * 4000)
    body = {"words": "," * 20_000, "about": about, "work": {"challenge": "made up", "nonce": ""}}

    answer = campus.client.post("/v1/concerns", json=body)

    assert "/problems/work" == answer.get_json()["type"]


def test_photos_without_work_are_decoded_a_few_times_an_hour_only(
    campus: CampusStage, advisers: list[KeyHolder]
) -> None:
    """
    Whatever comes of them: five large ones and a spoilt sixth cost seconds each time, and lodged nothing.
    """
    browser = Browser(campus)
    spoilt = [picture(), b"no picture at all"]
    tries = [browser.presses("send", words="words", form=f"form {nth}", photos=spoilt) for nth in range(AN_HOUR)]

    after = browser.presses("send", words="words", form="another", photos=spoilt)

    assert {422} == {one.status for one in tries}
    assert 429 == after.status
