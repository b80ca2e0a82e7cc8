"""The console's sign-in: a cookie for one shift, for its own doors only, and for its own page only."""

from typing import Any

import pytest

from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.sign_in import SignIn
from tests.campus import CampusStage
from tests.journeys.browser_at_the_desk import HERE, Browser, at_the_desk, public_at, staff
from tests.journeys.console import API, lines
from tests.journeys.trusted import PASSWORD, PASSWORD_HASH, enrols, principal_of

SESSION = f"{API}/session"
BOARD = f"{API}/board"
DESK = [Role.CONTROLLER, Role.ADVISER, Role.PREVENT_LEAD, Role.ADMIN, Role.AUDITOR]


def sign_ins(campus: CampusStage) -> int:
    """How many sign-ins stand."""
    found: int = campus.database.read(lambda session: session.query(SignIn).filter(SignIn.revoked_at.is_(None)).count())
    return found


@pytest.mark.parametrize("role", DESK)
def test_who_has_something_to_do_at_the_console_signs_in_for_a_shift(campus: CampusStage, role: Role) -> None:
    """
    The answer tells who, until when, and the page's token; the page asks for the same again.
    """
    person, browser = staff(campus, role), Browser(campus)

    told = browser.signs_in(person).json

    assert {
        "person": {"id": str(person.id), "name": role.value, "roles": sorted(["member", role.value])},
        "expires_at": "2026-11-24T03:00:00+00:00",
        "csrf": browser.csrf,
        "stepped_up_until": None,
        "last_seq": 0,
        "demo": False,
    } == told
    assert told == browser.asks("GET", SESSION).json
    assert ["sign_in.begun"] * 2 == [line.action for line in lines(campus, actor=str(person.id))]


def test_the_cookie_is_its_own_host_s_and_no_script_s(campus: CampusStage) -> None:
    """
    HttpOnly, SameSite=Strict, for all of this host alone, and gone after a shift.
    """
    _, browser = at_the_desk(campus)

    cookie = browser.cookie

    assert cookie is not None
    assert ("bluelight-console", "/", True, "Strict", True) == (
        cookie.key,
        cookie.path,
        cookie.http_only,
        cookie.same_site,
        cookie.origin_only,
    )
    assert (13 * 3600, False) == (cookie.max_age, cookie.secure)


@pytest.mark.parametrize("how", ["https", "a proxy's https", "a public address"])
def test_where_it_is_secure_the_name_says_that_nobody_else_has_set_it(campus: CampusStage, how: str) -> None:
    """
    Secure and `__Host-`; a cookie of the plain name, which a neighbour could have set, is not read there.
    """
    person = staff(campus)
    browser = Browser(campus, "https://localhost" if how == "https" else HERE)
    by_proxy = {"X-Forwarded-Proto": "https"} if how == "a proxy's https" else {}
    if how == "a public address":
        public_at(campus, "https://safe.example/")

    signed_in = browser.signs_in(person, **by_proxy)
    cookie = browser.client.get_cookie("__Host-bluelight-console")
    found = browser.is_answered("GET", SESSION, headers=by_proxy)
    assert cookie is not None
    browser.client.delete_cookie(cookie.key)
    browser.client.set_cookie("bluelight-console", cookie.value)
    renamed = browser.is_answered("GET", SESSION, headers=by_proxy)

    assert 200 == signed_in.status_code
    assert (True, "/", True) == (cookie.secure, cookie.path, cookie.origin_only)
    assert (200, "") == found
    assert (401, "unauthenticated") == renamed


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OFFICER])
def test_who_has_nothing_to_do_there_is_told_and_leaves_nothing(campus: CampusStage, role: Role) -> None:
    """
    403 in a sentence that names the phone; no cookie and no sign-in stay behind.
    """
    person = staff(campus, role)
    browser, before = Browser(campus), sign_ins(campus)

    refused = browser.signs_in(person)

    assert (403, "/problems/no-console-role") == (refused.status_code, refused.json["type"])
    assert "/app" in refused.json["title"]
    assert (None, before) == (browser.cookie, sign_ins(campus))


def test_wrong_passwords_are_slowed_as_at_the_phone_s_door(campus: CampusStage) -> None:
    """
    One count for both: the sixth try must wait, at either of them.
    """
    person, browser = staff(campus), Browser(campus)
    body = {"email": "controller@journeys.example", "password": "wrong"}

    tried = [browser.signs_in(person, "wrong").status_code for _ in range(3)]
    tried += [campus.client.post("/v1/sign-in", json=body).status_code for _ in range(2)]
    slowed = browser.signs_in(person)

    assert [401] * 5 == tried
    assert (429, "1") == (slowed.status_code, slowed.headers["Retry-After"])
    assert browser.cookie is None


def test_the_cookie_opens_no_phone_s_door(campus: CampusStage) -> None:
    """
    Neither as the cookie nor its secret as a bearer, and a phone's token is no cookie.
    """
    person, browser = at_the_desk(campus)
    assert browser.cookie is not None
    stolen = {"Authorization": f"Bearer {browser.cookie.value}"}
    planted = Browser(campus)
    planted.client.set_cookie("bluelight-console", person.token)

    assert (401, "unauthenticated") == browser.is_answered("GET", "/v1/me")
    assert (401, "unauthenticated") == browser.is_answered("POST", "/v1/taps", {"kind": "help"})
    assert (401, "unauthenticated") == browser.is_answered("POST", "/v1/renew")
    assert 401 == campus.client.get("/v1/me", headers=stolen).status_code
    assert 401 == campus.client.get(BOARD, headers=stolen).status_code
    assert (401, "unauthenticated") == planted.is_answered("GET", BOARD)


def test_a_bearer_counts_before_the_cookie_and_needs_no_token(campus: CampusStage) -> None:
    """
    Who it names is who asks, and a bad one is not helped by the cookie.
    """
    _, browser = at_the_desk(campus)
    auditor = staff(campus, Role.AUDITOR)
    bearer = {"Authorization": f"Bearer {auditor.token}"}

    told = browser.asks("GET", SESSION, headers=bearer).json

    assert ("auditor", None) == (told["person"]["name"], told["csrf"])
    assert (200, "") == browser.is_answered("POST", f"{API}/audit/verify", {}, csrf=None, headers=bearer)
    assert (401, "unauthenticated") == browser.is_answered("GET", SESSION, headers={"Authorization": "Bearer made-up"})


def test_signing_out_ends_the_cookie_and_nothing_of_the_phone(campus: CampusStage) -> None:
    """
    The same value again is good for nothing; the phone's sign-in, its duty and its pushes go on.
    """
    person = campus.officer("both", password_hash=PASSWORD_HASH)
    campus.database.write(_is_controller_too, person.id)
    push = {"kind": "fid", "value": "a phone"}
    person.asks("PUT", "/v1/handset", {"installation_id": "one", "platform": "android", "push": push})
    browser = Browser(campus)
    browser.signs_in(person)
    kept = browser.cookie

    left = browser.asks("POST", f"{API}/sign-out")

    assert (204, None) == (left.status_code, browser.cookie)
    assert kept is not None
    browser.client.set_cookie(kept.key, kept.value)
    assert (401, "unauthenticated") == browser.is_answered("GET", SESSION)
    me = person.gets("/v1/me")
    assert ("on_patrol", []) == (me["duty"], me["warnings"])


def test_signing_in_again_ends_the_sign_in_before(campus: CampusStage) -> None:
    """
    Whoever sits down next in the same browser leaves nobody else's sign-in open behind them.
    """
    _, browser = at_the_desk(campus)
    before, kept = sign_ins(campus), browser.cookie
    colleague = staff(campus, Role.AUDITOR)

    browser.signs_in(colleague)

    # The colleague's phone and the colleague's console came, the first one's console went.
    assert before + 1 == sign_ins(campus)
    assert kept is not None
    old = Browser(campus)
    old.client.set_cookie(kept.key, kept.value)
    assert (401, "unauthenticated") == old.is_answered("GET", SESSION)


def test_it_ends_with_the_shift_or_when_somebody_ends_it(campus: CampusStage) -> None:
    """
    After thirteen hours; by a colleague who ends every sign-in; by the person's own phone, which sees it in its list.
    """
    person, browser = at_the_desk(campus)
    second = Browser(campus)
    second.signs_in(person)
    colleague = campus.controller("colleague")
    mine = [one for one in person.gets("/v1/sessions")["items"] if not one["current"]]

    person.posts(f"/v1/sessions/{mine[0]['id']}/end")
    answers = sorted(one.is_answered("GET", SESSION) for one in (browser, second))
    colleague.posts(f"{API}/sessions/{person.id}/end")

    assert 2 == len(mine)
    assert [(200, ""), (401, "unauthenticated")] == answers
    assert [(401, "unauthenticated")] * 2 == [one.is_answered("GET", SESSION) for one in (browser, second)]
    third = Browser(campus)
    third.signs_in(person)
    campus.skips(hours=13, seconds=-1)
    assert (200, "") == third.is_answered("GET", SESSION)
    campus.skips(seconds=1)
    assert (401, "sign-in-expired") == third.is_answered("GET", SESSION)


def test_stepping_up_at_the_console_asks_what_the_phone_s_door_asks(campus: CampusStage) -> None:
    """
    The second factor's code where there is one, and first of all to have one; for fifteen minutes, here alone.
    """
    admin, browser = at_the_desk(campus, Role.ADMIN)
    student = campus.student()
    ends: tuple[str, str, Any] = ("POST", f"{API}/sessions/{student.id}/end", {})
    told = {"password": PASSWORD}

    assert (403, "second-factor-needed") == browser.is_answered("POST", f"{API}/step-up", told)
    authenticator, _ = enrols(admin)
    campus.passes(30)
    assert (403, "step-up-needed") == browser.is_answered(*ends)
    assert (403, "wrong-password") == browser.is_answered("POST", f"{API}/step-up", {"password": "wrong"})
    assert (422, "code-needed") == browser.is_answered("POST", f"{API}/step-up", told)
    assert (403, "wrong-code") == browser.is_answered("POST", f"{API}/step-up", {**told, "code": "000000"})
    stepped = browser.asks("POST", f"{API}/step-up", {**told, "code": authenticator.shows()}).json
    assert ("2026-11-23T14:15:30+00:00", browser.csrf) == (stepped["stepped_up_until"], stepped["csrf"])
    assert (200, "") == browser.is_answered(*ends)
    assert not principal_of(admin).stepped_up(now=campus.clock())
    campus.passes(15 * 60)
    assert browser.asks("GET", SESSION).json["stepped_up_until"] is None


def _is_controller_too(session: Any, person_id: Any) -> None:
    people_store.set_roles(session, person_id, [Role.OFFICER, Role.CONTROLLER])
