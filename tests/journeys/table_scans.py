"""What the store itself says of how it would find the rows of a statement."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from infra.tables import METADATA

#: What is read whole is a bench of officers or a handful of broadcasts, and not a year of cases.
SMALL = {"accounts", "roles", "team_members", "duty", "broadcasts"}


def scans_of(session: Session, work: Callable[[Session], object]) -> list[str]:
    """The tables, beside the small ones, that the store says it would read from end to end."""
    connection = session.connection()
    said: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    work(session)
    event.remove(connection, "before_cursor_execute", note)
    is_postgres = connection.dialect.name == "postgresql"
    if is_postgres:
        # On a table of ten rows reading all of them is the best plan there is.
        connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
    found = []
    for statement, values in said:
        plan = connection.exec_driver_sql(("EXPLAIN " if is_postgres else "EXPLAIN QUERY PLAN ") + statement, values)
        for row in plan:
            line = str(row[0] if is_postgres else row[3]).strip()
            words = line.removeprefix("->").split()
            # SQLite calls it a search where it only picks the least of all rows.
            is_whole = words[:1] in (["Seq"], ["SCAN"]) or (words[:1] == ["SEARCH"] and "USING" not in words)
            table = words[3 if is_postgres else 1] if len(words) > 1 and is_whole else None
            if table in METADATA.tables and " ix_" not in line and table not in SMALL:
                found.append(f"{line}: {statement}")
    return found
