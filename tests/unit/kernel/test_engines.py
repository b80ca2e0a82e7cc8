"""Which SQLite may write, and how its connections are set up."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.kernel.engines import compact, open_sqlite, safe_sqlite, sqlite_version


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 43, 2), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 46, 1), False),
        ((3, 49, 2), False),
        ((3, 50, 4), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 51, 4), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_a_library_that_can_corrupt_its_log_is_refused(version: tuple[int, ...], safe: bool) -> None:
    """
    Mended in 3.51.3 and in the branches 3.44.6 and 3.50.7 only.
    """
    assert safe_sqlite(version) == safe


def test_the_library_we_ship_is_safe() -> None:
    """
    Otherwise nothing would start.
    """
    assert safe_sqlite(sqlite_version())


def test_what_is_committed_outlives_a_power_cut(tmp_path: Path) -> None:
    """
    A write-ahead log, flushed at every commit; foreign keys count and what is deleted is overwritten.
    """
    writing, reading = open_sqlite(tmp_path / "x.db")
    with writing.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    writing.dispose()
    reading.dispose()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    """
    Not even by mistake.
    """
    writing, reading = open_sqlite(tmp_path / "x.db")

    with pytest.raises(sa.exc.OperationalError, match="readonly"), reading.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE x (y)")
    writing.dispose()
    reading.dispose()


def test_json_is_kept_short_readable_and_without_what_is_no_number() -> None:
    """
    No spaces, letters as they are, and a NaN is refused before it reaches a row.
    """
    assert compact({"a": [1, "é"]}) == '{"a":[1,"é"]}'
    with pytest.raises(ValueError, match="Out of range"):
        compact(float("nan"))
