"""A reporter with a client of their own, and advisers who open what was sealed to them: all of it from outside."""

import base64
import hashlib
import itertools
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.concerns import concern_store, sealing
from backend.concerns.adviser import Adviser, SealingKey
from backend.concerns.concern import Concern, EntryKind
from backend.concerns.receipt import Mailbox, mailbox_of, new_receipt
from backend.concerns.sealing import REPORTER, Envelope
from backend.kernel.database import Database

Json = dict[str, Any]

#: `(method, path, body)` to `(status, answer)`.
Call = Callable[[str, str, Json | None], tuple[int, Json]]


@dataclass(frozen=True)
class KeyHolder:
    """An adviser with the private half of a key, or whoever has the recovery key (then `id` is None)."""

    id: UUID | None
    key_id: str
    private_key: bytes

    def reads(self, database: Database) -> list[Json]:
        """All that they can open of everything there is, in the order of each concern's own entries."""
        return database.read(self._opened)

    def _opened(self, session: Session) -> list[Json]:
        found = []
        for concern_id in session.scalars(select(Concern.id)):
            entries = {one.id: one for one in concern_store.entries(session, concern_id)}
            copies = {one.entry_id: one for one in concern_store.copies(session, list(entries), [self.key_id])}
            for entry_id, entry in entries.items():
                if entry_id in copies:
                    plain = sealing.open_box(entry.box, copies[entry_id].sealed, self.private_key)
                    found.append(json.loads(plain))
        return found


def appoint(database: Database, *names: str) -> list[KeyHolder]:
    """Advisers of these names, each with a key; the recovery key's holder comes last."""
    holders = []
    for name in (*names, None):
        private = sealing.new_private_key()
        public = sealing.public_of(private)
        holder = KeyHolder(uuid4() if name else None, sealing.key_id_of(public), private)
        database.write(_register, holder, name, public)
        holders.append(holder)
    return holders


def replies_to(database: Database, concern_id: UUID, words: str) -> None:
    """An adviser's reply, as their client seals it."""

    def reply(session: Session) -> None:
        concern = concern_store.by_id(session, concern_id)
        assert concern is not None
        envelope = sealing.seal(json.dumps({"words": words}).encode(), {REPORTER: concern.reply_key})
        concern_store.enter(session, concern_id, EntryKind.REPLY, envelope, today=concern.day)

    database.write(reply)


def _register(session: Session, holder: KeyHolder, name: str | None, public: bytes) -> None:
    if name is not None and holder.id is not None:
        session.add(Adviser(id=holder.id, name=name))
    session.add(SealingKey(id=holder.key_id, adviser_id=holder.id, public_key=public, made_on=date(2026, 9, 1)))


class Reporter:
    """Somebody who knows the contract and the decision about formats, and nothing else."""

    def __init__(self, call: Call) -> None:
        self.call = call

    def work(self) -> Json:
        """A challenge, solved."""
        _, given = self.call("GET", "/v1/concerns/challenge", None)
        return solved(given["challenge"], given["bits"])

    def keys(self) -> Json:
        return self.call("GET", "/v1/concerns/keys", None)[1]

    def lodges(self, words: str, **more: Any) -> str:
        """In the clear; the receipt."""
        status, answer = self.call("POST", "/v1/concerns", {"words": words, "work": self.work(), **more})
        assert status == 201, answer
        receipt: str = answer["receipt"]
        return receipt

    def seals(self, words: str, *, receipt: str | None = None, without: Collection[str] = ()) -> tuple[str, Json]:
        """A receipt of one's own, and the body that lodges the words; their work is still to be done."""
        receipt = receipt or new_receipt()
        keys = self.keys()
        mailbox = mailbox_of(receipt)
        to = {one["key_id"]: base64.b64decode(one["public_key"]) for one in (*keys["advisers"], *keys["recovery"])}
        envelope = sealing.seal(
            json.dumps({"words": words}).encode(), {k: v for k, v in to.items() if k not in without}
        )
        sealed = {**envelope.on_the_wire(), "reply_key": base64.b64encode(mailbox.public_key).decode()}
        return receipt, {"sealed": sealed, "version": keys["version"], "mailbox": mailbox.id}

    def asks(self, **body: Any) -> tuple[int, Json]:
        """At the mailbox's door."""
        return self.call("POST", "/v1/concerns/mailbox", body)

    def reads(self, receipt: str) -> Json:
        """What waits, with the replies' words beside them."""
        mailbox = mailbox_of(receipt)
        status, answer = self.asks(mailbox=mailbox.id)
        assert status == 200, answer
        return opened(answer, mailbox)

    def adds(self, receipt: str, **what: Any) -> Json:
        """With the receipt itself; what waits afterwards."""
        status, answer = self.asks(receipt=receipt, work=self.work(), **what)
        assert status == 200, answer
        return opened(answer, mailbox_of(receipt))


def at_the_door(client: Any, **headers: str) -> Reporter:
    """Somebody with a browser, or a program of their own."""

    def call(method: str, path: str, body: Json | None) -> tuple[int, Json]:
        response = client.open(path, method=method, json=body, headers=headers)
        return response.status_code, response.get_json()

    return Reporter(call)


def opened(answer: Json, mailbox: Mailbox) -> Json:
    """A mailbox's blob as its owner's client opens it. Raises Unopenable for whoever is not."""
    told: Json = json.loads(sealing.open_sealed(base64.b64decode(answer["sealed"]), mailbox.private_key))
    for reply in told["replies"]:
        box, copy = base64.b64decode(reply["box"]), base64.b64decode(reply["copy"])
        reply["words"] = json.loads(sealing.open_box(box, copy, mailbox.private_key))["words"]
    return told


def sealed_for(seal_to: dict[str, str], words: str) -> Json:
    """More words, sealed by the client to whom the mailbox names."""
    keys = {key_id: base64.b64decode(key) for key_id, key in seal_to.items()}
    envelope: Envelope = sealing.seal(json.dumps({"words": words}).encode(), keys)
    return envelope.on_the_wire()


def solved(challenge: str, bits: int) -> Json:
    """Hashed until it fits."""
    for nonce in map(str, itertools.count()):
        digest = hashlib.sha256((challenge + nonce).encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - bits) == 0:
            return {"challenge": challenge, "nonce": nonce}
    raise AssertionError("unreachable")
