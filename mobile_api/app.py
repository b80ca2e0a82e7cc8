"""The phone in the browser: `/app`, built from mobile_api/pwa, and said so where it is not built."""

import re
from pathlib import Path

from flask import Blueprint, Response, make_response, send_from_directory
from werkzeug.exceptions import NotFound as NoSuchFile

from backend.kernel.errors import NotFound

BUILT = Path(__file__).parent / "pwa" / "built"

#: A name with its content's hash in it stands for these bytes for ever.
HASHED = re.compile(r"[\w-]+-[0-9a-f]{12}\.\w+")
FOR_EVER = "public, max-age=31536000, immutable"

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bluelight</title>
<p>The phone is not built here: type <code>make pages</code> and load this page again.
In danger ring <a href="tel:999">999</a>.</p></html>
"""

bp = Blueprint("app", __name__, url_prefix="/app")


@bp.get("")
def page() -> Response:
    """The page."""
    return front(BUILT)


@bp.get("/<name>")
def part(name: str) -> Response:
    """A script, a style sheet, a picture, the manifest or the service worker."""
    return file(BUILT, name)


def front(built: Path) -> Response:
    """The page of a build, asked for anew each time, for it names the files of its own; else how to build it."""
    try:
        response = send_from_directory(built, "index.html")
    except NoSuchFile:
        response = make_response(NOT_BUILT, 404)
    response.headers["Cache-Control"] = "no-cache"
    return response


def file(built: Path, name: str) -> Response:
    """One file of a build; the service worker may serve all of `/app`. Raises NotFound."""
    try:
        response = send_from_directory(built, name)
    except NoSuchFile:
        raise NotFound("There is no such file.") from None
    response.headers["Cache-Control"] = FOR_EVER if HASHED.fullmatch(name) else "no-cache"
    if name == "sw.js":
        response.headers["Service-Worker-Allowed"] = "/app"
    return response
