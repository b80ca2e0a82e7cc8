"""A broadcast from the draft to the all clear, on every socket of every process."""

import pytest
import requests

from tests.both_forms.company import API, Company, done
from tests.phone import Message, Phone, eventually
from tests.server import PASSWORD

#: The first of a form waits until it has started.
pytestmark = pytest.mark.timeout(120)

BROADCASTS = f"{API}/broadcasts"

EVACUATE = {"template": "evacuate", "place": "sherfield", "audience": {"everyone": True}}

#: Where anybody may read it.
OPEN_PAGES = ("/status", "/status/recorded-line", "/cap/feed")


def shown(phone: Phone, broadcast: str) -> list[Message]:
    """What came to this phone of it, in its order."""
    return [told for event, told in phone.heard if "broadcast" == event and broadcast == told["broadcast_id"]]


def versions(phone: Phone, broadcast: str) -> list[int]:
    return [told["version"] for told in shown(phone, broadcast)]


def read_at(url: str) -> list[str]:
    """The open pages, as this process gives them."""
    return [requests.get(url + path, timeout=10).text for path in OPEN_PAGES]


def test_everybody_is_warned_answers_and_is_told_that_it_is_over(company: Company) -> None:
    """
    A template, an update and the all clear, each once on each socket; the answers are counted, the pages agree.
    """
    form = company.form
    desk, beside = company.console("controller1", form.here), company.console("controller2", form.there)
    doors = {"student1": form.here, "student2": form.there, "student3": form.front, "officer1": form.there}
    people = [company.member(name, door) for name, door in doors.items()]
    everyone = [desk, beside, *people]

    def all_see(version: int) -> bool:
        return all(version in versions(one, told) for one in everyone)

    told = done(desk.asks("POST", BROADCASTS, EVACUATE))["id"]
    done(desk.asks("POST", f"{BROADCASTS}/{told}/issue", {}))
    assert eventually(lambda: all_see(1))
    pages = [read_at(door.url) for door in (form.here, form.there)]
    for one in people:
        done(one.asks("POST", f"/v1/broadcasts/{told}/answer", {"answer": "safe"}))
    assert eventually(lambda: all(len(people) in safe_by(one, told) for one in (desk, beside)))
    counted = [done(one.asks("GET", f"{BROADCASTS}/{told}/tally"))["states"]["safe"] for one in (desk, beside)]
    done(beside.asks("POST", f"{BROADCASTS}/{told}/update", {"no_change": True}))
    assert eventually(lambda: all_see(2))
    done(desk.asks("POST", f"{BROADCASTS}/{told}/clear", {}))
    assert eventually(lambda: all_see(3))
    late = company.member("student4", form.there)

    assert {(1, 2, 3)} == {tuple(versions(one, told)) for one in everyone}
    assert {(False, False, True)} == {tuple(one["ended"] for one in shown(phone, told)) for phone in everyone}
    assert [len(people)] * 2 == counted
    title = shown(desk, told)[0]["title"]
    assert {True} == {title in page for door in pages for page in door}
    assert [] == [one for one in shown(late, told) if not one["ended"]]
    assert [] == late.asks("GET", "/v1/broadcasts?active=true").body["items"]


def safe_by(desk: Phone, broadcast: str) -> list[int]:
    """How many were safe in each picture of the tally that this desk was sent."""
    pictures = [told for event, told in desk.heard if "tally" == event]
    return [one["states"]["safe"] for told in pictures for one in told["items"] if broadcast == one.get("broadcast_id")]


def test_free_words_go_out_when_a_second_person_agrees_elsewhere(company: Company) -> None:
    """
    Written at one process, agreed to at the other; nobody is shown a word of it before.
    """
    form = company.form
    writer, second = company.console("controller1", form.here), company.console("controller2", form.there)
    member = company.member("student5")
    words = {"kind": "alert", "severity": "moderate", "title": "Gas at Beit", "body": "Keep away from Beit."}
    more = {"place": "beit", "audience": {"everyone": True}, "next_update_min": 30, "end_condition": "Gas engineer"}

    told = done(writer.asks("POST", BROADCASTS, {**words, **more}))["id"]
    asked = writer.asks("POST", f"{BROADCASTS}/{told}/issue", {})
    waiting = done(second.asks("GET", f"{BROADCASTS}/{told}"))
    before = versions(member, told)
    done(second.asks("POST", f"{API}/step-up", {"password": PASSWORD, "code": None}))
    done(second.asks("POST", f"{BROADCASTS}/{told}/confirm", {"digest": waiting["second"]["digest"]}))

    assert (202, []) == (asked.status, before)
    assert eventually(lambda: [1] == versions(member, told))
    done(writer.asks("POST", f"{BROADCASTS}/{told}/clear", {}))
    assert eventually(lambda: [1, 2] == versions(member, told))
