"""A sign-in slides on, runs out, or is ended; a tap is the last thing it is good for."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from backend.people.passwords import hash_password
from backend.people.signing_in import sign_in
from backend.people.signing_out import end_sessions
from backend.web.access import ROLES
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import refusal

PASSWORD = "correct horse battery"
PASSWORD_HASH = hash_password(PASSWORD)
SOME_ID = "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"


#: A sign-in that ran out lately is good for them.
CALLS_FOR_HELP = ("/v1/taps", "/v1/broadcasts/<uuid:broadcast_id>/answer")


def locked_doors(campus: CampusStage) -> Iterator[tuple[str, str]]:
    """Every method and address that asks who one is, but those by which somebody may be calling for help."""
    app = campus.service.app
    for rule in app.url_map.iter_rules():
        if getattr(app.view_functions[rule.endpoint], ROLES, None) and rule.rule not in CALLS_FOR_HELP:
            path = rule.rule
            for argument in rule.arguments:
                path = path.replace(f"<uuid:{argument}>", SOME_ID)
            yield from ((method, path) for method in sorted(rule.methods or ()) if method not in ("HEAD", "OPTIONS"))


def again(campus: CampusStage, person: Person, name: str = "again") -> Person:
    """The same person on a second handset."""
    welcome = campus.database.write(sign_in, person.id, now=campus.clock())
    return type(person)(campus=campus, id=person.id, name=name, token=welcome.token)


def says(client: FlaskClient, method: str, path: str, token: str) -> tuple[int, str | None, str]:
    response = client.open(path, method=method, json={}, headers={"Authorization": f"Bearer {token}"})
    return response.status_code, response.mimetype, response.get_json()["type"]


def test_a_renewal_slides_the_same_token_on_for_ninety_days(campus: CampusStage) -> None:
    """
    The token does not change, so that an answer lost on the way signs nobody out.
    """
    student = campus.student()
    campus.skips(days=60)

    renewed = student.posts("/v1/renew")

    assert renewed["access_token"] == student.token
    assert renewed["expires_at"] == "2027-04-22T14:00:00+00:00"
    campus.skips(days=89)
    assert student.gets("/v1/me")["name"] == "student"


def test_an_expired_sign_in_opens_no_door_but_the_taps(campus: CampusStage) -> None:
    """
    Every locked door answers 401 `sign-in-expired` as a problem, renewing and signing out among them.
    """
    officer = campus.officer()
    doors = list(locked_doors(campus))

    campus.skips(days=90)

    told = {door: says(campus.client, *door, officer.token) for door in doors}
    assert ("POST", "/v1/renew") in told
    assert len(told) >= 19
    assert {(401, "application/problem+json", "/problems/sign-in-expired")} == set(told.values())


@pytest.mark.parametrize(("days", "status"), [(90, 201), (119, 201), (120, 401), (400, 401)])
def test_an_expired_sign_in_still_taps_for_thirty_days(campus: CampusStage, days: int, status: int) -> None:
    """
    A person in trouble is not asked for a password; after thirty days the refusal says whom to ring.
    """
    student = campus.student()
    campus.skips(days=days)

    tapped = student.asks("POST", "/v1/taps", {"kind": "emergency"})

    assert tapped.status_code == status
    assert tapped.get_json()["call"]


def test_an_ended_sign_in_does_not_even_tap(campus: CampusStage) -> None:
    """
    A phone that was reported lost cannot send officers anywhere; its holder still reads whom to ring.
    """
    student = campus.student()
    campus.database.write(end_sessions, student.id, by=_principal(campus), now=campus.clock())

    tapped = student.asks("POST", "/v1/taps", {"kind": "emergency"})

    assert (tapped.status_code, tapped.mimetype) == (401, "application/problem+json")
    assert tapped.get_json()["call"]
    assert tapped.headers["WWW-Authenticate"] == "Bearer"


def test_nobody_can_bring_an_ended_sign_in_back(campus: CampusStage) -> None:
    """
    Renewing needs one that stands.
    """
    student = campus.student()
    student.posts("/v1/sign-out")

    renewed = student.asks("POST", "/v1/renew")

    assert renewed.status_code == 401


def test_a_new_password_ends_the_others_and_keeps_this_one(campus: CampusStage) -> None:
    """
    The other handsets are out at once, for taps as well; the one in hand goes on.
    """
    here = campus.student("one", password_hash=PASSWORD_HASH)
    there = again(campus, here)

    changed = here.asks("PUT", "/v1/password", {"password": PASSWORD, "new_password": "another good one"})

    assert changed.status_code == 204
    assert here.gets("/v1/me")["name"] == "one"
    assert there.asks("GET", "/v1/me").status_code == 401
    assert there.asks("POST", "/v1/taps", {}).status_code == 401
    assert _signs_in(campus, "another good one") == 200
    assert _signs_in(campus, PASSWORD) == 401


def test_a_handset_that_a_new_password_signed_out_is_not_pushed_to(campus: CampusStage) -> None:
    """
    A signed-out handset gets nothing (promise I13); the one in hand still does.
    """
    here = campus.student("one", password_hash=PASSWORD_HASH)
    there = again(campus, here)
    for person, where in ((here, "in hand"), (there, "stolen")):
        push = {"kind": "fid", "value": where}
        body = {"installation_id": where, "platform": "android", "push": push}
        assert person.asks("PUT", "/v1/handset", body).status_code == 200
    here.asks("PUT", "/v1/password", {"password": PASSWORD, "new_password": "another good one"})

    campus.officer()
    here.taps("help", at=campus.LIBRARY)
    officer = campus.officer("second")
    officer.accepts()

    pushed = {target for one in campus.recorder.sent for target in one.parcel.values}
    assert pushed == {"in hand"}


def test_a_wrong_password_changes_nothing(campus: CampusStage) -> None:
    """
    Whoever finds an open phone cannot lock its owner out.
    """
    here = campus.student("one", password_hash=PASSWORD_HASH)
    there = again(campus, here)

    refused = refusal(here, "PUT", "/v1/password", {"password": "a guess", "new_password": "another good one"})

    assert refused == (403, "wrong-password")
    assert there.gets("/v1/me")["name"] == "one"
    assert _signs_in(campus, PASSWORD) == 200


@pytest.mark.parametrize("password", ["seven77", "x" * 201])
def test_a_password_that_is_too_short_or_too_long_is_refused(campus: CampusStage, password: str) -> None:
    """
    Eight to two hundred characters; the field is named.
    """
    student = campus.student("one", password_hash=PASSWORD_HASH)

    refused = student.asks("PUT", "/v1/password", {"password": PASSWORD, "new_password": password})

    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.get_json()["errors"]] == ["new_password"]


def _signs_in(campus: CampusStage, password: str) -> int:
    body = {"email": "one@journeys.example", "password": password}
    status: int = campus.client.post("/v1/sign-in", json=body).status_code
    return status


def _principal(campus: CampusStage) -> object:
    controller = campus.controller()
    return campus.database.write(sign_in, controller.id, now=campus.clock()).person
