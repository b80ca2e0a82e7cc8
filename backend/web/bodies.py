"""Read what a client sent: strict JSON, whatever it claims to be, cleaned of what no store can keep."""

import json
import re
from typing import Any

from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

#: NUL cannot be kept by PostgreSQL, lone surrogates by no UTF-8 at all.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

#: What one body may hold: a phone's positions of hours without a network are 3,500 values. Each one costs time that
#: every tap waits for, and each unknown one a sentence in the answer. Strokes are counted before anything is parsed.
MOST_VALUES = 6000
MOST_STROKES = 40_000
TOO_MANY = "More fields than anything here has."

#: Longer ones fit no field, nor even a float.
LONGEST_INTEGER = 310


def parse(body: bytes) -> Any:
    """
    The JSON of a body.

    Raises BadRequest for bytes that are not UTF-8, for what is not JSON (NaN and
    Infinity are not), and for nesting nobody needs.
    """
    try:
        return clean(json.loads(body.decode("utf-8"), parse_int=_integer, parse_constant=_no_such_number))
    except UnicodeDecodeError as fault:
        raise BadRequest("The body is not UTF-8.") from fault
    except RecursionError as fault:
        raise BadRequest("The body is nested too deeply.") from fault
    except ValueError as fault:
        raise BadRequest("The body is not JSON.") from fault


def clean(value: Any) -> Any:
    """The same value with every character that cannot be kept taken out."""
    if isinstance(value, str):
        return _UNKEEPABLE.sub("", value) if _UNKEEPABLE.search(value) else value
    if isinstance(value, list):
        return [clean(inner) for inner in value]
    if isinstance(value, dict):
        return {clean(name): clean(inner) for name, inner in value.items()}
    return value


def json_object(request: Request) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty one. Raises BadRequest for anything else."""
    body = request.get_data(cache=True)
    value = parse(body) if body.strip() else {}
    if not isinstance(value, dict):
        raise BadRequest("The body must be a JSON object.")
    return value


def small_object(request: Request, most_values: int) -> dict[str, Any]:
    """The same where it may be refused for its size: RequestEntityTooLarge for more than anything here has."""
    body = request.get_data(cache=True)
    if sum(body.count(stroke) for stroke in (b",", b"[", b"{")) > MOST_STROKES:
        raise RequestEntityTooLarge(TOO_MANY)
    value = json_object(request)
    rest: list[Any] = [value]
    seen = 0
    while rest:
        one = rest.pop()
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        seen += len(inside)
        if seen > most_values:
            raise RequestEntityTooLarge(TOO_MANY)
        rest.extend(inside)
    return value


class StrictParser(FlaskParser):
    """Bodies by `small_object`, so that every door reads alike."""

    #: Of one body; a door may have fewer.
    most_values = MOST_VALUES

    def load_json(self, req: Request, schema: Any) -> Any:
        return small_object(req, self.most_values)

    def _raw_load_json(self, req: Request) -> Any:
        return small_object(req, self.most_values) or core.missing


def _integer(digits: str) -> int | float:
    """Python refuses to read more than 4,300 digits; JSON does not, and a tap is not refused for a field."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


def _no_such_number(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
