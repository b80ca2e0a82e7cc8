"""What processes tell one another: whole, sealed, and nothing to whoever has another secret."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from backend.inbox.message import Message, Recipient
from backend.kernel.vocabulary import Face
from infra.envelope import Envelopes, Letter, NotOurs, Rolled
from notifications.airing import Airing

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def a_letter() -> Letter:
    """With one of everything."""
    whose = Recipient(uuid4(), Face.CONSOLE)
    message = Message(whose, 7, uuid4(), "incident", AT, {"position": {"latitude": 51.4985}}, uuid4())
    airing = Airing(uuid4(), 2, 9, exercise=False, is_everyones=True, ended=False, data={"title": "Fire – Bât. 3"})
    return Letter(
        "one",
        AT,
        ("sending",),
        (message,),
        ((uuid4(), "hash"), (uuid4(), None)),
        (airing,),
        (Rolled(uuid4(), 1, (uuid4(),)),),
    )


def test_a_letter_is_read_as_it_was_written() -> None:
    """
    Ids, instants, data and all.
    """
    letter = a_letter()

    assert letter == Envelopes(KEY).open(Envelopes(KEY).seal(letter))


def test_nothing_of_a_letter_can_be_read_without_the_secret() -> None:
    """
    Neither where somebody is nor whose message it is stands in what Redis carries.
    """
    letter = a_letter()

    sealed = Envelopes(KEY).seal(letter)

    assert b"51.4985" not in sealed
    assert str(letter.messages[0].recipient.person_id).encode() not in sealed


@pytest.mark.parametrize("spoilt", [b"", b"x", b"x" * 64])
def test_what_nobody_of_us_sealed_is_not_ours(spoilt: bytes) -> None:
    """
    Too short, or anything at all.
    """
    with pytest.raises(NotOurs) as caught:
        Envelopes(KEY).open(spoilt)

    assert caught.value.__cause__ is not None


def test_a_letter_that_was_sealed_with_another_secret_or_changed_is_not_ours() -> None:
    """
    Whoever can write to Redis can put nothing on anybody's screen.
    """
    sealed = Envelopes(KEY).seal(a_letter())
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])

    for envelopes, told in ((Envelopes(bytes(32)), sealed), (Envelopes(KEY), changed)):
        with pytest.raises(NotOurs):
            envelopes.open(told)

    assert Envelopes(KEY).open(sealed)
