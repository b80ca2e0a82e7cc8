"""An address and a password open the door; wrong ones slow it for that address and tell nothing."""

import pytest
from werkzeug.test import TestResponse

from backend.kernel.audit import AuditLine
from backend.people import people_store
from backend.people.passwords import hash_password
from tests.campus import CampusStage
from tests.campus_people import Person

PASSWORD = "correct horse battery"
PASSWORD_HASH = hash_password(PASSWORD)

WRONG = "a wrong one"

KNOWN, UNKNOWN = "one@journeys.example", "nobody@journeys.example"


def tries(campus: CampusStage, email: str = KNOWN, password: str = WRONG) -> TestResponse:
    response: TestResponse = campus.client.post("/v1/sign-in", json={"email": email, "password": password})
    return response


def fails(campus: CampusStage, times: int, email: str = KNOWN) -> None:
    for _ in range(times):
        assert tries(campus, email).status_code == 401


def closed(campus: CampusStage, person: Person) -> None:
    """The account is no longer active."""
    campus.database.write(lambda session: setattr(people_store.lock(session, person.id), "active", False))


def test_the_right_password_opens_the_door(campus: CampusStage) -> None:
    """
    The answer names the person and holds a token that is good at once, for ninety days.
    """
    student = campus.student("one", password_hash=PASSWORD_HASH)

    welcome = tries(campus, KNOWN, PASSWORD).get_json()

    student.token = welcome["access_token"]
    assert student.gets("/v1/me")["email"] == KNOWN
    assert welcome["person"] == {"id": str(student.id), "name": "one", "roles": ["member"]}
    assert welcome["expires_at"] == "2027-02-21T14:00:00+00:00"


def test_an_address_may_be_written_in_capitals_and_with_spaces(campus: CampusStage) -> None:
    """
    Keyboards capitalise and append a space; that is still the same person.
    """
    campus.student("one", password_hash=PASSWORD_HASH)

    assert tries(campus, " One@Journeys.Example ", PASSWORD).status_code == 200


def test_an_unknown_address_and_a_wrong_password_are_told_in_the_same_words(campus: CampusStage) -> None:
    """
    Nobody can find out who has an account here: the whole answers are equal.
    """
    campus.student("one", password_hash=PASSWORD_HASH)
    campus.student("invited")
    closed(campus, campus.student("gone", password_hash=PASSWORD_HASH))

    answers = [
        tries(campus, KNOWN),
        tries(campus, UNKNOWN),
        tries(campus, "invited@journeys.example", PASSWORD),
        tries(campus, "gone@journeys.example", PASSWORD),
    ]

    assert [401] * 4 == [answer.status_code for answer in answers]
    assert ["application/problem+json"] * 4 == [answer.mimetype for answer in answers]
    assert len({answer.text for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_the_sixth_try_must_wait_whether_or_not_the_address_exists(campus: CampusStage, email: str) -> None:
    """
    After five wrong ones even the right password is told to wait, by 429 and Retry-After.
    """
    campus.student("one", password_hash=PASSWORD_HASH)
    fails(campus, 5, email)

    slowed = tries(campus, email, PASSWORD)

    assert slowed.status_code == 429
    assert slowed.headers["Retry-After"] == "1"
    assert slowed.mimetype == "application/problem+json"
    assert (slowed.get_json()["type"], slowed.get_json()["retry_after_s"]) == ("/problems/too-many", 1)


def test_each_further_failure_doubles_the_wait_up_to_five_minutes(campus: CampusStage) -> None:
    """
    1, 2, 4 … and never more than 300 seconds.
    """
    campus.student("one", password_hash=PASSWORD_HASH)
    fails(campus, 4)

    waits = []
    for _ in range(11):
        fails(campus, 1)
        waits.append(int(tries(campus).headers["Retry-After"]))
        campus.clock.now = campus.clock.now.replace(microsecond=0)
        campus.skips(seconds=waits[-1])

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_a_try_while_slowed_does_not_lengthen_the_wait(campus: CampusStage) -> None:
    """
    Only passwords that were looked at count.
    """
    campus.student("one", password_hash=PASSWORD_HASH)
    fails(campus, 5)
    for _ in range(5):
        assert tries(campus).status_code == 429

    campus.skips(seconds=1)

    assert tries(campus, KNOWN, PASSWORD).status_code == 200


def test_sign_ins_that_stand_and_other_addresses_are_not_touched(campus: CampusStage) -> None:
    """
    Somebody who guesses can neither sign the owner out nor keep a neighbour from signing in.
    """
    student = campus.student("one", password_hash=PASSWORD_HASH)
    campus.student("two", password_hash=PASSWORD_HASH)
    fails(campus, 5)

    neighbour = tries(campus, "two@journeys.example", PASSWORD)

    assert tries(campus).status_code == 429
    assert neighbour.status_code == 200
    assert student.gets("/v1/me")["email"] == KNOWN
    assert student.taps()["state"] == "raised"


def test_the_right_password_clears_what_was_counted(campus: CampusStage) -> None:
    """
    After it five wrong ones are free again.
    """
    campus.student("one", password_hash=PASSWORD_HASH)
    fails(campus, 4)
    assert tries(campus, KNOWN, PASSWORD).status_code == 200

    fails(campus, 4)

    assert tries(campus, KNOWN, PASSWORD).status_code == 200


def test_a_failure_leaves_a_line_in_the_audit_and_no_address(campus: CampusStage) -> None:
    """
    The line names the account by its id where there is one, and nothing else.
    """
    student = campus.student("one", password_hash=PASSWORD_HASH)

    fails(campus, 1)
    fails(campus, 1, UNKNOWN)

    lines = campus.database.read(
        lambda session: [
            (line.about_id, line.facts)
            for line in session.query(AuditLine).where(AuditLine.action == "sign_in.failed").order_by(AuditLine.id)
        ]
    )
    assert lines == [(str(student.id), {}), (None, {})]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"password": "x"}, "email"),
        ({"email": KNOWN}, "password"),
        ({"email": KNOWN, "password": ["x"]}, "password"),
        ({"email": KNOWN, "password": "x", "remember": True}, "remember"),
    ],
)
def test_a_field_that_is_wrong_is_named(campus: CampusStage, body: dict[str, object], field: str) -> None:
    """
    What is missing, odd or unknown is told by its name.
    """
    response = campus.client.post("/v1/sign-in", json=body)

    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == [field]
