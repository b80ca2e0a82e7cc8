"""A second factor taken up at the console itself: by the cookie, with the password, and good for its step-ups."""

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.browser_at_the_desk import Browser, at_the_desk
from tests.journeys.console import API, lines
from tests.journeys.trusted import PASSWORD, Authenticator, steps_up

BEGIN, CONFIRM, STEP_UP = f"{API}/second-factor", f"{API}/second-factor/confirm", f"{API}/step-up"
TOLD = {"password": PASSWORD}


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.ADVISER, Role.PREVENT_LEAD, Role.ADMIN])
def test_who_must_have_one_takes_it_up_where_it_is_asked_for(campus: CampusStage, role: Role) -> None:
    """
    Refused without one; begun, confirmed and stepped up by the same cookie, and the phone's door knows it as well.
    """
    person, browser = at_the_desk(campus, role)
    assert (403, "second-factor-needed") == browser.is_answered("POST", STEP_UP, TOLD)

    authenticator = Authenticator(person, browser.asks("POST", BEGIN, TOLD).json["secret"])
    codes = browser.asks("POST", CONFIRM, {"code": authenticator.shows()}).json["recovery_codes"]
    campus.passes(30)
    stepped = browser.asks("POST", STEP_UP, {**TOLD, "code": authenticator.shows()})

    assert (10, 200) == (len(set(codes)), stepped.status_code)
    assert 200 == steps_up(person, codes[0])[0]
    done = [line.action for line in lines(campus, actor=str(person.id)) if line.action.startswith("second_factor")]
    assert ["second_factor.begun", "second_factor.activated"] == done
    assert campus.audit_faults() == []


def test_an_open_screen_is_not_enough_to_take_one_up(campus: CampusStage) -> None:
    """
    Neither without the page's token, nor without the password, nor with a code that the authenticator does not show.
    """
    person, browser = at_the_desk(campus)

    assert (403, "csrf") == browser.is_answered("POST", BEGIN, TOLD, csrf=None)
    assert (403, "wrong-password") == browser.is_answered("POST", BEGIN, {"password": "a guess"})
    assert (409, "second-factor-not-begun") == browser.is_answered("POST", CONFIRM, {"code": "123456"})
    browser.asks("POST", BEGIN, TOLD)
    assert (403, "csrf") == browser.is_answered("POST", CONFIRM, {"code": "123456"}, csrf=None)
    assert (403, "wrong-code") == browser.is_answered("POST", CONFIRM, {"code": "000000"})
    assert not person.gets("/v1/second-factor")["active"]


def test_a_new_phone_needs_the_old_one_or_a_recovery_code(campus: CampusStage) -> None:
    """
    The password alone replaces nothing; a recovery code does, once.
    """
    person, browser = at_the_desk(campus)
    old = Authenticator(person, browser.asks("POST", BEGIN, TOLD).json["secret"])
    codes = browser.asks("POST", CONFIRM, {"code": old.shows()}).json["recovery_codes"]
    campus.passes(30)

    assert (422, "code-needed") == browser.is_answered("POST", BEGIN, TOLD)
    new = Authenticator(person, browser.asks("POST", BEGIN, {**TOLD, "code": codes[0]}).json["secret"])
    browser.asks("POST", CONFIRM, {"code": new.shows()})
    campus.passes(30)

    assert (403, "wrong-code") == browser.is_answered("POST", STEP_UP, {**TOLD, "code": old.shows()})
    assert (200, "") == browser.is_answered("POST", STEP_UP, {**TOLD, "code": new.shows()})


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OFFICER])
def test_who_has_no_desk_takes_it_up_elsewhere(campus: CampusStage, role: Role) -> None:
    """
    The console's doors are for those who have something to do there, by a bearer as well.
    """
    person = campus.somebody("visitor", role)

    refused = [person.asks("POST", path, body).status_code for path, body in ((BEGIN, TOLD), (CONFIRM, {"code": "1"}))]

    assert [403, 403] == refused
    assert Browser(campus).is_answered("POST", BEGIN, TOLD)[0] == 401
