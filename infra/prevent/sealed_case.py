"""A concern as the desk's door answers it, sealed; opened, or sealed again to somebody else, away from the server."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.concerns.sealing import Unopenable, key_id_of, open_box, public_of, share
from infra.prevent.key_file import write_new

#: What is shown before anything else an entry may hold, in this order.
FIRST = ("words", "about", "place", "happened_on", "reveal")

#: What ends a screen's line or moves its cursor: a reporter's words are a stranger's.
_CONTROLS = re.compile(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

#: The only kinds of attachment that are ever sealed, and what their files end in.
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


class NoCase(Exception):
    """The file holds no concern; its sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """One thing written in it; without its box there is nothing to read, but copies can be made."""

    id: str
    kind: str
    day: str
    box: bytes | None
    copies: Mapping[str, bytes]

    def opened(self, private_key: bytes) -> dict[str, Any] | None:
        """What was written; None when there is no copy for this key. Raises Unopenable for a copy that is damaged."""
        copy = self.copies.get(key_id_of(public_of(private_key)))
        if copy is None or self.box is None:
            return None
        plain = open_box(self.box, copy, private_key).decode("utf-8", "replace")
        try:
            told = json.loads(plain)
        except (ValueError, RecursionError):
            told = None
        return told if isinstance(told, dict) else {"words": plain}


@dataclass(frozen=True, slots=True)
class SealedCase:
    """The whole of it, as far as it was answered."""

    id: UUID
    entries: Sequence[SealedEntry]

    def copies_for(self, public_keys: Sequence[bytes], private_key: bytes) -> dict[str, Any]:
        """
        A copy for each of these keys of everything that this one opens, `copies` as the desk takes them.

        The boxes stay where they are. Raises Unopenable when this key opens
        nothing of it.
        """
        own = key_id_of(public_of(private_key))
        made = {
            entry.id: {key_id_of(one): _text(share(entry.copies[own], private_key, one)) for one in public_keys}
            for entry in self.entries
            if own in entry.copies
        }
        if not made:
            raise Unopenable
        return {"concern_id": str(self.id), "copies": made}


def read_cases(text: str) -> tuple[SealedCase, ...]:
    """The one concern of an answer, or all of a list. Raises NoCase."""
    try:
        told = json.loads(text)
        return tuple(_case(one) for one in told.get("items", [told]))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as fault:
        raise NoCase("This is no concern as the advisers' desk answers it (JSON with id and entries).") from fault


def lines_of(told: Mapping[str, Any], *, indent: str = "  ") -> Iterator[str]:
    """What an entry says, a name and its words at a time; attachments by their number."""
    rest = sorted(told.keys() - {*FIRST, "attachments"})
    for name in (*FIRST, *rest):
        value = told.get(name)
        if isinstance(value, Mapping):
            yield f"{indent}{shown(name)}:"
            yield from lines_of(value, indent=indent + "  ")
        elif value is not None:
            heading = "" if name == "words" else f"{shown(name)}: "
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield from (f"{indent}{heading if not nth else ''}{line}" for nth, line in enumerate(_lines(text)))


def save_attachments(told: Mapping[str, Any], folder: Path, *, beginning: str) -> list[Path]:
    """
    The images into this folder, under names of ours: the name in the entry is a stranger's and is not used.

    Nothing is written over (FileExistsError); what is no image is left out.
    """
    saved = []
    for nth, one in enumerate(_attachments(told), start=1):
        file = folder / f"{beginning}-{nth}{ENDINGS[one['type']]}"
        write_new(file, base64.b64decode(one["data"]))
        saved.append(file)
    return saved


def count_attachments(told: Mapping[str, Any]) -> int:
    return len(_attachments(told))


def shown(text: object) -> str:
    """Without anything that would move the cursor or change what stands on the screen already."""
    return _CONTROLS.sub(" ", str(text))


def _lines(text: str) -> list[str]:
    return [shown(line) for line in text.split("\n")]


def _attachments(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = told.get("attachments")
    listed = given if isinstance(given, list) else []
    return [one for one in listed if isinstance(one, Mapping) and one.get("type") in ENDINGS and _is_base64(one)]


def _is_base64(one: Mapping[str, Any]) -> bool:
    try:
        base64.b64decode(one.get("data", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        return False
    return True


def _case(told: Mapping[str, Any]) -> SealedCase:
    return SealedCase(UUID(told["id"]), tuple(_entry(one) for one in told["entries"]))


def _entry(told: Mapping[str, Any]) -> SealedEntry:
    copies = {str(key_id): _bytes(copy) for key_id, copy in told["copies"].items()}
    box = _bytes(told["box"]) if "box" in told else None
    return SealedEntry(str(told["id"]), str(told.get("kind", "")), str(told.get("day", "")), box, copies)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
