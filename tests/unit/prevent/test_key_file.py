"""An adviser's key file opens by its passphrase alone, and nothing else passes for one."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from nacl.pwhash import argon2id

from backend.concerns.sealing import key_id_of, new_private_key, public_of
from infra.prevent.key_file import (
    MEMORY,
    ROUNDS,
    KeyFile,
    Unreadable,
    Wrapped,
    public_text,
    read_public_key,
    spoken,
    write_new,
)

DAY = date(2026, 11, 23)
PRIVATE = new_private_key()
PASSPHRASE = "walrus on a bicycle"


def key_file(passphrase: str = PASSPHRASE) -> KeyFile:
    """
    One that is as cheap to open as libsodium lets it be.
    """
    cheap = Wrapped.of(PRIVATE, passphrase, rounds=argon2id.OPSLIMIT_MIN, memory=argon2id.MEMLIMIT_MIN)
    return KeyFile(public_of(PRIVATE), DAY, wrapped=cheap)


def asked_in_vain() -> str:
    raise AssertionError("a passphrase was asked for")


def test_the_passphrase_brings_the_private_half_back() -> None:
    """
    Through the text of the file, and only with the same passphrase.
    """
    text = key_file().text()

    opened = KeyFile.read(text)

    assert PRIVATE == opened.private_key(lambda: PASSPHRASE)
    with pytest.raises(Unreadable, match="not its passphrase"):
        opened.private_key(lambda: PASSPHRASE + " ")


def test_two_spellings_of_one_passphrase_are_the_same() -> None:
    """
    A letter with its accent, or the letter and then its accent: keyboards differ.
    """
    made = key_file("caf\u00e9 caf\u00e9 caf\u00e9")

    opened = made.private_key(lambda: "cafe\u0301 cafe\u0301 cafe\u0301")

    assert PRIVATE == opened


def test_the_file_tells_nothing_of_the_private_half() -> None:
    """
    Neither raw nor in any writing of it; and a guess costs a quarter of a GiB.
    """
    text = key_file().text()

    assert [] == [one for one in (PRIVATE.hex(), public_text(PRIVATE)) if one in text]
    assert (3, 1 << 28) == (ROUNDS, MEMORY)


def test_a_demo_key_asks_for_no_passphrase() -> None:
    """
    Everybody may try it.
    """
    made = KeyFile.read(KeyFile.in_the_open(PRIVATE, today=DAY).text())

    assert PRIVATE == made.private_key(asked_in_vain)


def changed(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda told: told.update(changes)


def inside(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda told: told["private_key"].update(changes)


@pytest.mark.parametrize(
    "change",
    [
        changed(what="a recipe"),
        changed(version=2),
        changed(public_key=public_text(public_of(new_private_key()))),
        changed(fingerprint="0" * 16),
        changed(made_on="soon"),
        changed(private_key=None),
        changed(private_key={"kdf": None, "demo": "AAAA"}),
        inside(kdf="md5"),
        inside(memory=1 << 40),
        inside(rounds=10**6),
        inside(rounds=[]),
        inside(salt="AAAA"),
        inside(box=""),
        inside(box="é"),
    ],
)
def test_what_is_no_key_file_is_refused_with_a_sentence(change: Callable[[dict[str, Any]], None]) -> None:
    """
    Nor is it given the memory or the hours that a forged one asks for.
    """
    told = json.loads(key_file().text())
    change(told)

    with pytest.raises(Unreadable) as refused:
        KeyFile.read(json.dumps(told))

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", ["", "[]", "null", "3", "{}", "[" * 100_000])
def test_other_texts_are_refused_as_well(text: str) -> None:
    """
    Whatever they are instead.
    """
    with pytest.raises(Unreadable) as refused:
        KeyFile.read(text)

    assert "That is no key file of Bluelight's." == str(refused.value)


def test_halves_of_two_keys_are_not_taken_for_a_pair() -> None:
    """
    Somebody who opens with the wrong one would find nothing and not know why.
    """
    mixed = KeyFile(public_of(new_private_key()), DAY, plain=PRIVATE)

    with pytest.raises(Unreadable, match="belong together"):
        mixed.private_key(asked_in_vain)


def test_nothing_is_written_over_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    """
    Whatever mask the shell has.
    """
    file, before = tmp_path / "mine.key", os.umask(0)
    try:
        write_new(file, b"first")
    finally:
        os.umask(before)

    with pytest.raises(FileExistsError):
        write_new(file, b"second")

    assert (b"first", 0o600) == (file.read_bytes(), file.stat().st_mode & 0o777)


def test_a_public_key_is_compared_in_fours() -> None:
    """
    By the name that the server has for it too.
    """
    public = public_of(PRIVATE)

    assert public == read_public_key(f" {public_text(public)}\n")
    assert key_id_of(public) == spoken(key_id_of(public)).replace(" ", "")
    with pytest.raises(Unreadable, match="44 signs"):
        read_public_key(public.hex())
