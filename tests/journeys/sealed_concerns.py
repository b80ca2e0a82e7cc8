"""Advisers with keys of their own, and concerns that were sealed before they came to the server."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.concerns import concern_store, keeping_keys, lodging, place_store
from backend.concerns.concern import Stage
from backend.concerns.lodging import Sealed
from backend.concerns.receipt import Mailbox, mailbox_of, new_receipt
from backend.concerns.sealing import new_private_key, public_of, seal
from backend.concerns.words import Words
from backend.kernel.vocabulary import Role
from infra.prevent.key_file import KeyFile
from infra.prevent.shares import split
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API


@dataclass
class Adviser:
    """An adviser at the desk, and the private half that only they have."""

    person: Person
    private_key: bytes

    @property
    def public_key(self) -> bytes:
        return public_of(self.private_key)

    def key_file(self, folder: Path) -> Path:
        """Their half in a file, as the demo's."""
        file = folder / f"{self.person.name}.key"
        file.write_text(KeyFile.in_the_open(self.private_key, today=date(2026, 11, 23)).text())
        return file

    def downloads(self, concern_id: UUID, folder: Path) -> Path:
        """What the desk answers, in a file."""
        file = folder / f"{self.person.name}-{concern_id}.json"
        file.write_text(json.dumps(self.person.gets(f"{API}/concerns/{concern_id}")))
        return file


def today(campus: CampusStage) -> date:
    return campus.clock.now.date()


def adviser(campus: CampusStage, name: str, private_key: bytes | None = None) -> Adviser:
    """Somebody appointed, whose public half is at the desk."""
    person = campus.somebody(name, Role.ADVISER)
    found = Adviser(person, private_key or new_private_key())
    campus.database.write(
        keeping_keys.register,
        person.id,
        name,
        found.public_key,
        by=person.id,
        today=today(campus),
        now=campus.clock.now,
    )
    return found


def recovery_key(campus: CampusStage) -> tuple[bytes, list[str]]:
    """The private half, which is nowhere, and its three shares, which are on paper."""
    private_key = new_private_key()
    campus.database.write(keeping_keys.set_recovery, public_of(private_key), now=campus.clock.now)
    return private_key, split(private_key)


def lodged(campus: CampusStage, words: str, *, without: tuple[str, ...] = (), **more: Any) -> Mailbox:
    """A concern, sealed by its reporter's own browser; the mailbox is theirs."""
    mailbox = mailbox_of(new_receipt())
    keys = campus.database.read(lodging.offered)
    sealed = Sealed(mailbox.id, mailbox.public_key, seal(Words(words, **more).plain(), keys.but(without)))
    campus.database.write(lodging.lodge, sealed, version=keys.version, today=today(campus))
    return mailbox


def id_of(campus: CampusStage, mailbox: Mailbox) -> UUID:
    found = campus.database.read(concern_store.by_mailbox, mailbox.id)
    assert found is not None
    concern_id: UUID = found.id
    return concern_id


def stage_of(campus: CampusStage, concern_id: UUID) -> tuple[Stage, set[UUID]]:
    """How far it is, and who has a place."""
    found = campus.database.read(concern_store.by_id, concern_id)
    places = campus.database.read(place_store.of, [concern_id])
    return Stage(found.stage), {one.adviser_id for one in places.get(concern_id, [])}
