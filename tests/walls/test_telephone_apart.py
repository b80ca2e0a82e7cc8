"""Twilio's own package stays in the files of one channel, and its client speaks to nobody from the hub's own thread."""

from pathlib import PurePosixPath

import pytest

from tests.walls.sources import SourceTree, is_within
from tests.walls.test_push_apart import DATABASES, reached

#: What speaks to the network, and who may load it.
CLIENT, SPEAKS = ("twilio.rest", "twilio.http"), {"notifications.channels.telephone_client"}


def strangers(tree: SourceTree) -> list[str]:
    """Imports of the package elsewhere, and of its client by others than the one that wraps it."""
    found = []
    for source in tree:
        own = PurePosixPath(source.path)
        at_home = own.parent.as_posix() == "notifications/channels" and own.stem.startswith("telephone")
        for one in source.imports:
            if is_within(one.symbol, "twilio") and not at_home:
                found.append(f"{source.path}:{one.line} imports {one.symbol}")
            elif is_within(one.symbol, *CLIENT) and source.module not in SPEAKS:
                found.append(f"{source.path}:{one.line} speaks by {one.symbol}")
    return found


def test_nobody_else_loads_it() -> None:
    """
    Whoever changes the provider changes these files.
    """
    tree = SourceTree.from_disk()

    assert [] == strangers(tree)


def test_the_channel_can_live_where_there_is_no_database() -> None:
    """
    It blocks, so its place is another process than the hub's.
    """
    tree = SourceTree.from_disk()

    assert [] == reached(tree, "notifications.channels.telephone", DATABASES)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("backend/public/recorded_line.py", "from twilio.twiml.voice_response import VoiceResponse"),
        ("notifications/replies/doors.py", "import twilio.request_validator"),
        ("notifications/channels/telephone_twiml.py", "from twilio.rest import Client"),
    ],
)
def test_a_stranger_is_found(path: str, text: str) -> None:
    """
    By its line.
    """
    (found,) = strangers(SourceTree.from_texts({path: text}))

    assert found.startswith(f"{path}:1 ")
