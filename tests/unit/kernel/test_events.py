"""Every event of the catalogue survives the outbox."""

import json
from dataclasses import FrozenInstanceError, fields
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from backend.kernel.engines import compact
from backend.kernel.event_rows import from_row, to_row
from backend.kernel.events import CATALOGUE, Event, IncidentMoved, OfferWithdrawn, ResponderOffered
from backend.kernel.vocabulary import Kind, Lane, Stage, lane_of

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    UUID: st.uuids(),
    UUID | None: st.none() | st.uuids(),
    int: st.integers(0, 2**31),
    str: WORDS,
    str | None: st.none() | WORDS,
    Kind: st.sampled_from(Kind),
    Stage: st.sampled_from(Stage),
    tuple[str, ...]: st.lists(WORDS, max_size=3).map(tuple),
}


def any_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: BY_TYPE[hints[field.name]] for field in fields(kind)})


EVENTS = st.one_of([any_of(kind) for kind in CATALOGUE.values()])


@given(EVENTS)
def test_an_event_comes_out_of_its_row_as_it_went_in(event: Event) -> None:
    """
    Through JSON, with every fact of its own type.
    """
    row = to_row(event)

    found = from_row(row.name, json.loads(compact(row.facts)))

    assert found == event
    for field in fields(event):
        assert type(getattr(found, field.name)) is type(getattr(event, field.name))


@given(EVENTS, st.dictionaries(st.text(min_size=30), st.integers(), min_size=1))
def test_facts_of_a_newer_version_are_passed_over(event: Event, more: dict[str, int]) -> None:
    """
    A newer process may add facts while this one still relays.
    """
    row = to_row(event)

    assert from_row(row.name, {**json.loads(compact(row.facts)), **more}) == event


@given(EVENTS)
def test_an_event_cannot_be_changed_and_has_a_lane(event: Event) -> None:
    """
    What happened, happened.
    """
    with pytest.raises((FrozenInstanceError, TypeError)):
        setattr(event, fields(event)[0].name, None)

    assert event.lane in Lane


def test_an_event_nobody_knows_is_told_so() -> None:
    """
    The row waits for a version that does.
    """
    with pytest.raises(KeyError):
        from_row("ThingThatNeverWas", {})


def test_the_catalogue_names_every_kind_of_event() -> None:
    """
    One that was forgotten could be written and never read.
    """

    def below(kind: type[Event]) -> set[type[Event]]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    # Subclasses with slots are made twice; the catalogue's are those the module shows.
    names = {one.__name__ for one in below(Event)} - {"Event", "OfIncident", "NewsOfIncident", "OfOffer"}
    assert names == set(CATALOGUE)


@pytest.mark.parametrize("kind", Kind)
def test_an_offer_never_waits_behind_what_is_merely_told(kind: Kind) -> None:
    """
    An emergency never waits behind a broken light, no call for help behind words and positions, and no "stand down".
    """
    moved = IncidentMoved(UUID(int=1), kind)

    for told in (ResponderOffered, OfferWithdrawn):
        offer = told(UUID(int=1), kind, UUID(int=2), UUID(int=3))
        assert (offer.lane, moved.lane) == (min(lane_of(kind), Lane.FIRST_AID), Lane.CASE)
        assert (offer.carried_in, moved.carried_in) == (lane_of(kind), Lane.CASE)


def test_no_event_has_room_for_a_name_or_a_place() -> None:
    """
    Ids and words of the vocabulary only: what is kept in the outbox may be read by whoever reads a backup.
    """
    personal = {"name", "email", "mobile", "note", "text", "words", "latitude", "longitude", "position", "address"}

    assert {name for kind in CATALOGUE.values() for name in (field.name for field in fields(kind))} & personal == set()
