"""A message holds what was to be said and nothing that words could smuggle in."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any
from uuid import uuid4

from hypothesis import given, strategies as st

from notifications.channels.letter import Letter
from notifications.channels.mail_message import WHICH_WORDS, is_address, message_of
from notifications.channels.mail_relay import Relay, Secrecy

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
RELAY = Relay("127.0.0.1", 25, Secrecy.NONE, "Campus Safety <safety@campus.example>")

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}


def letter(sentence: str = "A case for your team waits in Bluelight", **more: Any) -> Letter:
    told = {"by": "email", "delivery_id": str(uuid4()), "kind": "mailbox", "value": "team@campus.example"}
    return Letter(**{**told, "sentence": sentence, "data": {}, **more})


def arrived(one: Letter) -> Any:
    """The message as whoever receives it reads its bytes."""
    return message_from_bytes(bytes(message_of(one, RELAY, now=NOW)), policy=policy.default)


@given(words=st.text(max_size=400), title=st.none() | st.text(max_size=400))
def test_whatever_the_words_are_they_begin_no_header_and_end_no_message(words: str, title: str | None) -> None:
    """
    Line breaks, halves of characters and control signs: one recipient, the same headers, seven bits.
    """
    one = letter(words, title=title)

    found = arrived(one)

    raw = bytes(message_of(one, RELAY, now=NOW))
    assert HEADERS == set(found.keys())
    assert "team@campus.example" == found["To"]
    assert "\n" not in found["Subject"]
    assert raw.isascii()
    assert all(len(line) < 998 for line in raw.split(b"\r\n"))


def test_a_header_cannot_be_smuggled_into_a_subject() -> None:
    """
    It becomes a part of the words.
    """
    found = arrived(letter(title="Fire\r\nBcc: everybody@campus.example\r\n\r\nRun"))

    assert "Fire Bcc: everybody@campus.example Run" == found["Subject"]
    assert None is found["Bcc"]


def test_mail_about_a_case_holds_one_sentence_and_ids() -> None:
    """
    Whatever else the delivery knows.
    """
    data = {"incident_id": "c-1", "kind": "help", "note": "chest pain", "quiet": True}

    found = arrived(letter(data=data))

    assert "A case for your team waits in Bluelight" == found["Subject"]
    assert ["A case for your team waits in Bluelight", "", "incident: c-1"] == found.get_content().splitlines()


def test_what_belongs_to_one_broadcast_stands_in_one_thread() -> None:
    """
    For each who gets it; another broadcast is another thread.
    """
    found = [
        arrived(letter(title=title, data={"broadcast_id": broadcast}))["References"]
        for title, broadcast in [("Gas leak", "b-1"), ("Update: gas leak", "b-1"), ("Flood", "b-2")]
    ]

    first, update, other = found
    assert first == update
    assert first != other


def test_an_update_is_another_message_and_the_same_words_again_are_the_same() -> None:
    """
    A broadcast's letters to one person share their delivery's id: a mail client must not take one for another.
    """
    person = str(uuid4())
    told = [("b-1", 1, "aa"), ("b-1", 1, "aa"), ("b-1", 2, "bb"), ("b-2", 1, "aa")]

    found = [
        arrived(letter(title="Gas leak", delivery_id=person, data=dict(zip(WHICH_WORDS, one, strict=True))))
        for one in told
    ]

    first, again, update, other = [one["Message-ID"] for one in found]
    assert first == again
    assert 3 == len({first, update, other})


@given(value=st.text(max_size=40))
def test_an_address_is_one_word(value: str) -> None:
    """
    Nothing that is taken for one can hold a break, a space or a second address.
    """
    taken = is_address(value)

    assert not taken or (1 == value.count("@") and not any(sign.isspace() or sign in ',;<>"' for sign in value))
