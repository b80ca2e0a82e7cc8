"""SQL is in one kind of file: nobody else imports the library for it, builds a statement or runs one."""

from collections.abc import Iterator

import pytest

from tests.walls.arrow_rules import WITHOUT_ROOMS, is_pure, room
from tests.walls.sources import Source, SourceTree, is_within

LIBRARIES = ("sqlalchemy", "alembic", "psycopg", "pysqlite3")
#: The ground on which the stores stand.
KERNEL = frozenset(
    {
        "aging",
        "audit",
        "chaining",
        "database",
        "engines",
        "errand",
        "group_commit",
        "one_commit",
        "outbox",
        "patient_postgres",
        "retried_commit",
        "scrubbing",
        "statements",
    }
)
#: A use case is handed its transaction, and may say so in its signature.
SESSION = "sqlalchemy.orm.Session"

STATEMENTS = frozenset({"select", "insert", "update", "delete", "text"})
#: The condition of a partial index belongs to the columns.
OF_AN_INDEX = "sqlalchemy.text"
RUNS = frozenset({"session.execute", "session.scalar", "session.scalars", "session.query"})


def sql_outside_stores(tree: SourceTree) -> list[str]:
    """Imports of a database library, and statements, where only a store may have them."""
    found = []
    for source in tree:
        if source.path.parts[0] == "infra" or _is_a_store(source):
            continue
        entity = _is_an_entity(source)
        if not entity:
            found += [f"{source.path}:{line} imports {symbol}" for line, symbol in _libraries(source)]
        found += [
            f"{source.path}:{line} uses {name}: SQL lives in stores"
            for line, name in _statements(source)
            if not (entity and name == OF_AN_INDEX)
        ]
    return found


def _is_a_store(source: Source) -> bool:
    kernel = is_within(source.module, "backend.kernel") and source.stem in KERNEL
    return kernel or source.stem.endswith("_store")


def _is_an_entity(source: Source) -> bool:
    """A noun that is mapped: its columns are told beside its rules."""
    top, place = source.path.parts[0], source.path.parent.name
    of_a_slice = (top == "backend" and place not in WITHOUT_ROOMS) or place == "notifications"
    mapped = any(found.symbol == "backend.kernel.database.Base" for found in source.imports)
    return of_a_slice and mapped and room(source) == "noun" and not is_pure(source)


def _libraries(source: Source) -> Iterator[tuple[int, str]]:
    for found in source.imports:
        if is_within(found.symbol, *LIBRARIES) and found.symbol != SESSION:
            yield found.line, found.symbol


def _statements(source: Source) -> Iterator[tuple[int, str]]:
    for line, name in source.names():
        builds = is_within(name, "sqlalchemy") and name.rpartition(".")[2] in STATEMENTS
        if builds or name in RUNS:
            yield line, name


def test_sql_lives_in_stores() -> None:
    """
    The files as they are keep their SQL in stores.
    """
    tree = SourceTree.from_disk()

    found = sql_outside_stores(tree)

    assert [] == found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("backend/people/signing_in.py", "import sqlalchemy"),
        ("backend/people/signing_in.py", "from sqlalchemy.orm import Mapped"),
        ("backend/people/passwords.py", "from pysqlite3 import dbapi2"),
        ("backend/dispatch/policy.py", "from sqlalchemy.orm import Mapped\nfrom backend.kernel.database import Base"),
        ("backend/web/context.py", "from sqlalchemy import Engine\nfrom backend.kernel.database import Base"),
        ("mobile_api/taps.py", "import psycopg"),
        ("notifications/channels/fcm.py", "import sqlalchemy.orm"),
        (
            "backend/people/account.py",
            "import sqlalchemy as sa\nfrom backend.kernel.database import Base\nsa.select(1)",
        ),
        ("backend/people/signing_in.py", "def f(session):\n    return session.scalars(of_store())"),
        ("mobile_api/offers.py", "def f(session):\n    session.execute(x).all()"),
    ],
)
def test_sql_elsewhere_is_found(path: str, text: str) -> None:
    """
    An import, a statement and a run are each named once, with their file.
    """
    tree = SourceTree.from_texts({path: text, "backend/kernel/database.py": ""})

    (found,) = sql_outside_stores(tree)

    assert found.startswith(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("backend/people/people_store.py", "import sqlalchemy as sa\nsession.scalars(sa.select(1))"),
        ("backend/kernel/outbox.py", "from sqlalchemy import insert\ninsert(x)"),
        (
            "backend/people/account.py",
            "import sqlalchemy as sa\nfrom backend.kernel.database import Base\nsa.text('x')",
        ),
        ("backend/people/signing_in.py", "from sqlalchemy.orm import Session\nknown = {}\nknown.update(x=1)"),
        ("infra/wiring.py", "import sqlalchemy"),
    ],
)
def test_sql_where_it_belongs_is_not_found(path: str, text: str) -> None:
    """
    Stores, the kernel, the columns of a thing and the type of a session are as they should be.
    """
    tree = SourceTree.from_texts({path: text, "backend/kernel/database.py": ""})

    found = sql_outside_stores(tree)

    assert [] == found
