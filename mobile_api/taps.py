"""The tap's door: it opens for anybody we have ever known, and nothing in the body can close it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from backend.campus import campus_store
from backend.campus.emergency_numbers import ANYWHERE
from backend.campus.numbers import call_list
from backend.dispatch.receiving import receive
from backend.kernel.errors import Refusal
from backend.kernel.failpoints import reach
from backend.kernel.vocabulary import Role
from backend.web import problems
from backend.web.access import bearer, opens_to
from backend.web.api import Blueprint
from backend.web.bodies import json_object
from backend.web.context import now, read, write
from mobile_api.incident_schemas import IncidentOut
from mobile_api.tap_body import TapIn, read_tap

bp = Blueprint("taps", __name__, url_prefix="/v1", description="Call for help.")

P = ParamSpec("P")

#: What can be rung when not even the campus can be read.
LAST_RESORT = [{"label": "Emergency services", "number": ANYWHERE, "reach": "external", "dialable": True}]


def with_numbers_to_ring(door: Callable[P, Any]) -> Callable[P, Any]:
    """A tap that is refused says whom to ring instead: every problem of this door carries `call`."""

    @wraps(door)
    def answering(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return door(*args, **kwargs)
        except Refusal as refusal:
            response = problems.of_refusal(refusal)
        except HTTPException as error:
            response = problems.of_http(error)
        except Exception as fault:  # noqa: BLE001 - our own fault must not cost the person the number to ring
            response = problems.of_fault(fault)
        return add_numbers(response)

    return answering


def add_numbers(response: Response) -> Response:
    """Put `call` into a problem."""
    try:
        numbers: Any = call_list(read(campus_store.newest), None)
    except Refusal:
        numbers = LAST_RESORT
    problem = current_app.json.loads(response.get_data())
    response.set_data(current_app.json.dumps({**problem, "call": numbers}))
    return response


@bp.post("/taps")
@bp.response(201, IncidentOut, description="A case was opened.")
@bp.alt_response(200, schema=IncidentOut, description="The tap joined a case, or is known already.")
@bp.doc(requestBody={"content": {"application/json": {"schema": TapIn}}, "description": TapIn.__doc__})
@opens_to(Role.MEMBER)
@with_numbers_to_ring
def raise_tap() -> tuple[Any, int]:
    """Call for help: never refused for its details, never limited, the same tap_id is the same case."""
    case, opened = write(receive, bearer(), read_tap(json_object(request)), now=now())
    reach("after_commit_before_reply")
    return case, 201 if opened else 200
