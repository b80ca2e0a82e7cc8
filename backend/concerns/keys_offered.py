"""The keys a reporter seals to, and the version that says when they have changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from backend.concerns.adviser import SealingKey


@dataclass(frozen=True, slots=True)
class OfferedKey:
    """One that may be sealed to; the recovery key has neither adviser nor name and cannot be struck out."""

    key_id: str
    public_key: bytes
    adviser_id: UUID | None
    name: str | None


@dataclass(frozen=True, slots=True)
class KeysOffered:
    """All that are in use at one moment."""

    keys: tuple[OfferedKey, ...]

    @classmethod
    def of(cls, found: Iterable[tuple[SealingKey, str | None]]) -> Self:
        return cls(tuple(OfferedKey(key.id, key.public_key, key.adviser_id, name) for key, name in found))

    @property
    def advisers(self) -> tuple[OfferedKey, ...]:
        return tuple(one for one in self.keys if one.adviser_id is not None)

    @property
    def recovery(self) -> tuple[OfferedKey, ...]:
        return tuple(one for one in self.keys if one.adviser_id is None)

    @property
    def version(self) -> str:
        """16 hexadecimal digits that change with the keys."""
        return hashlib.sha256(" ".join(sorted(one.key_id for one in self.keys)).encode()).hexdigest()[:16]

    def but(self, without: Iterable[str]) -> dict[str, bytes]:
        """What to seal to, by key id: everybody's but those struck out, and the recovery key."""
        struck = set(without)
        kept = (*(one for one in self.advisers if one.key_id not in struck), *self.recovery)
        return {one.key_id: one.public_key for one in kept}
