"""A roster of thousands as a store has it, a broadcast to all of them, and what became of each; beside a server too."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.answers.tally import Standing, standing_of
from backend.broadcasts import broadcast_store
from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.putting_out import put_out
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Part, Purpose
from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from backend.kernel.vocabulary import Severity
from backend.people.account import Account
from backend.people.handset import Handset
from backend.people.sign_in import GOOD_FOR, SignIn, hash_of, new_secret
from infra.settings import Settings
from infra.wiring import open_database
from notifications.wave import Wave

#: A wave that was held back, by a sender that is being born or a provider that is busy, is due again within this.
AGAIN = timedelta(seconds=30)

#: Targets that begin so are dead: the provider's stand-in says so.
DEAD = "dead-"


@dataclass(frozen=True)
class Crowd:
    """Who is on the roster beside the demonstration's people: ids, targets of the first of them, and sign-ins."""

    people: tuple[UUID, ...]
    targets: tuple[str, ...]
    tokens: tuple[str, ...]


@contextmanager
def store_of(data_dir: Path) -> Iterator[Database]:
    """The server's own store, looked into from beside it as a command is."""
    database = open_database(Settings(data_dir=data_dir), PlainThreads(), lambda _: None)
    try:
        yield database
    finally:
        database.close()


def enrol_crowd(database: Database, number: int, *, phones: int, dead: int, signed_in: int = 0) -> Crowd:
    """So many people with a mailbox each; the first have a phone, the first of those a dead one, the last a sign-in."""
    people = tuple(uuid4() for _ in range(number))
    targets = tuple(f"{DEAD if k < dead else 'phone-'}{k}" for k in range(phones))
    crowd = Crowd(people, targets, tuple(new_secret() for _ in range(signed_in)))
    database.write(_enrol, crowd, now=datetime.now(UTC))
    return crowd


def warn_everybody(database: Database) -> UUID:
    """A grave broadcast to everyone; a running server's rounds find it."""
    told: UUID = database.write(_warn, now=datetime.now(UTC))
    return told


def standings_of(database: Database, broadcast_id: UUID) -> Counter[Standing]:
    """How many people are in which state."""
    entries: Sequence[RollEntry] = database.read(_roll, broadcast_id)
    return Counter(standing_of(entry, now=datetime.now(UTC)) for entry in entries)


def is_done(database: Database, broadcast_id: UUID) -> bool:
    """Whether the roll is whole and no wave is due, or soon due again; one that is for later waits."""
    return database.read(_is_done, broadcast_id, now=datetime.now(UTC))


def people_told(database: Database, broadcast_id: UUID) -> int:
    """How many of them some provider has taken it for."""
    return database.read(_people_told, broadcast_id)


def people_on_the_roll(database: Database, broadcast_id: UUID) -> int:
    return len(database.read(_roll, broadcast_id))


def audience_size(database: Database) -> int:
    """Everybody of the real world."""
    return database.read(_audience_size)


def dead_targets_left(database: Database) -> int:
    return database.read(_dead_targets_left)


def _enrol(session: Session, crowd: Crowd, *, now: datetime) -> None:
    same = {"language": "en", "recall": False, "exercise": False, "active": True}
    accounts = [
        {"id": id_, "email": f"roster{k}@crowd.example", "name": f"Roster {k}", **same}
        for k, id_ in enumerate(crowd.people)
    ]
    session.execute(sa.insert(Account), accounts)
    handsets = [
        {
            "installation_id": f"installation-{k}",
            "account_id": crowd.people[k],
            "platform": "android",
            "push_kind": "fid",
            "push_value": target,
            "permissions": {},
            "seen_at": now,
        }
        for k, target in enumerate(crowd.targets)
    ]
    if handsets:
        session.execute(sa.insert(Handset), handsets)
    whose = crowd.people[len(crowd.people) - len(crowd.tokens) :]
    sign_ins = [
        {
            "token_hash": hash_of(token),
            "account_id": id_,
            "created_at": now,
            "expires_at": now + GOOD_FOR,
            "used_at": now,
        }
        for token, id_ in zip(crowd.tokens, whose, strict=True)
    ]
    if sign_ins:
        session.execute(sa.insert(SignIn), sign_ins)


def _warn(session: Session, *, now: datetime) -> UUID:
    by = session.scalars(sa.select(Account.id).where(Account.email == "controller1@demo.example")).one()
    broadcast = Broadcast(
        state=BroadcastState.DRAFT.value,
        purpose=Purpose.ALERT.value,
        severity=Severity.SEVERE.value,
        exercise=False,
        place="Beit",
        audience=Audience(everyone=True).document(),
        owner_id=by,
        made_at=now,
        next_update_min=30,
        end_condition="The brigade says so",
        version=0,
        fanned_version=0,
    )
    broadcast_store.add(session, broadcast)
    words = {"en": {"title": "Fire at Beit", "body": "Leave Beit now by the nearest exit."}}
    version = Version(
        broadcast_id=broadcast.id, number=1, part=Part.ALERT.value, words=words, written_by=by, written_at=now
    )
    session.add(version)
    put_out(session, broadcast, version, by=by, now=now)
    return broadcast.id


def _roll(session: Session, broadcast_id: UUID) -> Sequence[RollEntry]:
    return session.scalars(sa.select(RollEntry).where(RollEntry.broadcast_id == broadcast_id)).all()


def _people_told(session: Session, broadcast_id: UUID) -> int:
    told = RollEntry.broadcast_id == broadcast_id, RollEntry.taken != 0
    return session.scalar(sa.select(sa.func.count()).select_from(RollEntry).where(*told)) or 0


def _is_done(session: Session, broadcast_id: UUID, *, now: datetime) -> bool:
    broadcast = broadcast_store.by_id(session, broadcast_id)
    soon = now + AGAIN
    going = sa.select(sa.func.count()).select_from(Wave).where(Wave.finished_at.is_(None), Wave.due_at <= soon)
    return broadcast is not None and broadcast.fanned_at is not None and not session.scalar(going)


def _audience_size(session: Session) -> int:
    wanted = sa.select(sa.func.count()).select_from(Account).where(Account.active, Account.exercise.is_(False))
    return session.scalar(wanted) or 0


def _dead_targets_left(session: Session) -> int:
    wanted = sa.select(sa.func.count()).select_from(Handset).where(Handset.push_value.startswith(DEAD))
    return session.scalar(wanted) or 0
