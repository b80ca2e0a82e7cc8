"""Seals and links, as far as they need no database."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st

from backend.kernel.audit import MARK, AuditLine, content, seal, sealed
from backend.kernel.chaining import GENESIS, Head, anchor_line, link_of, read_anchors

KEY = b"a key"
NOON = datetime(2026, 11, 23, 12, 0, 0, 7, tzinfo=UTC)
LINE: dict[str, Any] = {
    "at": NOON,
    "action": "deed.done",
    "actor": "somebody",
    "about": "deed",
    "about_id": "1",
    "facts": {"b": 1, "a": "é"},
}


def row(**changes: Any) -> AuditLine:
    """A line with its seal; changes come after the sealing."""
    found = AuditLine(**LINE, seal=seal(KEY, LINE, mark="0" * MARK), place=1, previous=GENESIS)
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def test_a_seal_holds_for_the_line_it_was_made_for() -> None:
    """
    64 characters, which is what its column holds.
    """
    assert sealed(KEY, row())
    assert len(row().seal) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON + timedelta(microseconds=1)},
        {"action": "deed.undone"},
        {"actor": None},
        {"about": "else"},
        {"about_id": "2"},
        {"facts": {"b": 1}},
        {"facts": {"b": "1", "a": "é"}},
        {"seal": "1" + "0" * 63},
        {"seal": ""},
    ],
)
def test_it_holds_for_no_other(change: dict[str, Any]) -> None:
    """
    Whatever of the line is another.
    """
    assert not sealed(KEY, row(**change))


def test_it_holds_under_no_other_key_and_no_other_mark() -> None:
    """
    A seal moved under another line's mark is none.
    """
    other = seal(KEY, LINE, mark="1" * MARK)

    assert not sealed(b"another", row())
    assert not sealed(KEY, row(seal="0" * MARK + other[MARK:]))


def test_a_line_is_spelt_the_same_however_a_store_returns_it() -> None:
    """
    The order of facts and the zone of a clock are no part of what was said.
    """
    turned = {**LINE, "facts": dict(reversed(LINE["facts"].items()))}
    elsewhere = {**LINE, "at": NOON.astimezone(timezone(timedelta(hours=5)))}

    assert content(LINE) == content(turned) == content(elsewhere)


@pytest.mark.parametrize(
    "change", [lambda one: setattr(one, "place", 2), lambda one: setattr(one, "action", "x"), lambda one: None]
)
def test_a_link_is_of_this_line_at_this_place_after_that_one(change: Callable[[AuditLine], None]) -> None:
    """
    Another place, another line or another one before it make another link.
    """
    before, after = row(), row()
    change(after)
    same = before.place == after.place and before.action == after.action

    assert (link_of(before, GENESIS, key=KEY) == link_of(after, GENESIS, key=KEY)) == same
    assert link_of(after, GENESIS, key=KEY) != link_of(after, "1" * 64, key=KEY)
    assert link_of(after, GENESIS, key=KEY) != link_of(after, GENESIS, key=b"another")


@given(st.lists(st.builds(Head, st.integers(1), st.text("0123456789abcdef", min_size=64, max_size=64))))
def test_anchors_are_read_as_they_were_written(heads: list[Head]) -> None:
    """
    A line each, in order, and nothing else in the file.
    """
    text = "".join(anchor_line(head, at=NOON) for head in heads)

    assert read_anchors(text) == heads
    assert len(text.splitlines()) == len(heads)
    assert all(json.loads(line)["at"] == NOON.isoformat() for line in text.splitlines())


@pytest.mark.parametrize("text", ["not json\n", '{"place": "x", "link": ""}\n'])
def test_an_anchor_that_cannot_be_read_is_a_fault(text: str) -> None:
    """
    A proof does not pass over what it cannot read.
    """
    with pytest.raises(ValueError, match=r".+"):
        read_anchors(text)
