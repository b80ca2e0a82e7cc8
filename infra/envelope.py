"""What one process tells the others: sealed, dated, and read only by those who have the same secret."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.inbox.message import Message, Recipient
from backend.kernel.vocabulary import Face
from notifications.airing import Airing

NONCE_BYTES = 12


class NotOurs(Exception):
    """It was sealed with another secret, or is nothing that this version understands."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """These people have come on a broadcast's roll."""

    broadcast_id: UUID
    version: int
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """
    Said by `process` about what was so at `at`; all of it stands in the rows as well.

    `bells` are rounds to be woken; the others are for whoever holds the sockets.
    """

    process: str
    at: datetime
    bells: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    ended: tuple[tuple[UUID, str | None], ...] = ()
    issued: tuple[Airing, ...] = ()
    rolled: tuple[Rolled, ...] = field(default=())


class Envelopes:
    """Seals and opens letters: whoever can write to Redis, or read there, can neither forge one nor read it."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, letter: Letter) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, _written(letter), None)

    def open(self, sealed: bytes) -> Letter:
        """Raises NotOurs."""
        try:
            return _read(json.loads(self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)))
        except (InvalidTag, ValueError, KeyError, TypeError) as fault:
            raise NotOurs from fault


def _written(letter: Letter) -> bytes:
    told: dict[str, Any] = {"process": letter.process, "at": letter.at.isoformat(), "bells": letter.bells}
    if letter.messages:
        told["messages"] = [_message(one) for one in letter.messages]
    if letter.ended:
        told["ended"] = [[str(person_id), token_hash] for person_id, token_hash in letter.ended]
    if letter.issued:
        told["issued"] = [_airing(one) for one in letter.issued]
    if letter.rolled:
        told["rolled"] = [[str(one.broadcast_id), one.version, _ids(one.people)] for one in letter.rolled]
    return json.dumps(told, separators=(",", ":"), allow_nan=False).encode()


def _read(told: dict[str, Any]) -> Letter:
    return Letter(
        told["process"],
        datetime.fromisoformat(told["at"]),
        tuple(told["bells"]),
        tuple(_message_of(*one) for one in told.get("messages", ())),
        tuple((UUID(person_id), token_hash) for person_id, token_hash in told.get("ended", ())),
        tuple(_airing_of(*one) for one in told.get("issued", ())),
        tuple(Rolled(UUID(id_), version, tuple(map(UUID, some))) for id_, version, some in told.get("rolled", ())),
    )


def _message(one: Message) -> list[Any]:
    whose, about = one.recipient, str(one.incident_id) if one.incident_id else None
    return [str(whose.person_id), whose.face.value, one.seq, str(one.id), one.type, one.at.isoformat(), one.data, about]


def _message_of(
    person_id: str, face: str, seq: int, id_: str, type_: str, at: str, data: dict[str, Any], about: str | None
) -> Message:
    whose = Recipient(UUID(person_id), Face(face))
    return Message(whose, seq, UUID(id_), type_, datetime.fromisoformat(at), data, UUID(about) if about else None)


def _airing(one: Airing) -> list[Any]:
    return [str(one.broadcast_id), one.version, one.rank, one.exercise, one.is_everyones, one.ended, one.data]


def _airing_of(
    id_: str, version: int, rank: int, exercise: bool, is_everyones: bool, ended: bool, data: dict[str, Any]
) -> Airing:
    return Airing(UUID(id_), version, rank, exercise, is_everyones, ended, data)


def _ids(many: Iterable[UUID]) -> list[str]:
    return [str(one) for one in many]
