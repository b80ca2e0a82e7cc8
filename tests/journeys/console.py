"""The console's addresses, and the audit log as the journeys read it."""

from typing import Any

from backend.kernel import audit
from backend.kernel.audit import AuditLine
from tests.campus import CampusStage
from tests.campus_people import Person

API = "/console/api"


def case_at(incident_id: str, *further: str) -> str:
    """The address of one case, or of something in it."""
    return "/".join((API, "incidents", incident_id, *further))


def phoned_in(controller: Person, **facts: Any) -> dict[str, Any]:
    """A case this controller raises for somebody who rang."""
    case: dict[str, Any] = controller.posts(f"{API}/incidents", {"kind": "help", **facts}, expecting=201)
    return case


def ids(page: dict[str, Any]) -> list[str]:
    """The ids of a page's items."""
    return [item["id"] for item in page["items"]]


def refusal(person: Person, method: str, path: str, body: Any = None) -> tuple[int, str]:
    """How a request is refused: the status, and the end of the problem's type."""
    response = person.asks(method, path, body)
    assert response.mimetype == "application/problem+json", response.text
    return response.status_code, response.json["type"].rpartition("/")[2]


def faulty_fields(person: Person, path: str, body: Any) -> list[str]:
    """The fields that a refused body is told of."""
    response = person.asks("POST", path, body)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json"), response.text
    return [error["field"] for error in response.json["errors"]]


def lines(campus: CampusStage, **asked: Any) -> list[AuditLine]:
    """The audit's lines, oldest first, of one thing (`about`, `about_id`) or one person (`actor`)."""
    found: list[AuditLine] = campus.database.read(lambda session: list(audit.lines(session, **asked, most=500)))
    return found[::-1]


def looks_of(campus: CampusStage, person: Person) -> list[tuple[str, str | None]]:
    """What this person has looked at, oldest first: the action and the id."""
    looks = ("viewed", "listed", "explained", "verified")
    mine = lines(campus, actor=str(person.id))
    return [(line.action, line.about_id) for line in mine if line.action.rpartition(".")[2] in looks]
