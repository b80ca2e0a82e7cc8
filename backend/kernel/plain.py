"""Values as plain JSON types, for a row or a socket."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """
    The same value made of dict, list, str, int, float, bool and None.

    Raises TypeError for anything else: what is not expected here must not reach a wire.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return plain_members(value)
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        # The order of a set is another in each process: whoever takes a digest needs the same one.
        return sorted((plain(inner) for inner in value), key=json.dumps)
    raise TypeError(f"{type(value).__name__} has no plain form")


def plain_members(values: Mapping[Any, Any]) -> dict[str, Any]:
    """The same of a mapping, which stays one."""
    return {str(name): plain(inner) for name, inner in values.items()}
