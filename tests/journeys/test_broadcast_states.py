"""Whatever comes of a broadcast in whatever order: the states add up to the audience, and nobody is in two of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import hypothesis
from hypothesis import HealthCheck, given, strategies as st
from sqlalchemy.orm import Session

from backend.answers import tally_store
from backend.answers.answering import take_answer
from backend.answers.displaying import display
from backend.answers.tally import SILENT_AFTER, Standing, standing_of, tally_of
from backend.broadcasts.roll import RollEntry
from backend.kernel.vocabulary import Answer
from tests.campus import CampusStage
from tests.journeys.warned import entry_of, warns

BITS = st.integers(0, 31)
SECONDS = st.none() | st.integers(0, int(2 * SILENT_AFTER.total_seconds()))

on_one_campus = hypothesis.settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def marks(draw: st.DrawFn) -> dict[str, Any]:
    """One person's story, however unlikely; `shown_s` is how long ago their phone showed it."""
    asked, sent = draw(BITS), draw(BITS)
    return {
        "asked": asked,
        "sent": sent,
        "taken": draw(BITS),
        "failed": draw(BITS),
        # Who is meant and has no channel is unreachable for a reason.
        "unreachable": None if asked or sent else "no channel",
        "answer": draw(st.none() | st.sampled_from([one.value for one in Answer])),
        "zone_id": draw(st.none() | st.sampled_from(["sherfield", "chemistry"])),
        "shown_s": draw(SECONDS),
        "version": draw(st.integers(0, 1)),
    }


DEEDS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["asked", "sent", "taken", "failed", "shown", *Answer]),
        st.integers(0, 400),
        BITS,
    ),
    max_size=25,
)


@on_one_campus
@given(st.lists(marks(), max_size=30))
def test_the_store_counts_everybody_as_the_rule_does(campus: CampusStage, people: list[dict[str, Any]]) -> None:
    """
    One by one or all together, by zone or whole: the same sums, on both stores.
    """
    now, fire = campus.clock(), warns(campus)
    expected: dict[Standing, int] = dict.fromkeys(Standing, 0)
    for state in campus.database.write(_enrol, fire, people, now):
        expected[state] += 1

    groups = campus.database.read(tally_store.groups, fire, now=now)
    tally = tally_of(groups, now=now)

    assert expected == tally.whole.states
    assert len(people) == tally.whole.people == sum(tally.whole.states.values())
    assert (
        len(people)
        == sum(one.people for one in tally.zones.values())
        == sum(one.people for one in tally.sites.values())
    )


@on_one_campus
@given(DEEDS)
def test_the_states_add_up_after_any_sequence_of_marks_answers_and_receipts(
    campus: CampusStage, deeds: list[tuple[int, str, int, int]]
) -> None:
    """
    Channels report, screens show, people answer and change their minds, one of them not on the roll at first.
    """
    people = [campus.somebody(f"one-{uuid4()}") for _ in range(4)]
    fire = warns(campus, *people[:3])
    now = campus.clock()
    for who, deed, seconds, bits in deeds:
        now += timedelta(seconds=seconds)
        campus.database.write(_do, fire, people[who].id, deed, bits, now)

    groups = campus.database.read(tally_store.groups, fire, now=now)
    tally = tally_of(groups, now=now)

    entries = [entry_of(campus, fire, person) for person in people]
    counted = [one for one in entries if one and (one.asked or one.answer)]
    assert len(counted) == tally.whole.people == sum(tally.whole.states.values())
    expected = [standing_of(one, now=now) for one in counted]
    assert {state: expected.count(state) for state in Standing} == tally.whole.states


def _enrol(session: Session, broadcast_id: UUID, people: list[dict[str, Any]], now: Any) -> list[Standing]:
    states = []
    for told in people:
        facts = dict(told)
        shown_s = facts.pop("shown_s")
        facts["displayed_at"] = None if shown_s is None else now - timedelta(seconds=shown_s)
        entry = RollEntry(broadcast_id=broadcast_id, person_id=uuid4(), displayed_version=0, **facts)
        session.add(entry)
        states.append(standing_of(entry, now=now))
    return states


def _do(session: Session, broadcast_id: UUID, person_id: UUID, deed: str, bits: int, now: Any) -> None:
    if deed == "shown":
        display(session, person_id, [broadcast_id], versions={}, now=now)
    elif deed in set(Answer):
        take_answer(session, broadcast_id, person_id, Answer(deed), channel="app", now=now)
    elif (entry := session.get(RollEntry, (broadcast_id, person_id))) is not None and entry.asked:
        setattr(entry, deed, getattr(entry, deed) | bits)
