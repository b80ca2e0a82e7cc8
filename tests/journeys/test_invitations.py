"""An invitation sets the first password, once and in time."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from backend.people import people_store
from backend.people.inviting import invite
from tests.campus import CampusStage

ADDRESS = "one@journeys.example"
PASSWORD = "correct horse battery"
NOT_GOOD = (422, "/problems/invitation-not-good")


def invited(campus: CampusStage) -> str:
    campus.student("one")
    code: str = campus.database.write(invite, ADDRESS, by=None, now=campus.clock())
    return code


def accepts(campus: CampusStage, code: str, password: str = PASSWORD) -> TestResponse:
    body: dict[str, Any] = {"code": code, "password": password}
    response: TestResponse = campus.client.post("/v1/invitations/accept", json=body)
    return response


def told(response: TestResponse) -> tuple[int, str]:
    return response.status_code, response.get_json()["type"]


def test_an_invitation_sets_a_password_and_signs_in(campus: CampusStage) -> None:
    """
    The answer is a sign-in, and the password is good from then on.
    """
    code = invited(campus)

    accepted = accepts(campus, code)

    assert accepted.status_code == 200
    token = accepted.get_json()["access_token"]
    me = campus.client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.get_json()["email"] == ADDRESS
    body = {"email": ADDRESS, "password": PASSWORD}
    assert campus.client.post("/v1/sign-in", json=body).status_code == 200
    assert campus.audit_faults() == []


def test_an_invitation_is_good_once(campus: CampusStage) -> None:
    """
    Whoever finds it afterwards changes nothing.
    """
    code = invited(campus)
    accepts(campus, code)

    second = accepts(campus, code, "somebody else's password")

    assert told(second) == NOT_GOOD
    body = {"email": ADDRESS, "password": "somebody else's password"}
    assert campus.client.post("/v1/sign-in", json=body).status_code == 401


@pytest.mark.parametrize(("days", "good"), [(13.9, True), (14, False), (400, False)])
def test_an_invitation_is_good_for_fourteen_days(campus: CampusStage, days: float, good: bool) -> None:
    """
    On the fourteenth day it is too late, and the answer says to ask for a new one.
    """
    code = invited(campus)
    campus.skips(days=days)

    accepted = accepts(campus, code)

    assert (accepted.status_code == 200) == good
    assert good or told(accepted) == NOT_GOOD


@pytest.mark.parametrize("code", ["made up", "\x00", "é" * 200])
def test_an_unknown_code_is_told_like_a_used_one(campus: CampusStage, code: str) -> None:
    """
    Guessing tells nothing, whatever the code is made of.
    """
    used = invited(campus)
    accepts(campus, used)

    refused = accepts(campus, code or "-")

    assert told(refused) == NOT_GOOD or refused.status_code == 422
    assert refused.mimetype == "application/problem+json"


def test_an_invitation_to_an_account_that_was_closed_is_not_good(campus: CampusStage) -> None:
    """
    Somebody who left meanwhile does not come in by an old letter.
    """
    code = invited(campus)
    campus.database.write(lambda session: setattr(people_store.by_email(session, ADDRESS), "active", False))

    assert told(accepts(campus, code)) == NOT_GOOD


def test_a_password_that_is_too_weak_does_not_use_the_invitation_up(campus: CampusStage) -> None:
    """
    The person may choose again.
    """
    code = invited(campus)
    weak = accepts(campus, code, "short")

    assert weak.status_code == 422
    assert [fault["field"] for fault in weak.get_json()["errors"]] == ["password"]
    assert accepts(campus, code).status_code == 200
