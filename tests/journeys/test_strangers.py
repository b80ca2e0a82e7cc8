"""A stranger gets a problem from every door, and nothing else."""

import pytest

from backend.web.access import ROLES
from tests.campus import CampusStage

SOME_ID = "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"

#: What anybody may read.
OPEN = {
    "/v1/campus",
    "/v1/guidance",
    "/v1/concerns",
    "/v1/concerns/keys",
    "/v1/concerns/challenge",
    "/v1/concerns/mailbox",
    "/v1/openapi.json",
    "/v1/docs",
    "/healthz",
    "/readyz",
    "/metrics",
}

#: Pages that people read: what is refused there is told in words, not as a problem.
PAGES = {
    "/answer/<token>",
    "/app",
    "/console",
    "/concern",
    "/concern/mailbox",
    "/concern/leave",
    "/concern/parts/<name>",
}

CREDENTIALS = [
    {},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer made-up"},
    {"Authorization": "Bearer \xff\xfe"},
    {"Authorization": "Basic b25lOnR3bw=="},
    {"Authorization": "Bearer " + "x" * 10_000},
]


@pytest.mark.parametrize("headers", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_every_door_answers_a_stranger_with_a_problem(campus: CampusStage, headers: dict[str, str]) -> None:
    """
    Whatever the credentials look like: 401 where one must be somebody, a problem wherever it is refused.
    """
    app = campus.service.app
    odd, locked = [], 0
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<name>", "nothing-here")
        for argument in rule.arguments:
            path = path.replace(f"<uuid:{argument}>", SOME_ID)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            response = campus.client.open(path, method=method, json={}, headers=headers, buffered=True)
            must_sign_in = getattr(app.view_functions[rule.endpoint], ROLES, None) is not None
            locked += must_sign_in
            well = response.status_code == 401 if must_sign_in else response.status_code < 500
            refused_as = "text/html" if rule.rule in PAGES else "application/problem+json"
            if not well or (response.status_code >= 400 and response.mimetype != refused_as):
                odd.append((method, path, response.status_code, response.mimetype))

    assert odd == []
    assert locked >= 19


def test_what_is_open_is_open_on_purpose(campus: CampusStage) -> None:
    """
    A door without a lock is on the list of those that need none, or asks for a password or a code.
    """
    app = campus.service.app

    unlocked = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1") and getattr(app.view_functions[rule.endpoint], ROLES, None) is None
    }

    by_secret = {"/v1/sign-in", "/v1/invitations/accept", "/v1/devices/<uuid:device_id>/taps", "/v1/docs/<name>"}
    by_signature = {"/v1/replies/sms", "/v1/replies/voice", "/v1/replies/status"}
    assert unlocked - by_secret - by_signature <= OPEN


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nowhere", 404),
        ("GET", "/v1/incidents/not-an-id", 404),
        ("DELETE", "/v1/taps", 405),
        ("GET", "/v1/docs/../../pyproject.toml", 404),
    ],
)
def test_an_address_that_is_not_there_is_a_problem(campus: CampusStage, method: str, path: str, status: int) -> None:
    """
    Also where no door was meant.
    """
    response = campus.client.open(path, method=method)

    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.get_json()["status"] == status


def test_a_stranger_who_taps_is_told_whom_to_ring(campus: CampusStage) -> None:
    """
    A refused tap still helps.
    """
    response = campus.client.post("/v1/taps", json={"kind": "emergency"})

    assert response.status_code == 401
    assert "999" in [number["number"] for number in response.get_json()["call"]]
