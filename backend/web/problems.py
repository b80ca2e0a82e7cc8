"""How a refusal is told: RFC 9457 problem details, and the only place that knows status codes."""

from collections.abc import Iterator
from typing import Any

import structlog
from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from backend.kernel.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    TooMany,
    Unauthenticated,
    Unavailable,
)

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[Refusal], int] = {
    Invalid: 422,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
}

#: Refusals with a status of their own.
SPECIAL = {"stream-too-old": 410, "no-room": 507}

#: What to do, for those refusals of the framework that a person may meet.
ADVICE = {
    400: "Send a JSON object in UTF-8.",
    404: "There is nothing at this address.",
    405: "This address does not take that method; Allow names those it takes.",
    413: "Send less than 1 MiB.",
    415: "Send JSON.",
}


def install(app: Flask) -> None:
    """Tell every refusal and every fault of this application as a problem."""
    app.register_error_handler(Refusal, of_refusal)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, of_fault)


def of_refusal(refusal: Refusal) -> Response:
    status = SPECIAL.get(refusal.kind, STATUS[type(refusal)])
    problem: dict[str, Any] = {"type": type_of(refusal.kind), "title": refusal.title, "status": status, **refusal.facts}
    if refusal.errors:
        problem["errors"] = [{"field": fault.field, "message": fault.message} for fault in refusal.errors]
    response = answer(problem)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in (503, 507):
        response.headers["Retry-After"] = "2"
    return response


def of_http(error: HTTPException) -> Response:
    """The framework's own refusals: a bad body, an unknown address, a field that does not fit."""
    status = error.code or 500
    slug = (error.name or "error").lower().replace(" ", "-")
    problem: dict[str, Any] = {"type": type_of(slug), "title": error.name, "status": status}
    messages = getattr(error, "data", {}).get("messages") if isinstance(getattr(error, "data", None), dict) else None
    if status == 422:
        problem.update(type=type_of("invalid"), title="Some fields cannot be used.")
        problem["errors"] = [{"field": field, "message": text} for field, text in fields_of(messages or {})]
    else:
        problem["detail"] = ADVICE.get(status) or error.description
        if status == 400 and error.description:
            problem["detail"] = error.description
    response = answer(problem)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def of_fault(fault: Exception) -> Response:
    """Our own mistake: said as such, with nothing of its inside; the log has the trace and no data."""
    log.error("request.failed", fault=type(fault).__name__, exc_info=fault)
    return answer(
        {
            "type": type_of("our-fault"),
            "title": "Something went wrong on our side. Nothing you sent was lost by you; try again.",
            "status": 500,
        }
    )


def answer(problem: dict[str, Any]) -> Response:
    body = current_app.json.dumps(problem)
    return Response(body, status=problem["status"], content_type=MEDIA_TYPE)


def type_of(slug: str) -> str:
    """The stable `type` of a problem: a reference that its last part names."""
    return f"/problems/{slug}"


def fields_of(messages: Any, path: str = "", *, outermost: bool = True) -> Iterator[tuple[str, str]]:
    """marshmallow's tree of messages as pairs of a dotted field and a sentence."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            where = outermost and name in ("json", "query", "headers")
            yield from fields_of(inner, path if where else f"{path}.{name}".lstrip("."), outermost=False)
    elif isinstance(messages, list):
        for inner in messages:
            yield from fields_of(inner, path, outermost=False)
    else:
        yield path, str(messages)
