"""A concern that nobody's name is on: lodged at one process, opened at the other with a key that no server has."""

import base64
import json
from typing import Any

import pytest
import requests

from backend.concerns.sealing import REPORTER, open_box, seal
from infra.prevent.key_file import KeyFile
from tests.both_forms.company import API, Company, done
from tests.both_forms.forms import Form
from tests.phone import Phone
from tests.reporter import Json, Reporter
from tests.scaled_form import Door
from tests.server import PASSWORD

#: The first of a form waits until it has started.
pytestmark = pytest.mark.timeout(120)

CONCERNS = f"{API}/concerns"

WORDS = "I am worried about my flatmate, who may go away to fight."
ANSWER = "Thank you. When does it begin?"


def reporter_at(door: Door) -> Reporter:
    """Somebody without a sign-in."""

    def call(method: str, path: str, body: Json | None) -> tuple[int, Json]:
        response = requests.request(method, door.url + path, json=body, timeout=20)
        return response.status_code, response.json()

    return Reporter(call)


class Desk:
    """An adviser at a door, with the throw-away key of the demonstration."""

    def __init__(self, form: Form, name: str, door: Door) -> None:
        self._phone: Phone = form.phone(name, door, face="console")
        key = KeyFile.read(form.key_of(name))
        self._private = key.private_key(lambda: "")
        self._key_id = key.fingerprint
        done(self._phone.asks("POST", f"{API}/step-up", {"password": PASSWORD}))

    @property
    def id(self) -> str:
        found: str = self.asks("GET", "/v1/me")["id"]
        return found

    def asks(self, method: str, path: str, body: Any = None) -> Any:
        return done(self._phone.asks(method, path, body))

    def words_of(self, concern: str) -> list[str]:
        """All that this one's key opens of it, in its order."""
        return [
            json.loads(open_box(raw(entry["box"]), raw(entry["copies"][self._key_id]), self._private))["words"]
            for entry in self.asks("GET", f"{CONCERNS}/{concern}")["entries"]
        ]

    def replies(self, concern: str, words: str) -> None:
        """Sealed here, to the reporter and to whom opening it has named."""
        told = self.asks("GET", f"{CONCERNS}/{concern}")
        keys = {key_id: raw(key) for key_id, key in {**told["sealed_to"], REPORTER: told["reply_key"]}.items()}
        sealed = seal(json.dumps({"words": words}).encode(), keys).on_the_wire()
        self.asks("POST", f"{CONCERNS}/{concern}/replies", {"sealed": sealed})


def raw(told: str) -> bytes:
    return base64.b64decode(told)


def test_it_is_lodged_opened_answered_and_read_by_its_receipt(company: Company) -> None:
    """
    The reporter comes by the address that everybody knows, the two advisers sit at one process each.
    """
    form = company.form
    reporter = reporter_at(form.front)
    ada, ben = Desk(form, "adviser1", form.there), Desk(form, "adviser2", form.here)

    receipt = reporter.lodges(WORDS)
    (concern,) = [one["id"] for one in ada.asks("GET", CONCERNS)["items"]]
    both = [one.words_of(concern) for one in (ada, ben)]
    ada.asks("POST", f"{CONCERNS}/{concern}/assign", {"adviser_ids": [ada.id, ben.id]})
    ben.replies(concern, ANSWER)
    told = reporter.reads(receipt)
    reporter.adds(receipt, words="On the third of December.")

    assert [[WORDS], [WORDS]] == both
    assert ("assigned", [ANSWER]) == (told["stage"], [one["words"] for one in told["replies"]])
    assert [WORDS, ANSWER, "On the third of December."] == ada.words_of(concern)


def test_words_that_a_client_sealed_are_one_concern_however_often_they_arrive(company: Company) -> None:
    """
    Work is done for a challenge of one process and proved at the other; the same again is the same concern.
    """
    form = company.form
    here, there = reporter_at(form.here), reporter_at(form.there)
    lead = Desk(form, "lead1", form.here)
    before = {one["id"] for one in lead.asks("GET", CONCERNS)["items"]}

    _, body = here.seals("She was at the airport.")
    statuses = [there.call("POST", "/v1/concerns", {**body, "work": one.work()})[0] for one in (here, there)]
    again = here.call("POST", "/v1/concerns", {**body, "work": there.work()})[0]

    assert [201, 201, 201] == [*statuses, again]
    (concern,) = [one["id"] for one in lead.asks("GET", CONCERNS)["items"] if one["id"] not in before]
    assert ["She was at the airport."] == lead.words_of(concern)
