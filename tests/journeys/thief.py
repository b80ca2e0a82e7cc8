"""Somebody who has everything of the server, and tries everything that is found there as a key."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_scalarmult_base, crypto_secretbox_open
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from backend.concerns.concern import Copy, Entry
from backend.concerns.receipt import KEY, MAILBOX
from backend.concerns.sealing import KEY_BYTES, Unopenable, key_id_of, open_box, public_of
from backend.concerns.size_class import unpad
from infra.secrets_file import derived
from infra.tables import METADATA
from tests.campus import CampusStage

#: What the server derives keys for, and a guess or two more.
PURPOSES = ("audit", "devices", "answers", "concerns", "sealing", "advisers", "recovery")

#: A key drawn at random has fewer different bytes once in a hundred million times, and no byte over 127 once in 2³².
FEWEST_DIFFERENT = 20

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{42,}")
HEX = re.compile(rb"[0-9A-Fa-f]{64,}")
ZEROES = re.compile(rb"\0{64,}")

NONCE = SecretBox.NONCE_SIZE


@dataclass(frozen=True)
class Loot:
    """Every byte that was taken, in pieces, and what is to be opened."""

    pieces: Sequence[bytes]
    boxes: dict[UUID, bytes]
    copies: dict[tuple[UUID, str], bytes]

    def holds_any(self, telltales: Iterable[bytes]) -> bool:
        return any(telltale in piece for telltale in telltales for piece in self.pieces)

    def opened_by_search(self) -> list[bytes]:
        """What is opened by anything in the loot, as a private key or as the key of a box."""
        found = list(self._candidates())
        private = {crypto_scalarmult_base(one): one for one in found}
        mine = {key_id_of(public): one for public, one in private.items()}
        opened = [one for key_id, key in mine.items() for one in self.opened_with(key, key_id)]
        opened += [one for key in found for one in self._opened_as_data_key(key)]
        # A copy begins with the public half of a key that was thrown away: its other half would open it as well.
        thrown_away = {copy[:KEY_BYTES] for copy in self.copies.values()} & private.keys()
        return opened + sorted(thrown_away)

    def opened_with(self, private_key: bytes, key_id: str | None = None) -> list[bytes]:
        """Everything that this private key opens."""
        wanted = key_id or key_id_of(public_of(private_key))
        mine = [(entry_id, copy) for (entry_id, one), copy in self.copies.items() if one == wanted]
        return [plain for entry_id, copy in mine if (plain := _opened(self.boxes[entry_id], copy, private_key))]

    def _opened_as_data_key(self, key: bytes) -> Iterator[bytes]:
        for box in self.boxes.values():
            try:
                yield unpad(crypto_secretbox_open(box[NONCE:], box[:NONCE], key))
            except (CryptoError, ValueError):
                continue

    def _candidates(self) -> set[bytes]:
        """Every window of 32 bytes that could be a key, as it is and in base64 and hex, and what is derived."""
        found: set[bytes] = set()
        for piece in self.pieces:
            for binary in (piece, *_decoded(piece)):
                found.update(_windows(binary))
        secrets = {
            line for piece in self.pieces if len(piece) < 1000 for line in re.split(rb"[\s:,'\"]+", piece) if line
        }
        for secret in secrets:
            found.update(_derived(secret))
        return found


def takes_everything(campus: CampusStage, *more: bytes) -> Loot:
    """Every file of the data directory, every setting, a dump of every table, and what else is given."""
    folder = campus.settings.data_dir
    files = [file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()]
    boxes: dict[UUID, bytes] = {}
    copies: dict[tuple[UUID, str], bytes] = {}
    dump: list[bytes] = []

    def take(session: sa.orm.Session) -> None:
        boxes.update({one.id: one.box for one in session.scalars(sa.select(Entry))})
        copies.update({(one.entry_id, one.key_id): one.sealed for one in session.scalars(sa.select(Copy))})
        for table in METADATA.sorted_tables:
            values = [value for row in session.execute(sa.select(table)) for value in row]
            dump.extend(value for value in values if isinstance(value, bytes))
            dump.append("\n".join(str(value) for value in values if not isinstance(value, bytes)).encode())

    campus.database.read(take)
    return Loot(
        [*files, repr(campus.settings).encode(), (campus.settings.secret_key or "").encode(), *dump, *more],
        boxes,
        copies,
    )


def _opened(box: bytes, copy: bytes, private_key: bytes) -> bytes | None:
    try:
        return open_box(box, copy, private_key)
    except Unopenable:
        return None


def _windows(piece: bytes) -> Iterator[bytes]:
    for part in ZEROES.split(piece):
        for start in range(len(part) - KEY_BYTES + 1):
            window = part[start : start + KEY_BYTES]
            if not window.isascii() and len(set(window)) >= FEWEST_DIFFERENT:
                yield window


def _decoded(piece: bytes) -> Iterator[bytes]:
    for run in BASE64.findall(piece):
        for start in range(4):
            text = run[start:].translate(bytes.maketrans(b"-_", b"+/"))
            yield base64.b64decode(text[: len(text) // 4 * 4] if len(text) % 4 == 1 else text + b"=" * (-len(text) % 4))
    for run in HEX.findall(piece):
        for start in range(2):
            yield bytes.fromhex(run[start : start + (len(run) - start) // 2 * 2].decode())


def _derived(secret: bytes) -> Iterator[bytes]:
    yield from (hashlib.sha256(secret).digest(), hashlib.blake2b(secret, digest_size=KEY_BYTES).digest())
    yield from (HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(secret) for info in (KEY, MAILBOX))
    text = secret.decode("utf-8", "surrogateescape")
    if text.isascii():
        yield from (derived(text, purpose) for purpose in PURPOSES)
