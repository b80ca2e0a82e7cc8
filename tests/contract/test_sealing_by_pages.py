"""The pages' own sealing and the server's are one format: what either seals the other opens, also receipts and keys."""

import base64
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mnemonic import Mnemonic
from nacl.pwhash import argon2id

from backend.concerns.receipt import mailbox_of, new_receipt, read_receipt
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
from backend.concerns.words import Attachment, Words
from infra.prevent.key_file import KeyFile, Wrapped

ROOT = Path(__file__).parents[2]
ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"

ADVISERS = (new_private_key(), new_private_key())
KEYS = {key_id_of(public_of(one)): public_of(one) for one in ADVISERS}
LIST = Mnemonic("english").wordlist
WORDS = '{"words":"Er sagt, „morgen“. 🕯"}'.encode()
PASSPHRASE = "cafe\u0301 \u2460 walrus on a bicycle"
DAY = date(2026, 11, 23)
CHEAP = {"rounds": argon2id.OPSLIMIT_MIN, "memory": argon2id.MEMLIMIT_MIN}

Asked = tuple[str, dict[str, Any]]


class Pages:
    """The code that people's browsers get, in Node."""

    def __init__(self, folder: Path) -> None:
        node = shutil.which("node")
        if node is None or not ESBUILD.is_file():
            pytest.fail("The pages cannot be built here; type:  make pages", pytrace=False)
        script = folder / "line.mjs"
        how = ["--bundle", "--format=esm", "--platform=node", "--target=node18.19", "--log-level=error"]
        made = [str(ESBUILD), "tests/pages/sealing_line.ts", *how, f"--outfile={script}"]
        subprocess.run(made, cwd=ROOT, check=True, timeout=60)
        self._command = [node, str(script)]

    def __call__(self, *asked: Asked) -> list[Any]:
        told = json.dumps(asked).encode()
        done = subprocess.run(self._command, input=told, capture_output=True, check=True, timeout=60)
        found: list[Any] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """
    Built once for all of these.
    """
    return Pages(tmp_path_factory.mktemp("pages"))


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def test_what_a_page_seals_each_adviser_opens(pages: Pages) -> None:
    """
    On the wire as the doors take it, in every size class, and at the edge of one; a mailbox's blob as well.
    """
    told = [b"", WORDS, b"x" * 1020, b"x" * 1021, b"x" * (CLASSES[-1] - 4)]
    keys = {key_id: text(key) for key_id, key in KEYS.items()}

    *answers, blob = pages(
        *(("seal", {"plain": text(plain), "keys": keys}) for plain in told),
        ("sealTo", {"plain": text(WORDS), "key": text(public_of(ADVISERS[0]))}),
    )

    envelopes = [Envelope.from_the_wire(one) for one in answers]
    assert [1 << 10, 1 << 10, 1 << 10, 4 << 10, 1 << 20] == [len(one.box) - 40 for one in envelopes]
    for private_key, key_id in zip(ADVISERS, KEYS, strict=True):
        assert told == [open_(one, key_id, private_key) for one in envelopes]
    assert WORDS == open_sealed(base64.b64decode(blob), ADVISERS[0])


def test_what_the_server_seals_a_page_opens(pages: Pages) -> None:
    """
    A concern, a reply, copies made for somebody else on either side, and a mailbox that is sealed anew at each reading.
    """
    envelope = seal(WORDS, KEYS)
    key_id, key, new = next(iter(KEYS)), ADVISERS[0], new_private_key()
    mine = envelope.copies[key_id]
    given = share(mine, key, public_of(new))
    blob = seal_to(WORDS, public_of(new), least=CLASSES[2])

    *opened, shared = pages(
        ("open", {"box": text(envelope.box), "copy": text(mine), "key": text(key)}),
        ("open", {"box": text(envelope.box), "copy": text(given), "key": text(new)}),
        ("openSealed", {"sealed": text(blob), "key": text(new)}),
        ("share", {"copy": text(mine), "key": text(key), "to": text(public_of(new))}),
    )

    assert [text(WORDS)] * 3 == opened
    assert WORDS == open_box(envelope.box, base64.b64decode(shared), new)


def test_both_make_the_same_of_a_receipt(pages: Pages) -> None:
    """
    A page's receipts are receipts here, the other way round, however they are typed; the mailbox and its keys agree.
    """
    ours = new_receipt()
    mailbox = mailbox_of(ours)
    swapped = " ".join([*ours.split()[1:], ours.split()[0]])
    typed = [ours, ours.upper().replace(" ", ", 2. "), ours[:-1], swapped, f"{ours} abandon", "never", ""]

    made, theirs, *read = pages(
        ("mailbox", {"receipt": ours}),
        ("receipts", {"list": LIST}),
        *(("read", {"typed": one, "list": LIST}) for one in typed),
    )

    assert (mailbox.id, text(mailbox.private_key), text(mailbox.public_key)) == (
        made["id"],
        made["key"],
        made["publicKey"],
    )
    assert theirs == [read_receipt(one) for one in theirs]
    assert 50 == len(set(theirs))
    assert [read_receipt(one) for one in typed] == read


def test_both_write_a_concern_the_same_way(pages: Pages) -> None:
    """
    Byte for byte: nobody can tell from what is inside which side has sealed it.
    """
    image = Attachment("image-1.jpg", "image/jpeg", b"\xff\xd8picture")
    about = {"engagement": "a group", "intent": "He said so."}
    whole = Words("Zwölf „Sätze“ 🕯", about=about, place="Beit", happened_on="last week", attachments=[image])
    reveal = Words("", reveal={"name": "A. Student", "contact": ""})
    asked = [
        {
            "words": whole.words,
            "about": about,
            "place": "Beit",
            "happened_on": "last week",
            "attachments": [{"name": image.name, "type": image.media_type, "data": text(image.data)}],
        },
        {"words": "few", "about": {}, "place": "", "happened_on": "", "attachments": []},
        {"words": "", "reveal": {"name": "A. Student", "contact": ""}},
    ]

    found = pages(*(("plain", {"words": json.dumps(one)}) for one in asked))

    ours = [whole.plain(), Words("few").plain(), reveal.plain()]
    assert [json.loads(one) for one in ours] == [json.loads(base64.b64decode(one)) for one in found]
    assert [text(one) for one in ours[1:]] == found[1:]


def test_a_key_file_opens_on_both_sides(pages: Pages) -> None:
    """
    Made by `bluelight prevent keygen` at its full price or in a page; a wrong passphrase opens neither.
    """
    private_key = ADVISERS[0]
    ours = KeyFile.made(PASSPHRASE, today=DAY)
    cheap = KeyFile(public_of(private_key), DAY, wrapped=Wrapped.of(private_key, PASSPHRASE, **CHEAP)).text()
    demo = KeyFile.in_the_open(private_key, today=DAY).text()
    others = {**json.loads(cheap), "public_key": text(public_of(ADVISERS[1]))}
    halves = {**others, "fingerprint": key_id_of(public_of(ADVISERS[1]))}
    dear = json.loads(cheap)
    dear["private_key"]["rounds"] = 17

    theirs, full, *found = pages(
        ("keyFile", {"passphrase": PASSPHRASE}),
        ("unlock", {"file": ours.text(), "passphrase": PASSPHRASE}),
        ("unlock", {"file": cheap, "passphrase": PASSPHRASE}),
        ("unlock", {"file": demo, "passphrase": ""}),
        ("unlock", {"file": cheap, "passphrase": "another passphrase"}),
        ("unlock", {"file": json.dumps(others), "passphrase": PASSPHRASE}),
        ("unlock", {"file": json.dumps(halves), "passphrase": PASSPHRASE}),
        ("unlock", {"file": json.dumps(dear), "passphrase": PASSPHRASE}),
        ("unlock", {"file": json.dumps({**json.loads(cheap), "version": 2}), "passphrase": PASSPHRASE}),
        ("unlock", {"file": "[]", "passphrase": PASSPHRASE}),
    )

    assert theirs["key"] == text(KeyFile.read(theirs["file"]).private_key(lambda: PASSPHRASE))
    assert full == text(ours.private_key(lambda: PASSPHRASE))
    refused = [
        f"refused: {why}" for why in ("passphrase", "fingerprint", "halves", "no_key_file", "newer", "no_key_file")
    ]
    assert [text(private_key), text(private_key), *refused] == found
