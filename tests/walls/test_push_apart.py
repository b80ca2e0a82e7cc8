"""The senders stay apart: the hub never loads the providers' clients, and a sender never the database."""

import pytest

from tests.walls.sources import SourceTree, is_within

CLIENTS = ("firebase_admin", "google", "pywebpush", "py_vapid", "aiohttp", "twilio.rest", "twilio.http", "pycurl")
DATABASES = ("sqlalchemy", "alembic", "psycopg", "pysqlite3", "gevent", "flask")

HUB = ("infra.cli", "infra.running", "infra.wiring", "infra.rounds")
SENDERS = ("infra.push_child", "infra.crowd_child", "infra.post_child")


def reached(tree: SourceTree, start: str, strangers: tuple[str, ...]) -> list[str]:
    """Chains of imports from a module to a stranger's."""
    return [
        " -> ".join([*chain, found.symbol])
        for chain in tree.ways(tree.sources[start])
        for found in tree.sources[chain[-1]].imports
        if is_within(found.symbol, *strangers)
    ]


@pytest.mark.parametrize("start", HUB)
def test_the_hub_never_loads_a_providers_client(start: str) -> None:
    """
    They wait by themselves, in threads of their own, and would take the hub with them.
    """
    tree = SourceTree.from_disk()

    found = reached(tree, start, CLIENTS)

    assert [] == found


@pytest.mark.parametrize("start", SENDERS)
def test_a_sender_never_loads_a_database(start: str) -> None:
    """
    Two processes on one SQLite file would break its locks; and it starts in half the time.
    """
    tree = SourceTree.from_disk()

    found = reached(tree, start, DATABASES)

    assert [] == found


def test_a_way_to_google_is_found() -> None:
    """
    Through others as well.
    """
    tree = SourceTree.from_texts(
        {
            "infra/running.py": "from notifications import sending",
            "notifications/sending.py": "from notifications.channels import fcm",
            "notifications/channels/fcm.py": "import firebase_admin.messaging",
        }
    )

    (found,) = reached(tree, "infra.running", CLIENTS)

    assert found.endswith("notifications.channels.fcm -> firebase_admin.messaging")
