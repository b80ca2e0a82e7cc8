"""Every refusal is told as a problem (RFC 9457), and nothing of our inside with it."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest, MethodNotAllowed, RequestEntityTooLarge, UnprocessableEntity
from werkzeug.test import TestResponse

from backend.kernel.errors import (
    Conflict,
    FieldFault,
    Forbidden,
    Invalid,
    NotFound,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from backend.web import problems
from backend.web.problems import fields_of


def told(fault: Exception) -> TestResponse:
    """What a client gets when a door raises this."""
    app = Flask("x")
    problems.install(app)

    @app.get("/")
    def door() -> str:
        raise fault

    response: TestResponse = app.test_client().get("/")
    return response


@pytest.mark.parametrize(
    ("fault", "status", "slug"),
    [
        (Invalid("No."), 422, "invalid"),
        (Unauthenticated("No."), 401, "unauthenticated"),
        (Unauthenticated("No.", slug="sign-in-expired"), 401, "sign-in-expired"),
        (Forbidden("No."), 403, "forbidden"),
        (NotFound("No."), 404, "not-found"),
        (NotFound("No.", slug="stream-too-old"), 410, "stream-too-old"),
        (Conflict("No.", slug="offer-taken"), 409, "offer-taken"),
        (TooMany("No.", retry_after_s=3), 429, "too-many"),
        (Unavailable("No."), 503, "unavailable"),
        (Unavailable("No.", slug="no-room"), 507, "no-room"),
    ],
)
def test_each_refusal_has_its_status_and_a_stable_type(fault: Exception, status: int, slug: str) -> None:
    """
    The title is the sentence it was raised with.
    """
    response = told(fault)

    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    problem = response.get_json()
    assert (problem["type"], problem["title"], problem["status"]) == (f"/problems/{slug}", "No.", status)


@pytest.mark.parametrize(
    ("fault", "header", "value"),
    [
        (TooMany("Wait.", retry_after_s=3), "Retry-After", "3"),
        (Unauthenticated("No."), "WWW-Authenticate", "Bearer"),
        (Unavailable("No."), "Retry-After", "2"),
        (Unavailable("No.", slug="no-room"), "Retry-After", "2"),
        (MethodNotAllowed(["GET", "PUT"]), "Allow", "GET, PUT"),
    ],
)
def test_what_a_machine_must_know_is_in_a_header(fault: Exception, header: str, value: str) -> None:
    """
    When to come again, how to sign in, which methods there are.
    """
    assert told(fault).headers[header] == value


def test_fields_and_facts_are_members_of_the_problem() -> None:
    """
    Each field with its sentence; ids and names the reader may see beside the title.
    """
    invalid = told(Invalid("No.", [FieldFault("push.kind", "is odd")])).get_json()
    taken = told(Conflict("No.", facts={"taken_by": [{"name": "Olga"}]})).get_json()

    assert invalid["errors"] == [{"field": "push.kind", "message": "is odd"}]
    assert taken["taken_by"] == [{"name": "Olga"}]


@pytest.mark.parametrize(
    ("fault", "status", "slug", "detail"),
    [
        (BadRequest("The body is not JSON."), 400, "bad-request", "The body is not JSON."),
        (RequestEntityTooLarge(), 413, "request-entity-too-large", "Send less than 1 MiB."),
        (MethodNotAllowed(), 405, "method-not-allowed", "This address does not take that method"),
    ],
)
def test_the_frameworks_own_refusals_say_what_to_do(fault: Exception, status: int, slug: str, detail: str) -> None:
    """
    As problems like all others.
    """
    response = told(fault)

    assert (response.status_code, response.get_json()["type"]) == (status, f"/problems/{slug}")
    assert response.get_json()["detail"].startswith(detail)


def test_an_address_that_is_not_there_is_a_problem() -> None:
    """
    Also without a door that could raise.
    """
    app = Flask("x")
    problems.install(app)

    response = app.test_client().get("/nowhere")

    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_our_own_fault_tells_nothing_of_our_inside() -> None:
    """
    Neither the words of the exception nor its kind.
    """
    response = told(LookupError("password of olga@example.org"))

    assert (response.status_code, response.get_json()["type"]) == (500, "/problems/our-fault")
    assert "olga" not in response.text
    assert "LookupError" not in response.text


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ({}, []),
        ({"json": {"kind": ["is odd", "is long"]}}, [("kind", "is odd"), ("kind", "is long")]),
        ({"json": {"push": {"kind": ["is odd"]}}}, [("push.kind", "is odd")]),
        ({"json": {"items": {0: {"seq": ["is missing"]}}}}, [("items.0.seq", "is missing")]),
        ({"query": {"after": ["is no number"]}}, [("after", "is no number")]),
        ({"json": {"json": ["is unknown"]}}, [("json", "is unknown")]),
        ({"json": ["is no object"]}, [("", "is no object")]),
    ],
)
def test_a_tree_of_messages_becomes_dotted_fields(messages: Any, found: list[tuple[str, str]]) -> None:
    """
    Where in the request a field stood is not part of its name.
    """
    assert list(fields_of(messages)) == found


def test_a_field_that_does_not_fit_is_named() -> None:
    """
    What the schemas refuse, as our own refusals of fields.
    """
    fault = UnprocessableEntity()
    fault.data = {"messages": {"json": {"kind": ["is odd"]}}}  # type: ignore[attr-defined]

    problem = told(fault).get_json()

    assert problem["type"] == "/problems/invalid"
    assert problem["errors"] == [{"field": "kind", "message": "is odd"}]
