"""Concerns as they reach the store: sealed to advisers whose keys the test holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns import sealing
from backend.concerns.adviser import Adviser, SealingKey
from backend.concerns.concern import Assignee, Concern, Copy, Entry, EntryKind
from backend.concerns.concern_store import by_mailbox, enter
from backend.concerns.lodging import Sealed, lodge, offered
from backend.concerns.receipt import mailbox_of, new_receipt
from backend.kernel.database import Database

#: Bytes of a box's end that are nowhere else.
TAIL = 24


@dataclass(frozen=True, slots=True)
class Lodged:
    """One concern: its id, where its replies go, and what is stored of its words."""

    id: UUID
    mailbox: str
    reply_key: bytes
    box: bytes

    @property
    def tail(self) -> bytes:
        """Told apart from every other by its last bytes, wherever they lie."""
        return self.box[-TAIL:]


class Desk:
    """Advisers with a key each and a recovery key, and what is sealed to them."""

    def __init__(self, database: Database, advisers: Sequence[UUID] = (), *, register: bool = True) -> None:
        self.database = database
        self.advisers = list(advisers) or [uuid4(), uuid4()]
        if register:
            database.write(_register, {id_: f"Adviser {nth}" for nth, id_ in enumerate(self.advisers, 1)})

    def lodges(self, words: str = "I am worried about somebody.", *, on: date, least: int = 1 << 10) -> Lodged:
        """By a reporter who strikes nobody out; `least` is the size class."""
        keys = self.database.read(offered)
        mailbox = mailbox_of(new_receipt())
        envelope = sealing.seal(words.encode(), keys.but(()), least=least)
        sealed = Sealed(mailbox.id, mailbox.public_key, envelope)
        self.database.write(lodge, sealed, version=keys.version, today=on)
        concern_id = self.database.read(lambda session: by_mailbox(session, mailbox.id).id)  # type: ignore[union-attr]
        return Lodged(concern_id, mailbox.id, mailbox.public_key, envelope.box)

    def assigns(self, lodged: Lodged, *advisers: UUID, on: date) -> None:
        def assign(session: Session) -> None:
            session.get_one(Concern, lodged.id).stage = "assigned"
            session.add_all(Assignee(concern_id=lodged.id, adviser_id=one, day=on) for one in advisers)

        self.database.write(assign)

    def replies(self, lodged: Lodged, by: UUID, *, on: date) -> None:
        """To the reporter, who has a copy."""
        keys = {**self.database.read(offered).but(()), sealing.REPORTER: lodged.reply_key}
        envelope = sealing.seal(b"Thank you.", keys)
        self.database.write(partial(enter, written_by=by, today=on), lodged.id, EntryKind.REPLY, envelope)

    def changes(self, lodged: Lodged, **values: Any) -> None:
        self.database.write(lambda session: _change(session, lodged.id, values))


def rows_of(database: Database, entity: type[Any]) -> list[tuple[Any, ...]]:
    """All there are, in an order of their own."""

    def look(session: Session) -> list[tuple[Any, ...]]:
        return sorted((tuple(row) for row in session.execute(sa.select(entity.__table__))), key=repr)

    found: list[tuple[Any, ...]] = database.read(look)
    return found


def copies_of(database: Database, lodged: Lodged) -> set[str]:
    """The key ids that have a copy of anything in it."""
    wanted = sa.select(Copy.key_id).join(Entry, Entry.id == Copy.entry_id).where(Entry.concern_id == lodged.id)
    found: set[str] = database.read(lambda session: set(session.scalars(wanted)))
    return found


def _register(session: Session, names: dict[UUID, str]) -> None:
    day = date(2026, 9, 1)
    for id_, name in names.items():
        session.add(Adviser(id=id_, name=name))
    for adviser_id in (*names, None):
        public = sealing.public_of(sealing.new_private_key())
        session.add(SealingKey(id=sealing.key_id_of(public), adviser_id=adviser_id, public_key=public, made_on=day))


def _change(session: Session, concern_id: UUID, values: dict[str, Any]) -> None:
    session.execute(sa.update(Concern).where(Concern.id == concern_id).values(values))
