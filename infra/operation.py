"""What operators and engineers read: health, readiness, metrics, and the API's own document."""

import secrets
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, request, send_from_directory
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from backend.kernel.errors import Forbidden, Unavailable
from backend.web.access import bearer
from backend.web.api import Api
from backend.web.context import context
from infra.metrics import Metrics, can_commit
from infra.settings import Settings

LOOPBACK = {"127.0.0.1", "::1"}

#: The page's own files, and those of the documentation viewer as its package ships them: nothing comes from elsewhere.
PAGES = Path(__file__).parent / "pages"
VIEWER = Path(str(files("flask_swagger_ui"))) / "dist"
VIEWER_FILES = frozenset({"swagger-ui.css", "swagger-ui-bundle.js"})

#: The viewer writes styles into its elements; scripts stay our own.
DOCS_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)


def install(app: Flask, document: Api, settings: Settings, pulse: Callable[[], list[str]]) -> None:
    """Health, readiness, metrics, `/v1/openapi.json` and `/v1/docs`."""
    bp = Blueprint("operation", __name__)
    metrics = Metrics(app)

    @bp.get("/healthz")
    def healthz() -> dict[str, Any]:
        """The process and its rounds move."""
        stuck = pulse()
        if stuck:
            raise Unavailable(f"These rounds have stopped moving: {', '.join(stuck)}.", slug="stuck")
        return {"status": "ok"}

    @bp.get("/readyz")
    def readyz() -> dict[str, Any]:
        """This process can commit a tap; nothing else turns it red. `disk` is there while the disk is tight."""
        database = context().database
        if not database.room.can_take_a_tap():
            raise Unavailable("The disk is full, and its reserve is used up.", slug="no-room")
        database.write(can_commit)
        return {"status": "ready", "disk": "tight"} if database.room.is_tight() else {"status": "ready"}

    @bp.get("/metrics")
    def show_metrics() -> Response:
        """Prometheus text, to loopback or with the token."""
        token = settings.metrics_token
        given = bearer() or ""
        # A proxy on this machine is loopback as well; whoever it speaks for is not.
        local = request.remote_addr in LOOPBACK and "X-Forwarded-For" not in request.headers
        allowed = secrets.compare_digest(given.encode(), token.encode()) if token else local
        if not allowed:
            raise Forbidden("Metrics are for loopback, or for whoever has the token.")
        return Response(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)

    @bp.get("/v1/openapi.json")
    def openapi() -> Response:
        """The API's document, made from the code."""
        return Response(document.written, mimetype="application/json")

    @bp.get("/v1/docs")
    def docs() -> Response:
        """The same, to read and to try."""
        page = send_from_directory(PAGES, "docs.html")
        page.headers["Content-Security-Policy"] = DOCS_CSP
        return page

    @bp.get("/v1/docs/<name>")
    def docs_file(name: str) -> Response:
        return send_from_directory(VIEWER if name in VIEWER_FILES else PAGES, name, max_age=3600)

    app.register_blueprint(bp)
