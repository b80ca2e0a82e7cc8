"""The advisers' desk as the journeys use it: advisers with real keys, and concerns that somebody lodged."""

import base64
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backend.concerns import concern_store, keeping_keys, lodging, receipt
from backend.concerns.concern import Copy, Entry
from backend.concerns.sealing import Unopenable, new_private_key, open_box, public_of, seal, share
from backend.concerns.words import Words
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.trusted import stepped_up

API = "/console/api/concerns"


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def raw(told: str) -> bytes:
    return base64.b64decode(told)


@dataclass(frozen=True)
class Lodged:
    """A concern as its reporter knows it, and the id that the reporter does not."""

    id: str
    receipt: str
    words: str


@dataclass
class Adviser:
    """Somebody at the desk, and the private keys that are in their browser alone."""

    person: Person
    private: dict[str, bytes] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.person.id)

    @property
    def key_id(self) -> str:
        """The newest."""
        return list(self.private)[-1]

    def has_new_key(self, **more: Any) -> str:
        """Made here, told there; the key id."""
        private = new_private_key()
        told = self.asks("PUT", "/keys", {"public_key": text(public_of(private)), **more})
        assert told.status_code == 200, told.text
        self.private[told.json["key_id"]] = private
        return str(told.json["key_id"])

    def asks(self, method: str, path: str = "", body: Any = None) -> Any:
        """With a password that was given again just now."""
        return stepped_up(self.person).asks(method, API + path, body)

    def does(self, method: str, path: str, body: Any = None) -> Any:
        """The same, and it is done."""
        response = self.asks(method, path, body)
        assert response.status_code in (200, 204), (response.status_code, response.text)
        return response.json if response.data else None

    def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """How it is refused: the status, and the end of the problem's type."""
        response = self.asks(method, path, body)
        assert response.mimetype == "application/problem+json", response.text
        return response.status_code, response.json["type"].rpartition("/")[2]

    def lists(self, query: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.does("GET", query)["items"]
        return found

    def opens(self, concern: Lodged) -> dict[str, Any]:
        found: dict[str, Any] = self.does("GET", f"/{concern.id}")
        return found

    def reads(self, concern: Lodged) -> list[bytes]:
        """The plain text of every entry that one's own keys open."""
        return [
            open_box(raw(entry["box"]), raw(copy), self.private[key_id])
            for entry in self.opens(concern)["entries"]
            for key_id, copy in entry["copies"].items()
        ]

    def copies_for(self, concern: Lodged, *readers: "Adviser") -> dict[str, dict[str, str]]:
        """Of every entry, for the newest key of each reader."""
        made: dict[str, dict[str, str]] = {}
        for entry in self.opens(concern)["entries"]:
            key_id, copy = next(iter(entry["copies"].items()))
            made[entry["id"]] = {
                reader.key_id: text(share(raw(copy), self.private[key_id], public_of(reader.private[reader.key_id])))
                for reader in readers
            }
        return made

    def assigns(self, concern: Lodged, *two: "Adviser", **more: Any) -> None:
        self.does("POST", f"/{concern.id}/assign", {"adviser_ids": [one.id for one in two], **more})


def adviser(campus: CampusStage, name: str, *, role: Role = Role.ADVISER, key: bool = True) -> Adviser:
    """An adviser (or the Prevent lead), with a key of their own."""
    found = Adviser(campus.somebody(name, role))
    if key:
        found.has_new_key()
    return found


def recovery_key(campus: CampusStage) -> bytes:
    """Set on this campus; its private half."""
    private = new_private_key()
    campus.database.write(keeping_keys.set_recovery, public_of(private), now=campus.clock())
    return private


def today(campus: CampusStage) -> date:
    return campus.clock.now.date()


def lodged(campus: CampusStage, words: str = "worried", without: Collection[Adviser] = ()) -> Lodged:
    """By somebody who strikes out these, sealed by their own client."""
    keys = campus.database.read(lodging.offered)
    written = receipt.new_receipt()
    mailbox = receipt.mailbox_of(written)
    envelope = seal(Words(words).plain(), keys.but(key_id for one in without for key_id in one.private))
    sealed = lodging.Sealed(mailbox.id, mailbox.public_key, envelope)
    campus.database.write(lodging.lodge, sealed, version=keys.version, today=today(campus))
    concern = campus.database.read(concern_store.by_mailbox, mailbox.id)
    return Lodged(str(concern.id), written, words)


def adds(campus: CampusStage, concern: Lodged, words: str) -> None:
    """The reporter adds to it, sealed to whoever may be sealed to."""
    keys = campus.database.read(lodging.offered)
    envelope = seal(Words(words).plain(), keys.but(()))
    mailbox = receipt.mailbox_of(concern.receipt).id
    campus.database.write(lodging.add, mailbox, envelope, today=today(campus))


def waits_a_day(campus: CampusStage) -> None:
    campus.skips(days=1)


def opened_from_rows(campus: CampusStage, private: dict[str, bytes]) -> dict[str, set[bytes]]:
    """What somebody with the whole database and these private keys can read: plain texts by concern."""
    rows: Iterable[Any] = campus.database.read(_rows)
    found: dict[str, set[bytes]] = {}
    for concern_id, box, copy in rows:
        # Every key is tried on every copy, whatever the row says whose it is.
        for one in private.values():
            try:
                found.setdefault(str(concern_id), set()).add(open_box(box, copy, one))
            except Unopenable:
                continue
    return {concern_id: texts for concern_id, texts in found.items() if texts}


def holders(campus: CampusStage, concern: Lodged) -> set[str]:
    """The key ids that hold a copy of any of its entries."""
    wanted = sa.select(Copy.key_id).join(Entry, Entry.id == Copy.entry_id).where(Entry.concern_id == UUID(concern.id))
    found: set[str] = campus.database.read(lambda session: set(session.scalars(wanted)))
    return found


def _rows(session: Any) -> list[Any]:
    wanted = sa.select(Entry.concern_id, Entry.box, Copy.sealed).join(Copy, Copy.entry_id == Entry.id)
    return list(session.execute(wanted))


def ids(found: Iterable[dict[str, Any]]) -> set[str]:
    return {one["id"] for one in found}
