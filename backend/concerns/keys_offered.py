"""The keys a reporter seals to, and the version that says when they have changed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    """All that are in use at one moment; `retired` says whose those are that somebody may have been offered before."""

    keys: tuple[OfferedKey, ...]
    retired: Mapping[str, UUID] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[tuple[SealingKey, str | None]], retired: Mapping[str, UUID] | None = None) -> Self:
        keys = tuple(OfferedKey(key.id, key.public_key, key.adviser_id, name) for key, name in found)
        return cls(keys, retired or {})

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
        struck = self.struck_out(without)
        kept = (*(one for one in self.advisers if one.adviser_id not in struck), *self.recovery)
        return {one.key_id: one.public_key for one in kept}

    def struck_out(self, without: Iterable[str]) -> set[UUID]:
        """
        The advisers whom these key ids stand for, other keys of theirs and newer ones included.

        A reporter means a person; that one may have changed their key while the
        form was being written.
        """
        return {adviser_id for key_id in without if (adviser_id := self._owners.get(key_id)) is not None}

    def strangers(self, without: Iterable[str]) -> set[str]:
        """Those of these key ids that stand for nobody: to pass one over would hand a copy to whoever was meant."""
        return set(without) - set(self._owners) - {one.key_id for one in self.recovery}

    @property
    def _owners(self) -> dict[str, UUID | None]:
        return {**self.retired, **{one.key_id: one.adviser_id for one in self.advisers}}
