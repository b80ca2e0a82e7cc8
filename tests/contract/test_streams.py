"""A stream survives its socket: what was missed follows, in order and without a gap."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from tests.phone import LIBRARY, Message, Phone, eventually
from tests.server import Server, running_server
from tests.socket_line import Refused

#: How many threads of one person speak at once.
VOICES = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("streams")) as server:
        yield server


@pytest.fixture
def case(server: Server) -> Iterator[tuple[Phone, Phone, str]]:
    """
    A student and the officer who has their case.
    """
    student, officer = Phone(server, "student1"), Phone(server, "officer1")
    officer.goes_on_duty(at=LIBRARY)
    _, case = student.taps("help", at=LIBRARY)
    assert eventually(lambda: any(one["incident"]["id"] == case["id"] for one in officer.offers()))
    offer = next(one for one in officer.offers() if one["incident"]["id"] == case["id"])
    assert officer.accepts(offer["id"]).status == 200
    yield student, officer, case["id"]
    officer.moves(case["id"], "resolved")
    officer.close()
    student.close()


@pytest.mark.parametrize(
    ("cuts", "messages"),
    [(60, 200), pytest.param(200, 500, marks=(pytest.mark.long, pytest.mark.timeout(300)))],
)
def test_a_socket_that_is_cut_again_and_again_misses_nothing(
    server: Server, case: tuple[Phone, Phone, str], cuts: int, messages: int
) -> None:
    """
    Cut at random moments while others speak: every message comes, and each connection is contiguous.
    """
    student, officer, incident_id = case
    chance = random.Random(cuts)
    known = _last_by_http(officer)
    spoken: list[str] = []
    speakers = [threading.Thread(target=_speak, args=(student, incident_id, voice, messages, cuts, spoken))
                for voice in range(VOICES)]  # fmt: skip
    connections: list[tuple[int, list[Message]]] = []
    for speaker in speakers:
        speaker.start()

    # What is told of an earlier test's case, now closed, comes without its words.
    beginning = known
    for _ in range(cuts):
        begins_at = len(officer.messages)
        officer.connects(last_seq=known)
        time.sleep(chance.choice((0.0, 0.01, 0.05, 0.1)) * chance.random())
        officer.cut()
        connections.append((known, officer.messages[begins_at:]))
        known = max((one["seq"] for one in officer.messages), default=known)
    for speaker in speakers:
        speaker.join(120)
    begins_at = len(officer.messages)
    officer.connects(last_seq=known)
    assert eventually(lambda: _last(officer) == _last_by_http(officer), within_s=10)
    connections.append((known, officer.messages[begins_at:]))

    assert messages // VOICES * VOICES == len(spoken)
    for after, came in connections:
        assert list(range(after + 1, after + 1 + len(came))) == [one["seq"] for one in came]
    assert _one_id_for_each_seq(officer.messages)
    assert sorted(spoken) == sorted(one["data"]["text"] for one in officer.of_type("chat"))
    by_voice = {voice: [text for text in _texts(officer) if text.startswith(f"{voice}/")] for voice in range(VOICES)}
    assert all(texts == [f"{voice}/{number}" for number in range(len(texts))] for voice, texts in by_voice.items())
    told = officer.stream(after=beginning)
    assert [(one["seq"], one["id"], one["type"]) for one in told] == [
        (one["seq"], one["id"], one["type"]) for one in officer.messages
    ]


def test_sync_gives_the_same_messages_with_the_same_ids_again(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    Asked again from the beginning on an open socket, the stream comes again, and what follows goes on behind it.
    """
    student, officer, incident_id = case
    officer.connects()
    assert eventually(lambda: _last(officer) == _last_by_http(officer))
    before = list(officer.messages)

    officer.throws("sync", {"last_seq": 0})
    assert eventually(lambda: len(officer.messages) == 2 * len(before)), len(officer.messages)
    student.says(incident_id, "still here")
    officer.waits_for(lambda one: one["data"].get("text") == "still here")

    again = officer.messages[len(before) : 2 * len(before)]
    assert [(one["seq"], one["id"]) for one in before] == [(one["seq"], one["id"]) for one in again]
    assert before[-1]["seq"] + 1 == officer.messages[-1]["seq"]


def test_two_sockets_of_one_person_get_the_same_stream(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    A phone and a tablet of one student get every message under the same number and id; an officer's stream is another.
    """
    student, officer, incident_id = case
    tablet = Phone(server, "student1")
    tablet.connects()
    student.connects()

    for number in range(20):
        officer.says(incident_id, f"line {number}")
    for phone in (student, tablet):
        phone.waits_for(lambda one: one["data"].get("text") == "line 19")

    assert [(one["seq"], one["id"]) for one in tablet.messages] == [(one["seq"], one["id"]) for one in student.messages]
    assert not {one["id"] for one in student.messages} & {one["id"] for one in officer.stream()}


def test_what_comes_after_a_number_can_be_had_by_http_as_well(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    `GET /v1/stream?after=` gives what follows, and nothing after the last.
    """
    student, officer, incident_id = case
    officer.says(incident_id, "first")
    assert eventually(lambda: any(one["data"].get("text") == "first" for one in student.stream()))
    whole = student.stream()
    middle = len(whole) // 2

    rest = student.stream(after=whole[middle]["seq"])

    assert [one["id"] for one in whole[middle + 1 :]] == [one["id"] for one in rest]
    assert [] == student.stream(after=whole[-1]["seq"])
    assert 422 == student.asks("GET", "/v1/stream?after=-1").status


@pytest.mark.parametrize("last_seq", [-1, 2**60, 1.5, "3", None, True])
def test_an_odd_last_seq_does_not_keep_anybody_from_their_messages(
    server: Server, case: tuple[Phone, Phone, str], last_seq: Any
) -> None:
    """
    Whatever stands there, the socket opens and a new message comes.
    """
    student, officer, incident_id = case
    student.connects(auth={"token": student.token, "last_seq": last_seq})

    officer.says(incident_id, f"after {last_seq!r}")

    assert student.waits_for(lambda one: one["data"].get("text") == f"after {last_seq!r}")


def test_a_phone_that_is_ahead_of_the_stream_still_hears_what_is_new(
    server: Server, case: tuple[Phone, Phone, str]
) -> None:
    """
    A number the server never gave (a restored backup gives it again) does not make an officer deaf.
    """
    student, officer, incident_id = case
    officer.connects(last_seq=_last_by_http(officer) + 1000)

    student.says(incident_id, "can you hear me")

    assert officer.waits_for(lambda one: one["data"].get("text") == "can you hear me")


def test_a_phone_that_was_away_for_too_long_is_told_or_hears_what_is_new(tmp_path: Path) -> None:
    """
    When what it missed is no longer kept, its socket is refused as `stream-too-old` or goes on: never open and silent.
    """
    with running_server(tmp_path) as server:
        student, officer = Phone(server, "student1"), Phone(server, "officer1")
        officer.goes_on_duty()
        _, case = student.taps("help")
        for number in range(5):
            student.says(case["id"], f"line {number}")
        assert eventually(lambda: len(student.stream()) >= 6)
        server.stop()
        _forget_all_but_the_last_message(server)
        server.start()
        assert 410 == student.asks("GET", "/v1/stream?after=1").status

        refusal = _refusal(student, last_seq=1)
        student.says(case["id"], "still here")

        if refusal is None:
            assert student.waits_for(lambda one: one["data"].get("text") == "still here")
        else:
            assert "/problems/stream-too-old" == refusal["type"]


def _refusal(phone: Phone, *, last_seq: int) -> Any:
    """What CONNECT_ERROR gave, or None when the socket is open."""
    try:
        phone.connects(last_seq=last_seq)
    except Refused as refused:
        return refused.args[0]
    return None


def _forget_all_but_the_last_message(server: Server) -> None:
    """As the round that forgets does after seven days."""
    connection = pysqlite3.connect(server.data_dir / "bluelight.db")
    connection.execute(
        "DELETE FROM messages WHERE seq < (SELECT last_seq FROM streams"
        " WHERE streams.person_id = messages.person_id AND streams.face = messages.face)"
    )
    connection.commit()
    connection.close()


def _speak(student: Phone, incident_id: str, voice: int, messages: int, cuts: int, spoken: list[str]) -> None:
    """One thread of the talk, spread over about as long as the cuts take."""
    for number in range(messages // VOICES):
        text = f"{voice}/{number}"
        assert student.says(incident_id, text).status == 201
        spoken.append(text)
        time.sleep(0.02 * cuts / messages)


def _last(phone: Phone) -> int:
    return phone.messages[-1]["seq"] if phone.messages else 0


def _last_by_http(phone: Phone) -> int:
    whole = phone.stream(after=max(_last(phone) - 1, 0))
    return whole[-1]["seq"] if whole else _last(phone)


def _one_id_for_each_seq(messages: list[Message]) -> bool:
    ids: dict[int, str] = {}
    return all(ids.setdefault(one["seq"], one["id"]) == one["id"] for one in messages)


def _texts(phone: Phone) -> list[str]:
    return [one["data"]["text"] for one in phone.of_type("chat")]
