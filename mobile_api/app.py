"""The phone in the browser: `/app`, built from mobile_api/pwa, and said so where it is not built."""

from pathlib import Path

from flask import Blueprint, Response

from backend.web import built_pages

BUILT = Path(__file__).parent / "pwa" / "built"

bp = Blueprint("app", __name__, url_prefix="/app")


@bp.get("")
def page() -> Response:
    """The page."""
    return built_pages.front(BUILT)


@bp.get("/<name>")
def part(name: str) -> Response:
    """A script, a style sheet, a picture, the manifest or the service worker, which may serve all of `/app`."""
    response = built_pages.file(BUILT, name)
    if name == "sw.js":
        response.headers["Service-Worker-Allowed"] = "/app"
    return response
