"""Sockets have a bound: five a person, so many events, and no role or sign-in that was taken."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.phone import Phone, eventually
from tests.server import PASSWORD, Server, running_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("sockets_bounded")) as server:
        yield server


@pytest.fixture(scope="module")
def admin(server: Server) -> Phone:
    """
    The demonstration's admin, who has stepped up: there the password is enough.
    """
    admin = Phone(server, "admin1")
    admin.sign_in()
    answer = admin.asks("POST", "/v1/step-up", {"password": PASSWORD})
    assert answer.status == 200, answer
    return admin


def heard(phone: Phone, event: str) -> list[Any]:
    return [data for name, data in phone.heard if name == event]


def person_id(phone: Phone) -> str:
    found: str = phone.asks("GET", "/v1/me").body["id"]
    return found


def test_the_sixth_socket_closes_the_oldest_and_says_why(server: Server) -> None:
    """
    `closing`, and not `signed_out`: the sign-in stands, and the closed one may come back.
    """
    phones = [Phone(server, "student3") for _ in range(6)]

    for phone in phones:
        phone.connects()

    assert phones[0].was_ended.wait(2)
    assert ["/problems/too-many-sockets"] == [told["type"] for told in heard(phones[0], "closing")]
    assert [] == phones[0].of_type("signed_out")
    assert all(phone.is_connected for phone in phones[1:])
    phones[0].connects()
    assert phones[1].was_ended.wait(2)
    assert phones[0].is_connected


def test_a_taken_role_closes_the_sockets_it_had_open(server: Server, admin: Phone) -> None:
    """
    Within two seconds `signed_out` and DISCONNECT, and the token stands.
    """
    console = Phone(server, "controller2", face="console")
    console.connects()
    assert server.tokens["controller2"] == console.token

    answer = admin.asks("PUT", f"/console/api/people/{person_id(console)}/roles", {"roles": []})

    assert (200, ["member"]) == (answer.status, answer.body["roles"])
    console.waits_for(lambda one: one["type"] == "signed_out", within_s=2)
    assert console.was_ended.wait(2)
    assert 200 == console.asks("GET", "/v1/me").status
    assert 403 == console.asks("GET", "/console/api/board").status


def test_the_control_room_ends_one_of_two_phones_within_two_seconds(server: Server) -> None:
    """
    Its sockets close; the other phone's stay open.
    """
    lost, kept, controller = Phone(server, "officer6"), Phone(server, "officer6"), Phone(server, "controller1")
    for phone in (lost, kept):
        phone.sign_in()
        phone.connects()
    door = f"/console/api/sessions/{person_id(lost)}"
    (mine,) = [one for one in lost.asks("GET", "/v1/sessions").body["items"] if one["current"]]
    assert mine["id"] in [one["id"] for one in controller.asks("GET", door).body["items"] if one["sockets"] == 1]

    assert 200 == controller.asks("POST", f"{door}/end", {"session": mine["id"]}).status

    lost.waits_for(lambda one: one["type"] == "signed_out", within_s=2)
    assert lost.was_ended.wait(2)
    assert 401 == lost.asks("GET", "/v1/me").status
    assert kept.is_connected
    assert 200 == kept.asks("GET", "/v1/me").status


def test_a_receipt_above_the_budget_is_refused_in_words(server: Server) -> None:
    """
    As its acknowledgement, and as `refused` for who waits for none; a second later it is taken.
    """
    phone = Phone(server, "student4")
    phone.connects()
    receipt = {"message_ids": [str(uuid4())], "stage": "displayed"}
    for _ in range(120):
        phone.throws("receipt", receipt)

    answer = phone.sends("receipt", receipt)

    assert "/problems/too-many" == answer["type"]
    told = heard(phone, "refused")
    assert told
    assert all((one["event"], one["type"]) == ("receipt", "/problems/too-many") for one in told)
    assert eventually(lambda: phone.sends("receipt", receipt) == {"confirmed": 0})
    assert phone.is_connected


def test_who_floods_is_disconnected_and_still_taps(server: Server) -> None:
    """
    Whatever the events are called; the sign-in stands, and a tap does not come this way.
    """
    phone = Phone(server, "student5")
    phone.connects()

    for number in range(2000):
        if phone.was_ended.is_set():
            break
        phone.throws(("sync", "nonsense", "connect", "disconnect")[number % 4], {"last_seq": 0, "token": phone.token})

    assert phone.was_ended.wait(5)
    assert ["/problems/too-many-events"] == [told["type"] for told in heard(phone, "closing")]
    assert 201 == phone.taps("help")[0]


@pytest.mark.parametrize("word", ["connect", "disconnect"])
def test_a_client_cannot_say_what_only_the_server_says(server: Server, word: str) -> None:
    """
    Said as an event it changes nothing: the stream goes on, once.
    """
    phone = Phone(server, "student6")
    phone.connects()

    phone.throws(word, {"token": phone.token, "last_seq": 0})
    phone.taps("help")

    phone.waits_for(lambda one: one["type"] == "incident")
    assert {"confirmed": 0} == phone.sends("receipt", {"message_ids": [str(uuid4())], "stage": "displayed"})
    numbers = [one["seq"] for one in phone.messages]
    assert sorted(set(numbers)) == numbers
    assert 0 == server.written().count("Traceback")
