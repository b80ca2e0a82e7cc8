"""The console in the browser: `/console`, built from backend/console/web; what it shows is asked for by its scripts."""

from pathlib import Path

from flask import Blueprint, Response

from backend.web import built_pages

BUILT = Path(__file__).parent / "web" / "built"

bp = Blueprint("console_page", __name__, url_prefix="/console")


@bp.get("")
def page() -> Response:
    """The page."""
    return built_pages.front(BUILT)


@bp.get("/<name>")
def part(name: str) -> Response:
    """A script, a style sheet or a picture."""
    return built_pages.file(BUILT, name)
