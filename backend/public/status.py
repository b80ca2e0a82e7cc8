"""The public page and the recorded line: what is in force, for anybody, without a sign-in, a cookie or a script."""

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, request

from backend.open_pages import recorded_line, status_page
from backend.open_pages.truth import Truth
from backend.public.answers import cacheable
from backend.public.remembering import truth_or_memory

HTML, JSON, TEXT, XML = "text/html", "application/json", "text/plain", "text/xml"

#: More than a person reads; a longer list is no wish.
MOST_LANGUAGES = 10

bp = Blueprint("status", __name__)


@bp.get("/status")
def page() -> Response:
    """The page, or its data for a display that asks for JSON."""
    wants_data = request.accept_mimetypes.best_match([HTML, JSON], default=HTML) == JSON
    return _data() if wants_data else _page()


@bp.get("/status.json")
def data() -> Response:
    """The same as data."""
    return _data()


@bp.get("/status/recorded-line")
def line() -> Response:
    """The script of the recorded line; TwiML for whoever asks for XML."""
    truth, stale = truth_or_memory()
    if truth is None:
        return _unknown()
    if _wants_twiml():
        return _answer(truth, recorded_line.twiml(truth, stale=stale), XML, stale=stale)
    return _answer(truth, recorded_line.script(truth, stale=stale), TEXT, stale=stale)


def _page() -> Response:
    truth, stale = truth_or_memory()
    if truth is None:
        return _unknown()
    languages = _languages()
    body = status_page.as_page(status_page.as_data(truth, languages, stale=stale))
    return _answer(truth, body, HTML, *languages, stale=stale)


def _data() -> Response:
    truth, stale = truth_or_memory()
    if truth is None:
        return _unknown()
    languages = _languages()
    body = current_app.json.dumps(status_page.as_data(truth, languages, stale=stale))
    response = _answer(truth, body, JSON, *languages, stale=stale)
    # For displays on other sites: it is public, and carries nobody's cookie.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _answer(truth: Truth, body: str | bytes, media: str, *languages: str, stale: bool) -> Response:
    # What was remembered is told to nobody as "still the same".
    mark = None if stale else truth.mark(media, *languages)
    content_type = media if media == JSON else f"{media}; charset=utf-8"
    return cacheable(body, content_type, mark=mark, vary="Accept, Accept-Language")


def _unknown() -> Response:
    response = Response(status_page.when_nothing_is_known(), status=503, content_type=f"{HTML}; charset=utf-8")
    response.headers.update({"Cache-Control": "no-store", "Retry-After": "2"})
    return response


def _languages() -> Sequence[str]:
    """What the reader chose on the page, before what their browser says."""
    chosen = request.args.get("lang")
    accepted = [tag for tag, quality in request.accept_languages if quality > 0 and tag != "*"]
    return [*([chosen] if chosen else []), *accepted][:MOST_LANGUAGES]


def _wants_twiml() -> bool:
    if request.args.get("format") == "twiml":
        return True
    return request.accept_mimetypes.best_match([TEXT, XML, "application/xml"], default=TEXT) != TEXT
