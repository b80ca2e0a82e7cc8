"""The table of `make faults`: three answers, and what was lost under a NO."""

from tests.faults.run.rows import Row, table


def test_the_table_never_says_yes_of_what_was_not_tried() -> None:
    """
    Three answers: yes, NO with what was lost under it, and not tried.
    """
    rows = [
        Row("one", "done", "none lost", True, "1.0 s"),
        Row("two", "done", "none lost", False, lost=["a tap"]),
        Row("three", "needs the scaled form", "none lost", None),
    ]

    lines = table(rows).splitlines()

    assert ["yes", "NO", "tried"] == [
        line.split()[-1] for line in lines if line.split()[:1] in (["one"], ["two"], ["three"])
    ]
    assert "      a tap" in lines
