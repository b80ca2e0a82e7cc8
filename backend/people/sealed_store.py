"""Everything sealed that is kept, whatever it is about: for a key that is to replace another."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.kernel.database import Base
from backend.people.profile import PIECES, Profile
from backend.people.sealed import KEY_ID_BYTES, LAYOUT
from backend.people.second_factor import SEALED_AS, SecondFactor


@dataclass(frozen=True, slots=True)
class Kept:
    """A table with sealed bytes, one row a person, under `about`; each column with what its bytes are bound to."""

    table: type[Base]
    about: InstrumentedAttribute[UUID]
    columns: Mapping[str, str]


#: Each table in which a slice keeps something sealed: what is not here would be lost with its key.
KEPT = (
    Kept(Profile, Profile.account_id, {name: name for name in PIECES}),
    Kept(SecondFactor, SecondFactor.account_id, {"secret": SEALED_AS, "waiting": SEALED_AS}),
)


def portion(session: Session, kept: Kept, *, after: UUID | None, most: int) -> Sequence[Any]:
    """Rows of this table in the order of the people they are about, held until the commit."""
    wanted = sa.select(kept.table).order_by(kept.about).limit(most).with_for_update()
    return session.scalars(wanted if after is None else wanted.where(kept.about > after)).all()


def pieces_by_key(session: Session) -> dict[str, int]:
    """How many pieces each key opens, by its id; a key on no ring is counted as well."""
    found: Counter[str] = Counter()
    for kept in KEPT:
        for name in kept.columns:
            piece = getattr(kept.table, name)
            # Where `key_id` finds it in the bytes; SQL counts from one.
            key = sa.func.substr(piece, len(LAYOUT) + 1, KEY_ID_BYTES, type_=sa.LargeBinary).label("key")
            counted = sa.select(key, sa.func.count()).where(piece.is_not(None)).group_by("key")
            for key_id, number in session.execute(counted):
                found[bytes(key_id).hex()] += number
    return dict(found)
