"""The Flask application: every door on its hinges."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from flask_socketio import SocketIO

from backend.answers.displaying import take_receipt
from backend.console import (
    authenticators,
    board,
    broadcasts,
    cap_proposals,
    cases,
    casework,
    concern_advisers,
    concern_cases,
    concerns,
    desk,
    holds,
    institution,
    map_tiles,
    page as console_page,
    people,
    reports,
    sessions as desk_sessions,
    tallies,
)
from backend.console.live import ConsoleNamespace
from backend.public import answering, cap_feeds, front, status
from backend.public.answers import PUBLIC_URL
from backend.web import api, console_cookie, problems
from backend.web.console_cookie import ConsoleCookie
from backend.web.context import NAME, Context
from backend.web.live import Streams
from infra import operation
from infra.map_tile_settings import widening
from infra.secrets_file import key_of
from infra.settings import Settings
from mobile_api import (
    alerts,
    app as phone,
    campus,
    check_in,
    devices,
    enrolment,
    guidance,
    incidents,
    offers,
    pins,
    profile,
    second_factor,
    sessions,
    stream,
    taps,
)
from mobile_api.anonymous import concerns as lodging, page, page_mailbox, porch
from mobile_api.anonymous.porch import Porch
from mobile_api.live import HandsetNamespace
from notifications.replies import doors as replies

#: Every door of the API, phones first.
DOORS = (
    taps,
    incidents,
    offers,
    check_in,
    devices,
    enrolment,
    pins,
    second_factor,
    sessions,
    profile,
    stream,
    alerts,
    campus,
    guidance,
    desk_sessions,
    authenticators,
    desk,
    board,
    cases,
    casework,
    broadcasts,
    holds,
    people,
    institution,
    reports,
    tallies,
    cap_proposals,
    concerns,
    concern_advisers,
    concern_cases,
    replies,
    lodging,
)

#: What anybody may read, outside the API and its document.
PAGES = (front, phone, console_page, answering, status, cap_feeds, page, page_mailbox)

#: The largest body anybody may send (contract: "more than 1 MiB (413)").
LARGEST_BODY = 1 << 20

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
}


def make_app(settings: Settings, context: Context, pulse: Callable[[], list[str]]) -> Flask:
    """The application with all its doors; it serves nothing by itself."""
    app = Flask("bluelight", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY)
    app.config[PUBLIC_URL] = settings.public_url
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[NAME] = context
    app.extensions[porch.NAME] = porch_of(settings, context)
    app.extensions[console_cookie.PLAIN] = cookie_of(settings)
    app.extensions[map_tiles.NAME] = settings.map_tiles
    app.extensions[replies.ACCOUNT] = settings.telephone
    problems.install(app)
    document = api.install(app)
    for door in DOORS:
        document.register_blueprint(door.bp)
    for open_page in PAGES:
        app.register_blueprint(open_page.bp)
    operation.install(app, document, settings, pulse)
    # The last one registered is the first one run: this one widens what the next has set.
    if settings.map_tiles:
        app.after_request(widening(settings.map_tiles))
    app.after_request(_harden)
    return app


def porch_of(settings: Settings, context: Context) -> Porch:
    """What the anonymous side is handed, with a secret of its own."""
    return Porch(context.database, context.clock, context.imaging, key_of(settings, "porch"), context.demo)


def cookie_of(settings: Settings) -> ConsoleCookie:
    """What the console's sign-in rests on beside the cookie itself."""
    return ConsoleCookie(key_of(settings, "csrf"), settings.public_url)


def open_sockets(
    socketio: SocketIO,
    streams: Streams,
    departed: Callable[[str], None],
    process: str,
    clock: Callable[[], datetime],
) -> None:
    """Both faces' sockets."""
    told: dict[str, Any] = {"streams": streams, "departed": departed, "process": process, "clock": clock}
    handed = {**told, "take_receipt": take_receipt}
    socketio.on_namespace(HandsetNamespace("/handset", **handed))
    socketio.on_namespace(ConsoleNamespace("/console", **handed))


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.status_code == HTTPStatus.NO_CONTENT:
        response.headers.pop("Content-Type", None)
    if response.mimetype in ("application/json", problems.MEDIA_TYPE):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
