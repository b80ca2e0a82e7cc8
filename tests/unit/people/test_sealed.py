"""Sealed bytes open for their ring, their person and their purpose, and for nothing else."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, strategies

from backend.people.sealed import Keyring, Unreadable, key_id, seal, unseal, wrapped_anew

ADA = UUID("8c1d0f64-52a2-4b55-9d4c-5f5f3f0c0a01")
BOB = UUID("8c1d0f64-52a2-4b55-9d4c-5f5f3f0c0a02")
OLD, NEW = "00" * 8, "11" * 8
RING = Keyring({OLD: b"o" * 32, NEW: b"n" * 32}, newest=NEW)


@given(strategies.binary(max_size=200))
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    """
    The words come back as they were, and do not stand in the sealed bytes.
    """
    sealed = seal(RING, plain, about=ADA, what="notes")

    assert plain == unseal(RING, sealed, about=ADA, what="notes")
    assert len(plain) + 97 == len(sealed)


def test_sealed_bytes_belong_to_one_person_and_one_purpose() -> None:
    """
    Moved to another row or another column they do not open.
    """
    sealed = seal(RING, b"asthma", about=ADA, what="notes")

    for about, what in ((BOB, "notes"), (ADA, "photo")):
        with pytest.raises(Unreadable):
            unseal(RING, sealed, about=about, what=what)
    assert b"asthma" not in sealed


@pytest.mark.parametrize("place", [0, 3, 12, 40, 70, 80, -1])
def test_one_flipped_bit_is_found(place: int) -> None:
    """
    Wherever it is: layout, key id, wrapped key, nonce, words or tag.
    """
    sealed = bytearray(seal(RING, b"asthma", about=ADA, what="notes"))
    sealed[place] ^= 1

    with pytest.raises(Unreadable):
        unseal(RING, bytes(sealed), about=ADA, what="notes")
    assert len(sealed) == 6 + 97


def test_a_new_key_takes_over_and_the_old_one_can_go() -> None:
    """
    Wrapped anew, the same words open without the key that sealed them first.
    """
    sealed = seal(replace(RING, newest=OLD), b"asthma", about=ADA, what="notes")

    anew = wrapped_anew(RING, sealed, about=ADA, what="notes")

    assert anew is not None
    assert (OLD, NEW) == (key_id(sealed), key_id(anew))
    assert b"asthma" == unseal(Keyring({NEW: b"n" * 32}, newest=NEW), anew, about=ADA, what="notes")
    assert wrapped_anew(RING, anew, about=ADA, what="notes") is None


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes.fromhex(NEW), b"\x02" * 200])
def test_what_was_never_sealed_is_unreadable(sealed: bytes) -> None:
    """
    Too short, of another layout, or by a key that is not there.
    """
    with pytest.raises(Unreadable) as refused:
        unseal(RING, sealed, about=ADA, what="notes")

    assert "no key" in str(refused.value)
