"""On the porch nothing of who asks gets past the outermost layer, and nothing that marks them gets out."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, strategies as some

from mobile_api.anonymous.scrubbing import Scrubbing, is_on_the_porch, scrubbed

TELLTALE = "telltale"

#: What a server puts into every request, beside its headers.
NEEDED = {
    "REQUEST_METHOD": "POST",
    "SCRIPT_NAME": "",
    "PATH_INFO": "/v1/concerns",
    "QUERY_STRING": "",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "CONTENT_TYPE": "application/json",
    "wsgi.url_scheme": "https",
}


def seen_by(application: Any, environ: dict[str, Any]) -> tuple[list[tuple[str, str]], bytes]:
    """What a client gets: headers and body."""
    told: list[tuple[str, str]] = []

    def start(_status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
        told.extend(headers)

    return told, b"".join(Scrubbing(application)(environ, start))


@given(some.dictionaries(some.from_regex(r"[A-Z][A-Z_]{1,20}", fullmatch=True), some.just(TELLTALE), max_size=20))
def test_no_header_that_anybody_may_invent_comes_in(headers: dict[str, str]) -> None:
    """
    Nor any variable a server or a proxy may set.
    """
    given_ = {**{f"HTTP_{name}": value for name, value in headers.items()}, "REMOTE_ADDR": TELLTALE, **NEEDED}
    given_ = {**{name: TELLTALE for name in headers if name not in NEEDED}, **given_}

    kept = {name: value for name, value in scrubbed(given_).items() if value == TELLTALE}

    assert set(kept) <= {"CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1/concerns", True),
        ("/v1/concerns/mailbox", True),
        ("/v1/concerns/nothing-here", True),
        ("//v1//concerns", True),
        ("/concern", True),
        ("/concern/static/form.js", True),
        ("/Concern", True),
        ("/V1/concerns", True),
        ("/v1/taps", False),
        ("/console/api/concerns", False),
        ("/", False),
    ],
)
def test_it_is_known_which_paths_are_the_porch(path: str, expected: bool) -> None:
    """
    The advisers' desk is not: whoever opens a concern there is written down.
    """
    assert expected is is_on_the_porch(path)


def test_nothing_that_would_mark_a_browser_gets_out() -> None:
    """
    No cookie, no ETag, no name of the request; and no cache keeps the answer.
    """

    def marking(_: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Set-Cookie", TELLTALE), ("ETag", TELLTALE), ("Content-Type", "text/plain")])
        return [b"yes"]

    headers, body = seen_by(marking, dict(NEEDED))

    assert b"yes" == body
    assert [
        ("Content-Type", "text/plain"),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
    ] == headers


def test_a_fault_behind_it_is_answered_and_told_to_nobody() -> None:
    """
    What is raised past here would be logged, and what is written to the error stream as well.
    """
    errors = io.StringIO()

    def broken(environ: Any, _: Any) -> Iterable[bytes]:
        environ["wsgi.errors"].write(TELLTALE)
        raise ZeroDivisionError(TELLTALE)

    _, body = seen_by(broken, {**NEEDED, "wsgi.errors": errors})

    assert b"our-fault" in body
    assert "" == errors.getvalue()


def test_everything_else_goes_through_untouched() -> None:
    """
    The same environment, the same headers.
    """
    environ = {**NEEDED, "PATH_INFO": "/v1/taps", "REMOTE_ADDR": "192.0.2.7"}
    passed: list[Any] = []

    def application(given_: Any, start: Any) -> Iterable[bytes]:
        passed.append(given_)
        start("200 OK", [("ETag", "one")])
        return []

    headers, _ = seen_by(application, environ)

    assert environ is passed[0]
    assert [("ETag", "one")] == headers
