"""A socket that does not come to be open leaves nothing behind that says it is."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import request
from socketio.exceptions import ConnectionRefusedError

from backend.kernel.errors import Unavailable
from backend.people.handset_store import sids_of
from backend.web import live
from mobile_api.live import HandsetNamespace
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.wireless import wireless


class Entrance:
    """Where handsets' sockets open, and what became of them; `still_there` is whether the connection below is."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.still_there = True
        self.sockets = wireless()
        self.departed: list[str] = []
        self.namespace = HandsetNamespace(
            "/handset",
            streams=self.sockets,
            departed=self.departed.append,
            process="here",
            clock=campus.clock,
            take_receipt=lambda *_, **__: 0,
        )
        server = SimpleNamespace(get_environ=lambda sid, namespace: {} if self.still_there else None)
        self.namespace.socketio = SimpleNamespace(server=server)

    def refuses(self, person: Person) -> dict[str, Any]:
        """What the client is told."""
        with self.campus.service.app.test_request_context():
            request.sid = "sid"  # type: ignore[attr-defined]
            with pytest.raises(ConnectionRefusedError) as refused:
                self.namespace.on_connect({"token": person.token})
        told: dict[str, Any] = refused.value.error_args
        return told


def test_one_whose_connection_ends_while_the_store_is_waited_for_is_forgotten(campus: CampusStage) -> None:
    """
    Its end was said before it was open and is not said again: whoever noted it then had it open for ever.
    """
    officer = campus.officer()
    entrance = Entrance(campus)
    entrance.still_there = False

    entrance.refuses(officer)

    assert ["sid"] == entrance.departed
    assert [] == entrance.sockets.sids


def test_one_whose_stream_cannot_be_read_is_refused_and_not_written_down(
    campus: CampusStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    The phone is told, and tries again; left without an answer it would wait for one on an open connection.
    """
    officer = campus.officer()
    entrance = Entrance(campus)
    before = campus.database.read(sids_of, entrance.namespace.process)

    def away(*_: Any) -> int:
        raise Unavailable("We cannot look this up just now.")

    monkeypatch.setattr(live, "starting_point", away)
    told = entrance.refuses(officer)

    assert "We cannot look this up just now." == told["title"]
    assert before == campus.database.read(sids_of, entrance.namespace.process)
    assert [] == entrance.sockets.sids
