"""What was built for browsers from TypeScript: a face's page, and its files under names that never change."""

import re
from pathlib import Path

from flask import Response, make_response, send_from_directory
from werkzeug.exceptions import NotFound as NoSuchFile

from backend.kernel.errors import NotFound

#: A name with its content's hash in it stands for these bytes for ever.
HASHED = re.compile(r"[\w-]+-(?:[0-9a-f]{12}|[0-9A-Z]{8})\.\w+")
FOR_EVER = "public, max-age=31536000, immutable"

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bluelight</title>
<p>This page is not built here: type <code>make pages</code> and load it again.
In danger ring <a href="tel:999">999</a>.</p></html>
"""


def front(built: Path) -> Response:
    """The page of a build, asked for anew each time, for it names the files of its own; else how to build it."""
    try:
        response = send_from_directory(built, "index.html")
    except NoSuchFile:
        response = make_response(NOT_BUILT, 404)
    response.headers["Cache-Control"] = "no-cache"
    return response


def file(built: Path, name: str) -> Response:
    """One file of a build. Raises NotFound."""
    try:
        response = send_from_directory(built, name)
    except NoSuchFile:
        raise NotFound("There is no such file.") from None
    response.headers["Cache-Control"] = FOR_EVER if HASHED.fullmatch(name) else "no-cache"
    return response
