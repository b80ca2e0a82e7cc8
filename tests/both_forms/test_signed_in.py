"""Who is signed in, where their sockets are, and what is not theirs: the same at every process."""

import pytest
import requests

from tests.both_forms.company import API, Company, case_tapped, done, hears, holes
from tests.phone import LIBRARY, Phone, eventually
from tests.server import PASSWORD
from tests.socket_line import Refused

#: The first of a form waits until it has started.
pytestmark = pytest.mark.timeout(120)


def signed_in_anew(company: Company, name: str) -> list[Phone]:
    """One sign-in of this person's own, at either door: it may end without anybody else's."""
    form = company.form
    here, there = form.phone(name, form.here), form.phone(name, form.there)
    here.sign_in()
    there.token = here.token
    return [here, there]


def test_who_signs_out_at_one_process_has_no_socket_at_the_other(company: Company) -> None:
    """
    It says why and is closed; the token is good for nothing anywhere, and the person's other sign-in stands.
    """
    here, there = signed_in_anew(company, "student11")
    other = company.member("student11", company.form.there)
    there.connects()

    done(here.asks("POST", "/v1/sign-out", {}))

    there.waits_for(lambda one: "signed_out" == one["type"], 2)
    assert there.was_ended.wait(5)
    assert [401, 401] == [one.asks("GET", "/v1/me").status for one in (here, there)]
    assert other.is_connected
    with pytest.raises(Refused):
        there.connects()


def test_a_sign_in_that_the_control_room_ends_is_ended_everywhere(company: Company) -> None:
    """
    All of a person's sockets at both processes are closed within two seconds.
    """
    form = company.form
    phones = signed_in_anew(company, "student12")
    for phone in phones:
        phone.connects()
    person = phones[0].asks("GET", "/v1/me").body["id"]
    admin = form.phone("admin1", form.here, face="console")
    done(admin.asks("POST", f"{API}/step-up", {"password": PASSWORD}))

    done(admin.asks("POST", f"{API}/sessions/{person}/end", {}))

    for phone in phones:
        phone.waits_for(lambda one: "signed_out" == one["type"], 2)
        assert phone.was_ended.wait(5)


def test_a_socket_that_comes_back_at_the_other_process_has_missed_nothing(company: Company) -> None:
    """
    Cut in the middle of a case: what went on meanwhile follows, each number once and in turn.
    """
    student, officer = company.member("student13"), company.officer("officer1")
    case = case_tapped(student)
    done(officer.accepts(officer.is_asked_about(case)))
    hears(student, case, "accepted")
    student.cut()

    done(officer.moves(case, "en_route"))
    for number in range(5):
        done(officer.says(case, f"word {number}"))
    student.server = company.form.there
    student.connects(last_seq=student.messages[-1]["seq"])
    done(officer.moves(case, "on_scene"))
    hears(student, case, "on_scene")
    done(officer.says(case, "Here I am."))
    student.waits_for(lambda one: "Here I am." == one["data"].get("text"))

    assert [] == holes(student)
    assert [one["id"] for one in student.stream()] == [one["id"] for one in student.messages]


def test_a_desk_that_signed_in_by_cookie_works_at_either_process(company: Company) -> None:
    """
    The cookie, and the token against foreign pages, are good at the one that did not give them; so is signing out.
    """
    form = company.form
    browser = requests.Session()
    told = {"email": "controller2@demo.example", "password": PASSWORD}

    welcome = browser.post(f"{form.here.url}{API}/sign-in", json=told, timeout=20)
    csrf = {"X-CSRF-Token": welcome.json()["csrf"]}
    board = browser.get(f"{form.there.url}{API}/board", timeout=20)
    unsigned = browser.put(f"{form.there.url}{API}/sound", json={"on": True}, timeout=20)
    signed = browser.put(f"{form.there.url}{API}/sound", json={"on": True}, headers=csrf, timeout=20)
    left = browser.post(f"{form.there.url}{API}/sign-out", headers=csrf, timeout=20)
    browser.cookies.update(welcome.cookies)
    after = browser.get(f"{form.here.url}{API}/board", timeout=20)

    assert (200, 200, 403) == (welcome.status_code, board.status_code, unsigned.status_code)
    assert (True, 204, 401) == (signed.ok, left.status_code, after.status_code)


@pytest.mark.parametrize(
    ("name", "method", "path", "body"),
    [
        ("student14", "GET", f"{API}/board", None),
        ("student14", "GET", "/v1/offers", None),
        ("student14", "PUT", "/v1/duty", {"state": "on_patrol"}),
        ("officer3", "GET", f"{API}/board", None),
        ("officer3", "GET", f"{API}/concerns", None),
        ("controller1", "GET", f"{API}/concerns", None),
        ("controller1", "GET", f"{API}/audit", None),
        ("adviser1", "GET", f"{API}/board", None),
        ("adviser1", "POST", f"{API}/broadcasts", {"template": "evacuate"}),
        ("auditor1", "GET", f"{API}/concerns", None),
        ("admin1", "POST", f"{API}/incidents", {"kind": "help"}),
    ],
)
def test_what_is_not_ones_own_is_refused_at_both(
    company: Company, name: str, method: str, path: str, body: object
) -> None:
    """
    By the role alone, whichever process is asked.
    """
    form = company.form

    answers = [form.phone(name, door).asks(method, path, body) for door in (form.here, form.there)]

    assert [403, 403] == [answer.status for answer in answers]


@pytest.mark.parametrize("name", ["student14", "officer3"])
def test_a_console_is_not_for_everybody(company: Company, name: str) -> None:
    """
    Its socket is refused in a sentence, at both.
    """
    form = company.form

    for door in (form.here, form.there):
        with pytest.raises(Refused) as refusal:
            form.phone(name, door, face="console").connects()

        assert {"type", "title"} <= set(refusal.value.args[0])


def test_an_officer_is_reachable_by_the_socket_of_another_process(company: Company) -> None:
    """
    The board of the one shows who is on duty at the other, and no more once that socket and the duty have ended.
    """
    form = company.form
    desk = form.phone("controller1", form.here, face="console")
    officer = company.officer("officer4", at=LIBRARY, door=form.there)

    def states() -> list[tuple[str, bool]]:
        items = done(desk.asks("GET", f"{API}/officers"))["items"]
        return [(one["state"], one["reachable"]) for one in items if "Officer 4" == one["name"]]

    on_duty = states()
    officer.goes_off_duty()

    assert [("on_patrol", True)] == on_duty
    assert eventually(lambda: "on_patrol" not in [state for state, _ in states()])
