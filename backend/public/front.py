"""What this is, at `/`: one sentence, the ways in for whoever comes, and in a demonstration who can be tried."""

from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, send_from_directory

from backend.web.context import context

PAGES = Path(__file__).parent / "pages"

#: The measures and colours of every face.
BROWSER = Path(__file__).parents[1] / "web" / "browser"
TOKENS = ("tokens.css", "dark.css")

bp = Blueprint("front", __name__, template_folder=str(PAGES))


@bp.get("/")
def page() -> Response:
    """The page; it needs no script."""
    response = make_response(render_template("front.html", demo=context().demo))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/static/<name>")
def part(name: str) -> Response:
    """
    A style sheet or the icon.

    Asked for anew each time and answered 304 when it is the same: a page whose
    parts are of two versions would look in ways nobody could explain.
    """
    return send_from_directory(BROWSER if name in TOKENS else PAGES / "static", name, max_age=0)
