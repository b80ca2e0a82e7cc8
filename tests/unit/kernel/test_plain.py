"""Values become plain JSON types, or are refused."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from backend.kernel.plain import plain
from backend.kernel.vocabulary import Kind, Lane

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.uuids()
    | st.datetimes(timezones=st.just(UTC))
    | st.dates()
    | st.sampled_from(Kind)
    | st.sampled_from(Lane)
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner))


@given(VALUES)
def test_what_is_plain_survives_json_and_is_plain_already(value: Any) -> None:
    """
    Nothing is lost on the wire, and doing it twice changes nothing.
    """
    told = plain(value)

    assert json.loads(json.dumps(told)) == told
    assert plain(told) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Kind.HELP, "help"),
        (Lane.CASE, 2),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 14, tzinfo=UTC), "2026-11-23T14:00:00+00:00"),
        (frozenset(f"{n:02}" for n in range(30, -1, -1)), [f"{n:02}" for n in range(31)]),
        ({Kind.HELP, (2, "b"), None, 1}, ["help", 1, [2, "b"], None]),
        ({UUID(int=1): (True, None)}, {"00000000-0000-0000-0000-000000000001": [True, None]}),
    ],
)
def test_each_kind_of_value_has_one_plain_form(value: Any, told: Any) -> None:
    """
    Words as words, ids and times as text.
    """
    assert plain(value) == told
    assert type(plain(value)) is type(told)


@pytest.mark.parametrize("value", [b"bytes", object(), 1j, {"a": [object]}])
def test_what_is_not_expected_does_not_reach_a_wire(value: Any) -> None:
    """
    Wherever it is nested.
    """
    with pytest.raises(TypeError, match="plain form"):
        plain(value)
