"""Nothing stays for ever because nobody thought of it."""

from dataclasses import fields

from backend.campus.campus import Keeping
from infra.forgetting import REGISTER, WITHOUT_A_DAY
from infra.tables import METADATA

#: What `bluelight backup` keeps is no table.
OUTSIDE_THE_STORE = {"backups_days"}


def test_every_table_has_a_rule_or_a_reason() -> None:
    """
    Whoever adds a table says when what is in it is forgotten, or why it needs no day.
    """
    ruled = {table for rule in REGISTER for table in rule.tables}

    assert set(METADATA.tables) == ruled | set(WITHOUT_A_DAY)
    assert ruled & set(WITHOUT_A_DAY) == set()
    assert all(WITHOUT_A_DAY.values())


def test_every_line_of_keeping_is_kept() -> None:
    """
    A promise in the campus file that no rule knows would be an empty one, and a rule without a line has its own day.
    """
    promised = {field.name for field in fields(Keeping)}

    assert promised - OUTSIDE_THE_STORE == {rule.key for rule in REGISTER if not rule.dated}


def test_no_kind_of_data_is_named_twice() -> None:
    """
    The operator's table tells each apart.
    """
    names = [rule.what for rule in REGISTER]

    assert len(set(names)) == len(names)
    assert all(rule.batch > 0 for rule in REGISTER)
