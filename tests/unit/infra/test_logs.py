"""A log line is an event with ids, and never what somebody is called, wrote or is."""

import json
import sys
from collections.abc import MutableMapping
from typing import Any

import pytest
from hypothesis import given, strategies as st

from infra.logs import FORBIDDEN, places_only, redact

TELLTALE = "olga@example.org"


@given(st.dictionaries(st.sampled_from(sorted(FORBIDDEN)), st.text() | st.floats() | st.lists(st.text()), min_size=1))
def test_what_personal_data_may_stand_under_is_never_written(fields: dict[str, Any]) -> None:
    """
    Whoever put it there; that it was there is seen.
    """
    line = redact(None, "info", {"event": "offer.acknowledged", **fields})

    assert line == {"event": "offer.acknowledged", **dict.fromkeys(fields, "[not logged]")}


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda name: name not in FORBIDDEN), st.integers() | st.uuids() | st.booleans()
    )
)
def test_ids_and_figures_are_written_as_they_are(fields: dict[str, Any]) -> None:
    """
    They are what a line is for.
    """
    assert redact(None, "info", dict(fields)) == fields


def _fails_in_the_middle() -> None:
    raise ValueError(f"no such person: {TELLTALE}")


@pytest.mark.parametrize("form", ["flag", "triple", "exception"])
def test_an_exception_is_its_kind_and_the_places_it_passed(form: str) -> None:
    """
    Its words may quote what a person wrote: they are left out, however the exception was handed over.
    """
    line: MutableMapping[str, Any] = {"event": "round.failed"}

    try:
        _fails_in_the_middle()
    except ValueError as fault:
        line["exc_info"] = {"flag": True, "triple": sys.exc_info(), "exception": fault}[form]
        line = places_only(None, "error", line)

    assert line["fault"] == "ValueError"
    assert line["at"].startswith("test_logs.py:")
    assert "_fails_in_the_middle" in line["at"]
    assert TELLTALE not in json.dumps(dict(line))
    assert "exc_info" not in line


def test_a_line_without_an_exception_stays_as_it_is() -> None:
    """
    Nothing is made up.
    """
    assert places_only(None, "info", {"event": "x"}) == {"event": "x"}
    assert places_only(None, "info", {"event": "x", "exc_info": None}) == {"event": "x"}
