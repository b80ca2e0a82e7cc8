"""The document the database keeps is the campus, exactly."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings, strategies as st

from backend.campus.campus import NO_TARGETS
from backend.campus.configuration import RotaLine, Route, from_document, to_document
from backend.kernel.vocabulary import Kind
from tests.unit.campus import imperial

days = st.frozensets(st.integers(0, 6), min_size=1)
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
rota_lines = st.builds(
    RotaLine,
    st.just("security"),
    st.just("officer@demo.example"),
    st.none() | st.just("white-city"),
    days,
    clocks,
    clocks,
)
routes = st.builds(
    Route,
    st.sampled_from(Kind),
    st.just("security"),
    st.none() | st.just("accident"),
    st.none() | st.just("white-city"),
    st.none() | st.just("msrh"),
    st.none() | st.tuples(clocks, clocks),
    st.none() | days,
)


def test_a_campus_comes_back_from_its_document_as_it_went_in() -> None:
    """
    Outlines to the last bit, hours past midnight, and everything else.
    """
    written = json.dumps(to_document(imperial.campus()))

    assert imperial.campus() == from_document(json.loads(written))


def test_the_document_is_made_of_plain_json_types() -> None:
    """
    What a database gives back is equal to what it was given.
    """
    document = to_document(imperial.campus())

    assert document == json.loads(json.dumps(document, allow_nan=False))


@settings(max_examples=40, deadline=None)
@given(st.lists(rota_lines, max_size=3), st.lists(routes, max_size=3))
def test_every_rota_and_every_route_survives_being_kept(lines: list[RotaLine], found: list[Route]) -> None:
    """
    Whatever the days and hours, they are the same afterwards.
    """
    campus = replace(imperial.campus(), zones=(), rota=tuple(lines), routes=tuple(found))

    assert campus == from_document(json.loads(json.dumps(to_document(campus))))


def test_a_campus_from_a_document_answers_as_the_one_from_the_files() -> None:
    """
    The fence, the teams and the rota are all there.
    """
    campus = from_document(to_document(imperial.campus()))
    night = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)

    zone = campus.geofence.zone_at(*imperial.SHERFIELD)

    assert zone == campus.zone("sherfield")
    assert "officer4@demo.example" in {line.email for line in campus.rostered(night)}
    assert time(19, 0) in {line.start for line in campus.rostered(night)}


def test_a_policy_without_targets_keeps_the_digest_it_had_before_there_were_any() -> None:
    """
    An institution that says nothing of them has not changed its campus by a new release.
    """
    told, silent = imperial.campus(), tuple(replace(one, targets=NO_TARGETS) for one in imperial.campus().policies)

    with_targets, without = to_document(told), to_document(replace(told, policies=silent))

    assert {"accepted_s": 60, "on_scene_s": 300} == with_targets["policies"][0]["targets"]
    assert not any("targets" in policy for policy in without["policies"])
    assert silent == from_document(without).policies


@pytest.mark.parametrize("document", [{}, {"format": 0}, {"format": "1"}])
def test_a_document_of_another_format_is_refused(document: dict[str, object]) -> None:
    """
    An older or newer release's document is not guessed at.
    """
    with pytest.raises(ValueError, match="format"):
        from_document(document)
