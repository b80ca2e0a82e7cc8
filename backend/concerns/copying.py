"""Copies for one more reader, made by the client of one who has them: for every entry, or none at all."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store
from backend.concerns.concern import Concern
from backend.concerns.sealing import COPY_BYTES
from backend.kernel.errors import Conflict, Invalid

#: By entry and key id.
Copies = Mapping[UUID, Mapping[str, bytes]]


def give_copies(session: Session, concern: Concern, readers: Collection[UUID], copies: Copies) -> None:
    """
    From now on these advisers' keys in use open every entry.

    Raises Conflict when there is nobody to give them to, and Invalid unless
    `copies` are exactly what is missing: a case of which somebody reads a part
    is worse than one that waits.
    """
    keys = [key.id for key in key_store.keys_of(session, readers, lock=True)]
    if not keys:
        raise Conflict("There is no key in use to give copies to.", slug="no-key")
    entry_ids = concern_store.entry_ids(session, concern.id)
    has = {(one.entry_id, one.key_id) for one in concern_store.copies(session, entry_ids, keys)}
    missing = {(entry_id, key_id) for entry_id in entry_ids for key_id in keys} - has
    given = {(entry_id, key_id): copy for entry_id, some in copies.items() for key_id, copy in some.items()}
    if set(given) != missing:
        raise Invalid(
            "Give a copy of every entry for each of these keys, and no other: open the concern again and seal anew.",
            slug="copies-incomplete",
            facts={
                "missing": sorted({str(entry_id) for entry_id, _ in missing - set(given)}),
                "keys": sorted(keys),
                "of_no_use": len(set(given) - missing),
            },
        )
    if any(len(copy) != COPY_BYTES for copy in given.values()):
        raise Invalid("A copy is not a sealed key.", slug="copies-incomplete")
    concern_store.put_copies(session, given)
