"""What is sealed is known to the command that replaces keys: a column it does not know would be lost with its key."""

import sqlalchemy as sa

from backend.people.sealed_store import KEPT
from infra.tables import METADATA

#: Columns of bytes that no key of the server's has sealed, as table.column, each with its reason.
NOT_SEALED: frozenset[str] = frozenset(
    {
        # What advisers alone can open: no key of the server's is in it.
        "concern_entries.box",
        "concern_copies.sealed",
        # Public keys.
        "concern_keys.public_key",
        "concerns.reply_key",
    }
)


def test_every_column_of_bytes_is_wrapped_anew_with_the_rest() -> None:
    """
    Who keeps something sealed names its table in `sealed_store.KEPT`, under the column's own name.
    """
    bytes_ = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary)
    }

    known = {f"{kept.table.__tablename__}.{name}" for kept in KEPT for name in kept.columns}

    assert bytes_ - NOT_SEALED == known


def test_each_table_of_sealed_bytes_has_one_row_a_person() -> None:
    """
    The rows are gone through by whom they are about, and none may be passed over.
    """
    alone = [[column.name for column in sa.inspect(kept.table).primary_key] == [kept.about.key] for kept in KEPT]

    assert [True] * len(KEPT) == alone
