"""A browser can do it: what libsodium's JavaScript seals Python opens, and the other way round, byte for byte."""

import base64
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from nacl.pwhash import argon2id

from backend.concerns.receipt import mailbox_of
from backend.concerns.sealing import (
    Envelope,
    key_id_of,
    new_private_key,
    open_,
    open_box,
    open_sealed,
    public_of,
    seal,
    seal_to,
    share,
)
from backend.concerns.size_class import CLASSES
from infra.prevent.key_file import KeyFile, Wrapped

NODE = Path(__file__).parent.parent / "node"

ADVISERS = (new_private_key(), new_private_key())
KEYS = {key_id_of(public_of(one)): public_of(one) for one in ADVISERS}
RECEIPT = "legal winner thank year wave sausage worth useful legal winner thank yellow"
WORDS = '{"words":"Er sagt, „morgen“. 🕯"}'.encode()
PASSPHRASE = "cafe\u0301 \u2460 walrus on a bicycle"
DAY = date(2026, 11, 23)
CHEAP = {"rounds": argon2id.OPSLIMIT_MIN, "memory": argon2id.MEMLIMIT_MIN}


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def elsewhere(*asked: tuple[str, dict[str, Any]]) -> list[Any]:
    """
    What Node answers, one for each; a test fails with one line where it is not installed.
    """
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None or not (NODE / "node_modules" / "libsodium-wrappers-sumo").is_dir():
        pytest.fail("libsodium for Node is not here; type:  make test-needs", pytrace=False)
    command = [node, str(NODE / "sealing.js")]
    done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, check=True, timeout=60)
    found: list[Any] = json.loads(done.stdout)
    return found


def test_what_a_browser_seals_each_adviser_opens() -> None:
    """
    On the wire as the doors take it, in every size class, and never at the edge of one.
    """
    told = [b"", WORDS, b"x" * 1020, b"x" * 1021, b"x" * (CLASSES[-1] - 4)]
    keys = {key_id: text(key) for key_id, key in KEYS.items()}

    answers = elsewhere(*(("seal", {"plain": text(plain), "keys": keys}) for plain in told))

    envelopes = [Envelope.from_the_wire(one) for one in answers]
    for private_key, key_id in zip(ADVISERS, KEYS, strict=True):
        assert told == [open_(one, key_id, private_key) for one in envelopes]


def test_what_python_seals_a_browser_opens() -> None:
    """
    A concern, a reply, a copy made for somebody else, and a mailbox that is sealed anew at each reading.
    """
    envelope = seal(WORDS, KEYS)
    key_id, key = next(iter(KEYS)), ADVISERS[0]
    new = new_private_key()
    given = share(envelope.copies[key_id], key, public_of(new))
    blob = seal_to(WORDS, public_of(new), least=CLASSES[2])

    opened = elsewhere(
        ("open", {"box": text(envelope.box), "copy": text(envelope.copies[key_id]), "key": text(key)}),
        ("open", {"box": text(envelope.box), "copy": text(given), "key": text(new)}),
        ("openSealed", {"sealed": text(blob), "key": text(new)}),
    )

    assert [text(WORDS)] * 3 == opened


def test_a_browser_makes_copies_for_somebody_else() -> None:
    """
    An adviser who shares a concern does it at home, and the box stays where it is.
    """
    envelope, new = seal(WORDS, KEYS), new_private_key()
    copy = envelope.copies[next(iter(KEYS))]

    (shared,) = elsewhere(("share", {"copy": text(copy), "key": text(ADVISERS[0]), "to": text(public_of(new))}))

    assert WORDS == open_box(envelope.box, base64.b64decode(shared), new)


def test_both_make_the_same_of_a_receipt() -> None:
    """
    The mailbox's name, and the pair of keys: a reply sealed by an adviser opens by the words on paper.
    """
    mailbox = mailbox_of(RECEIPT)
    sealed = seal_to(WORDS, mailbox.public_key)

    (made,) = elsewhere(("mailbox", {"receipt": RECEIPT}))

    assert mailbox.id == made["id"]
    assert (text(mailbox.private_key), text(mailbox.public_key)) == (made["key"], made["publicKey"])
    assert WORDS == open_sealed(sealed, base64.b64decode(made["key"]))


def test_a_key_file_opens_on_both_sides() -> None:
    """
    Made by `bluelight prevent keygen` and used in a browser, or made there and used here.
    """
    private_key = ADVISERS[0]
    ours = KeyFile.made(PASSPHRASE, today=DAY)
    cheap = KeyFile(public_of(private_key), DAY, wrapped=Wrapped.of(private_key, PASSPHRASE, **CHEAP))

    first, second, theirs = elsewhere(
        ("openKeyFile", {"file": cheap.text(), "passphrase": PASSPHRASE}),
        ("openKeyFile", {"file": ours.text(), "passphrase": PASSPHRASE}),
        ("keyFile", {"passphrase": PASSPHRASE, **CHEAP}),
    )

    assert text(private_key) == first
    assert ours.public_key == public_of(base64.b64decode(second))
    read = KeyFile.read(theirs)
    assert read.public_key == public_of(read.private_key(lambda: PASSPHRASE))
