"""The faults that only several processes can have: tried by `make faults` once the scaled form can be started here."""

from tests.faults.run.rows import Row

#: What each wants of `bluelight web` × N and `bluelight worker` × M beside Redis and PostgreSQL, and what is promised.
WANTED = {
    "a frozen worker wakes up after its lease": "its late writes are fenced, nothing happens twice",
    "Redis refused": "back within 2 s by the poll, no tap waits",
    "Redis killed and started empty": "back within 2 s by the poll, nothing lost",
    "Redis silent: established and dead": "back within 2 s by the poll, no tap waits",
    "PostgreSQL fails over to its synchronous standby": "back within 15 s, nothing lost",
    "a rolling upgrade under load": "no tap refused",
    "the proxy reloads under load": "streams go on without a gap",
    "clocks of two processes 5 s apart": "no rung twice, no rung early",
}


def rows() -> list[Row]:
    """One for each, none of them a yes."""
    return [Row(name, "needs the scaled form", promise, None) for name, promise in WANTED.items()]
