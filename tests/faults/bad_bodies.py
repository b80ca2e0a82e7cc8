"""Bodies and values that no client should send, and the right ones they are put into."""

from typing import Any

DEEP = b"[" * 10_000 + b"]" * 10_000

#: Each a body as bytes.
BODIES = {
    "empty": b"",
    "blank": b"  \n",
    "array": b"[]",
    "number": b"7",
    "null": b"null",
    "string": b'"x"',
    "half": b'{"kind": "emergen',
    "not json": b"kind=emergency",
    "bad utf-8": b'{"note": "\xff\xfe"}',
    "utf-16": '{"kind": "help"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "nan": b'{"seq": NaN, "position": {"latitude": NaN, "longitude": 0}}',
    "infinity": b'{"latitude": Infinity, "longitude": -Infinity, "seq": 1}',
    "1e308": b'{"latitude": 1e308, "longitude": -1e308, "seq": 1e308, "limit": 1e999}',
    "many digits": b'{"seq": ' + b"9" * 5000 + b"}",
    "deep": DEEP,
    "deep in a field": b'{"note": ' + DEEP + b"}",
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "unknown fields": b'{"__proto__": {}, "constructor": 1, "\\u0000": 1, "": null}',
    "twice the same": b'{"kind": "help", "kind": 7}',
}

#: Put into every field of a body that would be right, one field at a time.
VALUES: dict[str, Any] = {
    "null": None,
    "true": True,
    "negative": -1,
    "huge": 10**30,
    "1e308": 1e308,
    "float": 1.5,
    "empty": "",
    "nul": "a\x00b",
    "lone surrogate": "\ud800",
    "long": "x" * 20_000,
    "markup": "<script>'; DROP TABLE incidents; --",
    "list": [],
    "list of all": [None, {}, "x", 1e308],
    "object": {},
    "nested": {"latitude": {"latitude": []}, "items": {}},
    "far time": "9999-12-31T23:59:59-23:59",
    "no zone": "2026-11-22T14:00:16",
}


def filled(path: str, id_: str) -> str:
    """An address with its variable parts filled."""
    return "/".join(id_ if part.startswith("{") else part for part in path.split("/"))


def example(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """A body as the document's own examples give it."""
    body = document["paths"][path].get(method, {}).get("requestBody")
    if not body or "application/json" not in body["content"]:
        return {}
    schema = body["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return {name: inner.get("example") for name, inner in schema.get("properties", {}).items()}


def like(right: Any, value: Any) -> Any:
    """The odd value, inside a list where a list is right and the value alone would stop at the door."""
    return [value] if isinstance(right, list) and not isinstance(value, list) else value
