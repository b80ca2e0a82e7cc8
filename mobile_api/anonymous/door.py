"""The porch's own frame: a blueprint that describes itself, reads strictly, and is silent about what went wrong."""

from typing import Any

import flask_smorest
from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from backend.kernel.errors import Refusal
from backend.web import problems
from backend.web.bodies import StrictParser
from mobile_api.anonymous.porch import current_porch

#: The largest body: a sealed concern of the largest size class, as base64, with its copies.
LARGEST_BODY = 3 << 19

OUR_FAULT = "Something went wrong on our side. Nothing was kept of what you sent; try again, or ring."

REFUSALS = (
    (422, "A field cannot be used; `errors` names it."),
    (429, "Too much is coming in from everywhere at once; `Retry-After`."),
    (503, "No adviser can read a concern yet, or it cannot be written down; `call` says whom to ring."),
)


class BoundedParser(StrictParser):
    """Bodies of few values only, however long one of them is: whoever sends has paid for nothing yet."""

    #: Texts, images, and a copy for each of some hundred keys.
    most_values = 1000


class Blueprint(flask_smorest.Blueprint):
    """
    A door of the porch.

    Nothing that happens here is logged, our own faults neither: a line in a log
    has an hour.
    """

    ARGUMENTS_PARSER = BoundedParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register_error_handler(Exception, told_to_the_reporter)
        self.before_request(_let_sealed_things_in)

    def add_url_rule(self, rule: str, *args: Any, **kwargs: Any) -> None:
        view = kwargs.get("view_func") or (args[1] if len(args) > 1 else None)
        if view is not None:
            docs = getattr(view, "_apidoc", {})
            answers = docs.setdefault("manual_doc", {}).setdefault("responses", {})
            for status, meaning in REFUSALS:
                answers.setdefault(str(status), _problem(meaning))
            view._apidoc = docs
        super().add_url_rule(rule, *args, **kwargs)


def told_to_the_reporter(fault: Exception) -> Response:
    """A refusal or a fault as a problem that says whom to ring; nothing is written down about it."""
    if isinstance(fault, Refusal):
        response = problems.of_refusal(fault)
    elif isinstance(fault, HTTPException):
        response = problems.of_http(fault)
    else:
        response = problems.answer({"type": problems.type_of("our-fault"), "title": OUR_FAULT, "status": 500})
    if response.status_code >= 500:
        response.set_data(current_app.json.dumps({**response.get_json(), "call": current_porch().numbers()}))
    return response


def _let_sealed_things_in() -> None:
    request.max_content_length = LARGEST_BODY


def _problem(meaning: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {"description": meaning, "content": {problems.MEDIA_TYPE: {"schema": schema}}}
