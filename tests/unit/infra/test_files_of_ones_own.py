"""Whoever else has an account on this machine reads nothing of ours."""

from pathlib import Path

import sqlalchemy as sa

from infra.settings import Settings
from infra.wiring import open_engines


def test_what_the_store_writes_is_its_owners_alone(tmp_path: Path) -> None:
    """
    Cases say where people are: the file, and what SQLite lays beside it while it is open.
    """
    tmp_path.chmod(0o755)
    writing, _ = open_engines(Settings(data_dir=tmp_path))

    with writing.begin() as connection:
        connection.execute(sa.text("CREATE TABLE something (id INTEGER)"))
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()}

    writing.dispose()
    assert {"bluelight.db", "bluelight.db-wal", "concerns.db"} <= modes.keys()
    assert {"0o600"} == set(modes.values())
