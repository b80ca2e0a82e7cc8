"""Read a mailbox: what waits for whoever holds the receipt, with both clocks; nobody's looks the same from outside."""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, mailbox_store, sealing
from backend.concerns.advising import required_keys
from backend.concerns.concern import Concern, Stage
from backend.concerns.keys_offered import KeysOffered
from backend.concerns.size_class import MOST

#: What is answered has this size at least: with a handful of replies it is still as long as an empty one.
LEAST = 16 << 10

#: So many days before either clock ends, the reporter is warned.
WARNED = timedelta(days=14)

HELD = (
    "All that was written here may be kept for longer than the day you were told: two advisers have decided that it "
    "has to be, by law. It stays sealed."
)

#: The desk's progress, in the reporter's words.
SENTENCES = {
    Stage.WAITING: "It has arrived safely. Two advisers have not taken it on yet.",
    Stage.ASSIGNED: "Two advisers are working on it.",
    Stage.TRIAGED: "Two advisers have looked into it and decided how to go on.",
    Stage.CLOSED: "The advisers have finished their work on it. Nothing can be added any more.",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What an adviser wrote to the reporter: a box, and the copy of its key that the receipt opens."""

    on: date
    box: bytes
    copy: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """
    What a reporter is told; `seal_to` are the public keys that more words are sealed to, by key id.

    `left_out` counts the oldest replies, when all of them together would pass
    the largest size class.
    """

    stage: Stage
    lodged_on: date
    written_on: Sequence[date]
    mailbox_until: date
    data_until: date
    warnings: Sequence[str]
    seal_to: dict[str, bytes]
    replies: Sequence[Reply]
    left_out: int = 0
    held: bool = False

    @property
    def sentence(self) -> str:
        return SENTENCES[self.stage]

    @property
    def may_add(self) -> bool:
        return self.stage is not Stage.CLOSED

    def plain(self) -> bytes:
        """JSON, as decision 0022 tells it to clients; the newest replies that fit the largest size class."""
        kept = list(self.replies)
        while len(told := self._json(kept, self.left_out + len(self.replies) - len(kept))) > MOST:
            kept.pop(0)
        return told

    def _json(self, replies: Sequence[Reply], left_out: int) -> bytes:
        told: dict[str, Any] = {
            "stage": self.stage.value,
            "sentence": self.sentence,
            "may_add": self.may_add,
            "lodged_on": self.lodged_on.isoformat(),
            "written_on": [day.isoformat() for day in self.written_on],
            "mailbox_until": self.mailbox_until.isoformat(),
            "data_until": self.data_until.isoformat(),
            "held": self.held,
            "warnings": list(self.warnings),
            "seal_to": {key_id: _text(key) for key_id, key in sorted(self.seal_to.items())},
            "replies": [{"on": one.on.isoformat(), "box": _text(one.box), "copy": _text(one.copy)} for one in replies],
            "left_out": left_out,
        }
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Found:
    """A mailbox as it was looked up; of one that is nobody's everything is made up, and its key thrown away."""

    told: Told
    reply_key: bytes
    is_somebodys: bool

    def sealed(self) -> bytes:
        """One blob of a size class for whoever holds the receipt; for nobody it is random bytes of the same size."""
        return sealing.seal_to(self.told.plain(), self.reply_key, least=LEAST)


def look_into(session: Session, mailbox: str, *, today: date) -> Found:
    """
    What is in it, whether it is somebody's or nobody's.

    The same queries are asked and the same things computed for both: how long
    it takes says nothing.
    """
    nobodys = _nobodys(today)
    found = concern_store.by_mailbox(session, mailbox)
    is_somebodys = found is not None and found.mailbox_until >= today
    concern = found if found is not None and is_somebodys else nobodys
    told = Told(
        stage=Stage(concern.stage),
        lodged_on=concern.day,
        written_on=mailbox_store.days_written(session, concern.id) or [concern.day],
        mailbox_until=concern.mailbox_until,
        data_until=concern.data_until,
        warnings=warnings_of(concern, today),
        seal_to=_readers(session, concern),
        replies=[Reply(*reply) for reply in mailbox_store.replies(session, concern.id)],
        held=concern.held,
    )
    return Found(told, concern.reply_key, is_somebodys)


def sealed_up(session: Session, mailbox: str, *, today: date) -> bytes:
    """What is answered to whoever asks for it; read and sealed in one go, beside the hub."""
    return look_into(session, mailbox, today=today).sealed()


def readers(session: Session, mailbox: str) -> dict[str, bytes]:
    """What to seal more words to, by key id; for a mailbox that is nobody's what a new concern is sealed to."""
    concern = concern_store.by_mailbox(session, mailbox)
    return _readers(session, concern or _nobodys(date.min))


def warnings_of(concern: Concern, today: date) -> list[str]:
    """A sentence for each clock that ends within a fortnight, and one while a hold stops the data's."""
    told = []
    may_go_on = concern.mailbox_until < concern.data_until
    if concern.mailbox_until - today <= WARNED and (may_go_on or concern.held):
        longer = " If you write anything here before, it stays open for longer." if may_go_on else ""
        told.append(f"This mailbox closes after {concern.mailbox_until.isoformat()}.{longer}")
    if concern.held:
        told.append(HELD)
    elif concern.data_until - today <= WARNED:
        told.append(
            f"All that was written here is destroyed after {concern.data_until.isoformat()}. "
            "What you still need from it, keep yourself."
        )
    return told


def _readers(session: Session, concern: Concern) -> dict[str, bytes]:
    """The keys in use of those who read it, also those they have taken since; of nobody's concern, all."""
    everybody = KeysOffered.of(key_store.active(session)).but(())
    is_somebodys = bool(concern_store.holders(session, concern.id))
    # Both are asked for, whichever is told: how long it takes says nothing.
    readers = required_keys(session, concern)
    return readers if is_somebodys and readers else everybody


def _nobodys(today: date) -> Concern:
    """One that was never lodged: it stands in where there is none, so that as much is done."""
    return Concern(
        id=uuid4(),
        mailbox=secrets.token_hex(16),
        reply_key=sealing.public_of(sealing.new_private_key()),
        day=today,
        stage=Stage.WAITING.value,
        mailbox_until=date.max,
        data_until=date.max,
        held=False,
    )


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
