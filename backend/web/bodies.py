"""Read what a client sent: strict JSON, whatever it claims to be, cleaned of what no store can keep."""

import json
import re
from typing import Any

from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

#: NUL cannot be kept by PostgreSQL, lone surrogates by no UTF-8 at all.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

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


class StrictParser(FlaskParser):
    """Bodies by `json_object`, so that every door reads alike."""

    def load_json(self, req: Request, schema: Any) -> Any:
        return json_object(req)

    def _raw_load_json(self, req: Request) -> Any:
        return json_object(req) or core.missing


def _integer(digits: str) -> int | float:
    """Python refuses to read more than 4,300 digits; JSON does not, and a tap is not refused for a field."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


def _no_such_number(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
