"""A socket that may not open is told why, and one that may no longer stay is told and closed."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.phone import Phone
from tests.server import PASSWORD, Server, running_server
from tests.socket_line import Refused


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("sockets_end")) as server:
        yield server


@pytest.mark.parametrize(
    ("name", "face", "auth", "type_"),
    [
        ("student1", "handset", {"token": "nobody's"}, "/problems/unauthenticated"),
        ("student1", "handset", {"token": 7}, "/problems/unauthenticated"),
        ("student1", "handset", {"token": ["x"], "last_seq": "x"}, "/problems/unauthenticated"),
        ("student1", "handset", [1, 2], "/problems/unauthenticated"),
        ("student1", "handset", {}, "/problems/unauthenticated"),
        ("student1", "console", None, "/problems/forbidden"),
        ("officer1", "console", None, "/problems/forbidden"),
    ],
)
def test_a_refused_socket_is_told_why(server: Server, name: str, face: str, auth: Any, type_: str) -> None:
    """
    CONNECT_ERROR carries `{type, title}`, and nothing is sent on that socket.
    """
    phone = Phone(server, name, face=face)

    with pytest.raises(Refused) as refused:
        phone.connects(auth=auth)

    told = refused.value.args[0]
    assert type_ == told["type"]
    assert told["title"].endswith(".")
    assert [] == phone.messages


def test_signing_out_ends_the_sockets_of_that_sign_in_and_no_other(server: Server) -> None:
    """
    Within two seconds `signed_out` and DISCONNECT come to the sockets of the ended token; another sign-in stays.
    """
    leaves, stays = Phone(server, "student9"), Phone(server, "student9")
    for phone in (leaves, stays):
        phone.sign_in()
        phone.connects()

    assert 204 == leaves.asks("POST", "/v1/sign-out").status

    leaves.waits_for(lambda one: one["type"] == "signed_out", within_s=2)
    assert leaves.was_ended.wait(2)
    with pytest.raises(Refused):
        leaves.connects()
    assert stays.is_connected
    assert [] == stays.of_type("signed_out")


def test_a_new_password_ends_every_other_sign_in_within_two_seconds(server: Server) -> None:
    """
    Whoever else has signed in as this person is told and cut off; the one who changed it goes on.
    """
    owner, thief = Phone(server, "student10"), Phone(server, "student10")
    for phone in (owner, thief):
        phone.sign_in()
        phone.connects()

    told = {"password": PASSWORD, "new_password": "a much longer one"}
    assert 204 == owner.asks("PUT", "/v1/password", told).status

    thief.waits_for(lambda one: one["type"] == "signed_out", within_s=2)
    assert thief.was_ended.wait(2)
    assert 401 == thief.asks("GET", "/v1/me").status
    assert 401 == thief.taps()[0]
    assert 200 == owner.asks("GET", "/v1/me").status
    assert owner.is_connected
