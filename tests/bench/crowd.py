"""A campus to measure on: the demonstration, and thousands of members who are signed in and have not tapped yet."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.threads import PlainThreads
from backend.people.account import Account
from backend.people.sign_in import GOOD_FOR, SignIn, hash_of, new_secret
from infra.demo import load_demo
from infra.migrating import migrate
from infra.running import DEMO_CAMPUS
from infra.settings import Settings
from infra.wiring import open_database, open_engines

#: In a bench's folder: the campus as it was prepared.
TEMPLATE = "template"


def fresh_copy(folder: Path) -> Path:
    """The prepared campus of this folder once more, in the place of the last copy."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    return shutil.copytree(folder / TEMPLATE, folder / "data")


def prepare(settings: Settings, *, members: int) -> list[str]:
    """Make the tables and the people, and let go of the store; the members' tokens, one tap each."""
    if settings.database_url is not None:
        writing, _ = open_engines(settings)
        migrate(writing)
        writing.dispose()
    database = open_database(settings, PlainThreads(), lambda _: None)
    now = datetime.now(UTC)
    load_demo(database, DEMO_CAMPUS, now=now)
    tokens = [new_secret() for _ in range(members)]
    database.write(_join, tokens, now=now)
    database.close()
    return tokens


def _join(session: Session, tokens: list[str], *, now: datetime) -> None:
    """Their people, by the thousand: no use case takes so many at once."""
    ids = [uuid4() for _ in tokens]
    people = [
        {"id": id_, "email": f"crowd{k}@bench.example", "name": f"Crowd {k}", "language": "en", "recall": False}
        for k, id_ in enumerate(ids)
    ]
    session.execute(sa.insert(Account), [{**one, "exercise": False, "active": True} for one in people])
    sign_ins = [
        {
            "token_hash": hash_of(token),
            "account_id": id_,
            "created_at": now,
            "expires_at": now + GOOD_FOR,
            "used_at": now,
        }
        for token, id_ in zip(tokens, ids, strict=True)
    ]
    session.execute(sa.insert(SignIn), sign_ins)
