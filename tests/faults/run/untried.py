"""The faults that only several processes can have: tried by `make faults` once the scaled form can be started here."""

from tests.faults.run.rows import Row

#: What each wants of `bluelight web` × N and `bluelight worker` × M beside Redis and PostgreSQL, and what is promised.
WANTED = {
    "PostgreSQL fails over to its synchronous standby": "back within 15 s, nothing lost",
}


def rows() -> list[Row]:
    """One for each, none of them a yes."""
    return [Row(name, "needs the scaled form", promise, None) for name, promise in WANTED.items()]
