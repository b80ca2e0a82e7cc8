"""Whoever can write to the database cannot change the log without being found."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.audit import KEY, AuditLine
from backend.kernel.chaining import GENESIS, anchor_line, faults_of, head_of, link_of, link_waiting, read_anchors
from tests.campus import CampusStage

#: The demo campus was imported once before, which is the first of them.
LINES = 13
MIDDLE = 6


@pytest.fixture
def log(campus: CampusStage) -> CampusStage:
    """A campus with a dozen deeds, linked and anchored twice."""
    for half in (range(LINES // 2), range(LINES // 2, LINES - 1)):
        for number in half:
            campus.database.write(_deed, number, at=campus.clock())
        campus.service.rounds.chain()
    assert campus.audit_faults() == []
    return campus


def tampers(campus: CampusStage, *statements: Any) -> None:
    """What a person with the database's password could do."""

    def all_of_them(session: Session) -> None:
        for statement in statements:
            session.execute(statement)

    campus.database.write(all_of_them)


def changed(place: int, /, **values: Any) -> sa.Update:
    return sa.update(AuditLine).where(AuditLine.place == place).values(values)


def copy_of(campus: CampusStage, place: int, /, **changes: Any) -> dict[str, Any]:
    """Everything of a line but its number, with these changes."""

    def read(session: Session) -> dict[str, Any]:
        row = session.scalars(sa.select(AuditLine).where(AuditLine.place == place)).one()
        return {column.key: getattr(row, column.key) for column in sa.inspect(AuditLine).columns if column.key != "id"}

    found: dict[str, Any] = campus.database.read(read)
    return {**found, **changes}


def relinked(session: Session, key: bytes | None = None) -> None:
    """As somebody who knows the code would repair the chain: places and links made anew, by default with our key."""
    rows = session.scalars(sa.select(AuditLine).order_by(AuditLine.place)).all()
    previous = GENESIS
    for place, row in enumerate(rows, 1):
        row.place, row.previous = place, previous
        row.link = previous = link_of(row, previous, key=key or session.info[KEY])
        session.flush()


def without_anchors(campus: CampusStage) -> list[str]:
    found: list[str] = campus.database.read(lambda session: list(faults_of(session, anchors=[])))
    return found


def test_a_log_nobody_touched_stands(log: CampusStage) -> None:
    """
    Also with lines that wait to be linked, and against every anchor ever written.
    """
    log.database.write(_deed, 99, at=log.clock())

    assert log.audit_faults() == []
    assert len(read_anchors(log.settings.anchor.read_text())) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "another day"),
        ("action", "nothing.happened"),
        ("actor", "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"),
        ("actor", None),
        ("about", "somebody"),
        ("about_id", None),
        ("facts", {}),
        ("facts", {"number": MIDDLE - 1, "more": True}),
        ("seal", "0" * 64),
        ("seal", ""),
        ("place", 1_000),
        ("place", None),
        ("previous", "0" * 64),
        ("previous", None),
        ("link", "0" * 64),
        ("link", None),
    ],
)
def test_an_edit_of_any_column_is_found(log: CampusStage, column: str, value: Any) -> None:
    """
    Whatever of a line is changed, or emptied.
    """
    before = copy_of(log, MIDDLE)[column]
    value = before.replace(day=1) if column == "at" else value
    assert value != before

    tampers(log, changed(MIDDLE, **{column: value}))

    assert log.audit_faults() != []


@pytest.mark.parametrize("place", [1, MIDDLE, LINES])
def test_a_deleted_line_is_found(log: CampusStage, place: int) -> None:
    """
    The first, one in the middle, and, by the anchor, the last.
    """
    tampers(log, sa.delete(AuditLine).where(AuditLine.place == place))

    assert log.audit_faults() != []


def test_a_deletion_that_was_repaired_is_found_by_the_anchor(log: CampusStage) -> None:
    """
    Whoever has our key as well can make places and links anew; what was anchored they cannot.
    """
    tampers(log, sa.delete(AuditLine).where(AuditLine.place == MIDDLE - 1))
    log.database.write(relinked)

    assert log.audit_faults() != []


def test_a_deletion_that_was_repaired_without_the_key_is_found_without_the_anchor(log: CampusStage) -> None:
    """
    Whoever has the database alone cannot make a link.
    """
    tampers(log, sa.delete(AuditLine).where(AuditLine.place == MIDDLE - 1))
    log.database.write(relinked, b"a guess")

    assert without_anchors(log) != []


@pytest.mark.parametrize("linked", [True, False])
def test_a_line_that_was_made_up_is_found(log: CampusStage, linked: bool) -> None:
    """
    Without the key there is no seal for it, at the end of the chain as little as among those that wait.
    """
    place = LINES + 1 if linked else None
    previous = copy_of(log, LINES)["link"] if linked else None
    made_up = AuditLine(**copy_of(log, LINES, action="all.well", place=place, previous=previous, link=None))
    made_up.link = link_of(made_up, previous, key=b"a guess") if previous else None
    log.database.write(lambda session: session.add(made_up))

    assert log.audit_faults() != []


@pytest.mark.parametrize("chained", [True, False])
def test_a_line_that_was_copied_is_found(log: CampusStage, chained: bool) -> None:
    """
    A true line told twice is a lie: each seal is good for one line, even once our own round has linked the copy.
    """
    tampers(log, sa.insert(AuditLine).values(copy_of(log, MIDDLE, place=None, previous=None, link=None)))
    if chained:
        log.service.rounds.chain()

    assert any("second time" in fault for fault in log.audit_faults())


def test_the_same_deed_twice_in_the_same_instant_is_no_copy(log: CampusStage) -> None:
    """
    Two lines may say the same if both were written by us.
    """
    for _ in range(2):
        log.database.write(_deed, 7, at=log.clock())
    log.service.rounds.chain()

    assert log.audit_faults() == []


def test_lines_that_changed_places_are_found(log: CampusStage) -> None:
    """
    Each line stays whole and only the order lies.
    """
    tampers(log, changed(4, place=None), changed(9, place=4), _the_one_without_a_place(9))

    assert sorted(log.database.read(_places)) == list(range(1, LINES + 1))
    assert len([fault for fault in log.audit_faults() if "not linked" in fault]) >= 2


def test_an_order_that_was_repaired_is_found_by_the_anchor(log: CampusStage) -> None:
    """
    Also when every link was made anew.
    """
    tampers(log, changed(4, place=None), changed(6, place=4), _the_one_without_a_place(6))
    log.database.write(relinked)

    assert log.audit_faults() != []


def test_a_log_cut_short_is_found_by_the_anchor_alone(log: CampusStage) -> None:
    """
    What is left is a good chain; only the head written elsewhere says that there was more.
    """
    tampers(log, sa.delete(AuditLine).where(AuditLine.place > MIDDLE))

    assert without_anchors(log) == []
    assert log.audit_faults() == [
        f"The log ends at place {MIDDLE}, but place {LINES} was anchored: lines were cut off its end."
    ]


def test_a_log_that_grew_again_after_it_was_cut_is_found(log: CampusStage) -> None:
    """
    The new lines at the anchored places are not those that were there.
    """
    tampers(log, sa.delete(AuditLine).where(AuditLine.place > MIDDLE))
    for number in range(LINES):
        log.database.write(_deed, 100 + number, at=log.clock())
    log.database.write(link_waiting)

    assert log.audit_faults() == [
        f"The line at place {place} is not the one that was anchored." for place in (MIDDLE + 1, LINES)
    ]


def test_an_emptied_log_is_found(log: CampusStage) -> None:
    """
    Nothing at all is not a good log once something was anchored.
    """
    tampers(log, sa.delete(AuditLine))

    assert len(log.audit_faults()) == 1


def test_with_another_key_no_line_stands(log: CampusStage) -> None:
    """
    The proof is worth something because the key is: each line's seal and each line's link are wrong.
    """

    def with_another_key(session: Session) -> list[str]:
        session.info[audit.KEY] = b"another key"
        return list(faults_of(session, anchors=[]))

    assert len(log.database.read(with_another_key)) == 2 * LINES


def test_linkers_at_the_same_time_make_one_chain(campus: CampusStage) -> None:
    """
    Several processes link and nobody's place is given twice.
    """
    total = 60
    for number in range(total):
        campus.database.write(_deed, number, at=campus.clock())

    def links_on(_: int) -> None:
        while campus.database.write(link_waiting, most=3):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(links_on, range(4)))

    head = campus.database.read(head_of)
    campus.settings.anchor.write_text(anchor_line(head, at=campus.clock()))
    assert head.place == campus.database.read(lambda session: session.query(AuditLine).count())
    assert campus.audit_faults() == []


def _deed(session: Session, number: int, *, at: Any) -> None:
    audit.record(session, "deed.done", actor=UUID(int=1), about="deed", about_id=UUID(int=number), at=at, number=number)


def _places(session: Session) -> list[int]:
    return list(session.scalars(sa.select(AuditLine.place)))


def _the_one_without_a_place(place: int) -> sa.Update:
    return sa.update(AuditLine).where(AuditLine.place.is_(None)).values(place=place)
