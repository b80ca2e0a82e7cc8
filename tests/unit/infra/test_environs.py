"""What is kept of a request as long as its socket stands."""

import io

from flask import Flask, request
from werkzeug.test import EnvironBuilder

from infra.environs import Environs

ADDRESS = "203.0.113.9"


def kept(**headers: str) -> tuple[Environs, Flask]:
    """One client's, as a socket's handshake leaves it."""
    app = Flask(__name__)
    environ = EnvironBuilder(
        "/socket.io/?EIO=4", base_url="https://campus.example", headers=list(headers.items())
    ).get_environ()
    environs = Environs()
    environs["one"] = {**environ, "REMOTE_ADDR": ADDRESS, "wsgi.input": io.BytesIO(b"x"), "flask.app": app}
    return environs, app


def test_an_event_sees_the_page_it_came_from_and_its_cookie() -> None:
    """
    What the console's door asks for, and nothing that was not said.
    """
    environs, app = kept(Origin="https://campus.example", Cookie="desk=1")

    with app.request_context(environs["one"]):
        seen = request.host, request.scheme, request.headers.get("Origin"), request.cookies.get("desk")
        unsaid = request.headers.get("X-Forwarded-Proto"), request.headers.get("Sec-Fetch-Site")

    assert seen == ("campus.example", "https", "https://campus.example", "1")
    assert unsaid == (None, None)
    assert app is environs.get("one")["flask.app"]


def test_neither_an_address_nor_an_events_own_words_are_kept() -> None:
    """
    An environ is made anew for each event, so that nothing one event hangs on it lives as long as the socket.
    """
    environs, _ = kept()
    environs["one"]["werkzeug.request"] = "the last event"

    again = environs["one"]

    assert "werkzeug.request" not in again
    assert ADDRESS not in repr(again)


def test_who_is_not_there_has_none() -> None:
    """
    As with a dictionary.
    """
    environs, _ = kept()
    del environs["one"]

    assert environs.get("one") is None
    assert "one" not in environs
