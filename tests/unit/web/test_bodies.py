"""A body is read strictly and cleaned of what no store can keep."""

import json
from typing import Any

import pytest
from flask import Flask, request
from hypothesis import given, strategies as st
from werkzeug.exceptions import BadRequest

from backend.web.bodies import clean, json_object, parse

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"NaN",
        b'{"x": NaN}',
        b'{"x": Infinity}',
        b'{"x": -Infinity}',
        b"\xff\xfe",
        b'{"x": "\xc3\x28"}',
        b'{"x": "\xed\xa0\x80"}',
        b"{",
        b"",
        b"x" * 1000,
        b'{"x": 1,}',
        b"{'x': 1}",
        b'{"x": 01}',
        b'{"x": "a\nb"}',
        b'{"x": 1} {}',
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"x":' * DEEP + b"1" + b"}" * DEEP,
    ],
)
def test_what_is_not_json_is_refused_and_nothing_breaks(body: bytes) -> None:
    """
    By BadRequest, whatever is wrong with it.
    """
    with pytest.raises(BadRequest):
        parse(body)


@pytest.mark.parametrize("depth", [1, 10, 100, 500, 900, 950, 990, 1000, 5000])
def test_every_depth_is_either_read_or_refused(depth: int) -> None:
    """
    There is no depth between the two at which reading breaks.
    """
    try:
        found = parse(b"[" * depth + b"]" * depth)
    except BadRequest:
        found = None

    assert found is None if depth >= 1000 else found is None or found == json.loads("[" * depth + "]" * depth)


@given(JSON)
def test_what_is_json_is_read_as_it_was_sent_but_for_what_cannot_be_kept(value: Any) -> None:
    """
    Whatever the nesting; what comes out can be written as UTF-8 and holds no NUL.
    """
    found = parse(json.dumps(value).encode())

    assert found == clean(value)
    assert b"\\u0000" not in json.dumps(found, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (rb'{"x": "a\u0000b"}', {"x": "ab"}),
        (rb'{"x": "a\ud800b"}', {"x": "ab"}),
        (rb'{"x\udfff": ["\u0000"]}', {"x": [""]}),
        (rb'{"x": "\ud83d\ude00"}', {"x": "\U0001f600"}),
        (b'{"x": 1e308}', {"x": 1e308}),
        (b'{"x": 1e999}', {"x": float("inf")}),
        (b'{"x": 1, "x": 2}', {"x": 2}),
    ],
)
def test_characters_that_no_store_can_keep_are_taken_out(body: bytes, found: Any) -> None:
    """
    NUL and lone surrogates go; a pair that makes a character stays.
    """
    assert parse(body) == found


@pytest.mark.parametrize("digits", [309, 4_300, 4_301, 100_000])
def test_a_number_of_any_length_is_json(digits: int) -> None:
    """
    It is a field that does not fit, not a body that cannot be read: no tap is refused for it.
    """
    assert set(parse(b'{"x": ' + b"9" * digits + b"}")) == {"x"}


@given(st.binary())
def test_no_bytes_break_the_reader(body: bytes) -> None:
    """
    Read or refused, never anything else.
    """
    try:
        found = parse(body)
    except BadRequest:
        return

    json.dumps(found, ensure_ascii=False).encode()
    assert found == clean(found)


@pytest.mark.parametrize(("body", "found"), [(b"", {}), (b"  \n", {}), (b"{}", {}), (b'{"a": 1}', {"a": 1})])
def test_an_empty_body_is_an_empty_object(body: bytes, found: dict[str, Any]) -> None:
    """
    Whatever its content type says.
    """
    with Flask("x").test_request_context(method="POST", data=body, content_type="text/plain"):
        assert json_object(request) == found


@pytest.mark.parametrize("body", [b"[]", b"1", b'"text"', b"null", b"true"])
def test_json_that_is_no_object_is_refused(body: bytes) -> None:
    """
    With a sentence that says what is wanted.
    """
    with (
        Flask("x").test_request_context(method="POST", data=body),
        pytest.raises(BadRequest, match="must be a JSON object"),
    ):
        json_object(request)
