"""Two at one draft in the same moment: what goes out was linted and agreed on, whoever was first."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store, drafting, ending, issuing, updating
from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Version
from backend.broadcasts.linting import left_in
from backend.broadcasts.sketch import Sketch, SketchedUpdate, SketchedWords
from backend.kernel.errors import Refusal
from backend.kernel.vocabulary import Severity
from tests.campus import CampusStage
from tests.journeys.trusted import principal_of, stepped_up

WORDS = SketchedWords(title="Water is off in Sherfield Building", body="Use other taps.")
GAP = replace(WORDS, body="Use the taps in {place}.")
SKETCH = Sketch(
    WORDS,
    severity=Severity.MODERATE,
    place="sherfield",
    audience=Audience(zones=("sherfield",)),
    next_update_min=30,
    end_condition="It is back",
)
ROUNDS = 5


def test_nothing_that_two_have_not_agreed_on_goes_out(campus: CampusStage) -> None:
    """
    A gap is saved into the draft while the second person confirms it and the author asks anew.
    """
    author = principal_of(stepped_up(campus.controller("author")))
    second = principal_of(stepped_up(campus.controller("second")))
    write, clock = campus.database.write, campus.clock
    outcomes: Counter[str] = Counter()

    for _ in range(ROUNDS):
        id_ = write(drafting.draft, SKETCH, by=author, now=clock()).id
        write(issuing.issue, id_, by=author, now=clock())
        at_once(
            outcomes,
            changed=partial(write, drafting.change, id_, replace(SKETCH, words=GAP), by=author, now=clock()),
            confirmed=partial(write, issuing.confirm, id_, None, by=second, now=clock()),
            asked=partial(write, issuing.issue, id_, by=author, now=clock()),
            again=partial(write, issuing.confirm, id_, None, by=second, now=clock()),
        )
        for version in campus.database.read(issued, id_):
            assert (author.id, second.id) == (version.issued_by, version.seconded_by)
            assert left_in(version.words["en"]["body"]) is None

    # Either the change or the confirmation was first, never both.
    assert ROUNDS == outcomes["changed"] + outcomes["confirmed"] + outcomes["again"]


def test_a_thread_that_is_ended_twice_at_once_ends_once(campus: CampusStage) -> None:
    """
    All clear, retraction and an update in the same moment: one ends it, and nothing follows that.
    """
    one = principal_of(campus.controller("one"))
    write, clock = campus.database.write, campus.clock
    sketch = replace(SKETCH, words=SketchedWords(template="evacuate"), severity=None)
    outcomes: Counter[str] = Counter()

    for _ in range(ROUNDS):
        id_ = write(drafting.draft, sketch, by=one, now=clock()).id
        write(issuing.issue, id_, by=one, now=clock())
        at_once(
            outcomes,
            cleared=partial(write, ending.clear, id_, None, {}, by=one, now=clock()),
            retracted=partial(write, ending.retract, id_, by=one, now=clock()),
            updated=partial(write, updating.update, id_, SketchedUpdate(no_change=True), by=one, now=clock()),
        )
        numbers = [version.number for version in campus.database.read(issued, id_)]
        parts = [version.part for version in campus.database.read(issued, id_)]
        assert list(range(1, len(numbers) + 1)) == numbers
        assert ["alert"] == parts[:1]
        assert parts[-1] in ("all_clear", "retraction")
        assert not {"all_clear", "retraction"} & set(parts[:-1])

    assert ROUNDS == outcomes["cleared"] + outcomes["retracted"]


def at_once(outcomes: Counter[str], **deeds: Callable[[], Any]) -> None:
    """All of these in the same moment; those that were not refused are counted."""

    def tried(name: str) -> str | None:
        try:
            deeds[name]()
        except Refusal:
            return None
        return name

    with ThreadPoolExecutor(len(deeds)) as pool:
        outcomes.update(name for name in pool.map(tried, deeds) if name)


def issued(session: Session, broadcast_id: UUID) -> list[Version]:
    """The versions that went out."""
    return [one for one in broadcast_store.versions(session, broadcast_id) if one.issued_at is not None]
