"""One plain page at `/` on which anybody can try it: press, answer, watch."""

from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template, send_from_directory

PAGES = Path(__file__).parent / "pages"

#: In the application's configuration: whether this is a demonstration, in which the page offers its people.
DEMO = "BLUELIGHT_DEMO"

bp = Blueprint("trying", __name__, template_folder=str(PAGES))


@bp.get("/")
def page() -> Response:
    """The page; everything on it is told by its scripts."""
    response = make_response(render_template("index.html", demo=bool(current_app.config.get(DEMO))))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/static/<name>")
def part(name: str) -> Response:
    """
    A script, a style sheet or the icon.

    Asked for anew each time and answered 304 when it is the same: a page whose
    parts are of two versions would fail in ways nobody could explain.
    """
    return send_from_directory(PAGES / "static", name, max_age=0)
