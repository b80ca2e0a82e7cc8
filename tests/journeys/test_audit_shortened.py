"""The log's beginning may be forgotten, exactly as far as it was said, and nobody else can cut a line off it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.audit import AuditLine
from backend.kernel.chaining import SHORTENED, base_of, head_of, link_waiting
from tests.campus import CampusStage

DAYS = 2190
OLD, YOUNG = 8, 5


@pytest.fixture
def log(campus: CampusStage) -> CampusStage:
    """Some lines that were forgotten, and some that are too young; the import of the campus is the first of all."""
    for number in range(OLD - 1):
        campus.database.write(deed, number, at=campus.clock())
    campus.service.rounds.chain()
    campus.clock.now += timedelta(days=DAYS, seconds=1)
    for number in range(YOUNG):
        campus.database.write(deed, OLD + number, at=campus.clock())
    campus.service.rounds.chain()
    campus.service.rounds.forget()
    campus.service.rounds.chain()
    return campus


def test_what_is_left_of_the_log_stands(log: CampusStage) -> None:
    """
    The old lines are gone, the young follow on the last of them, and the next ones on these.
    """
    log.database.write(deed, 99, at=log.clock())
    log.service.rounds.chain()

    assert OLD == log.database.read(base_of).place
    assert list(range(OLD + 1, log.database.read(head_of).place + 1)) == log.database.read(places)
    assert [] == log.audit_faults()


@pytest.mark.parametrize(
    "tampering",
    [
        sa.delete(AuditLine).where(AuditLine.place == OLD + 1),
        sa.delete(AuditLine).where(AuditLine.place <= OLD + 3),
        sa.delete(AuditLine).where(AuditLine.about_id == SHORTENED),
        sa.update(AuditLine).where(AuditLine.about_id == SHORTENED).values(facts={"place": OLD + 1, "link": "0" * 64}),
    ],
    ids=["the next line", "several", "the line that says so", "what it says"],
)
def test_a_line_more_cut_off_its_beginning_is_found(log: CampusStage, tampering: Any) -> None:
    """
    As is whoever changes or removes the line that says how far it was forgotten.
    """
    log.database.write(lambda session: session.execute(tampering) and None)

    assert [] != log.audit_faults()


def test_a_beginning_that_was_never_announced_is_found_by_the_anchor(log: CampusStage) -> None:
    """
    Who has our key as well can write a line that forgets; outside the database it was not announced.
    """
    written = log.settings.anchor.read_text().splitlines()
    log.settings.anchor.write_text("".join(f"{line}\n" for line in written if "forgotten" not in line))

    assert [
        f"The log begins after place {OLD}, and no anchor says that it was to be forgotten up to there."
    ] == log.audit_faults()


def test_a_log_that_was_announced_and_not_shortened_stands(campus: CampusStage) -> None:
    """
    Whoever dies between the two has changed nothing.
    """
    for number in range(OLD):
        campus.database.write(deed, number, at=campus.clock())
    campus.service.rounds.chain()
    head = campus.database.read(head_of)
    campus.service.rounds.write_anchor(type(head)(head.place, head.link, forgotten=True))

    assert [] == campus.audit_faults()


def test_the_newest_line_stays_however_old(campus: CampusStage) -> None:
    """
    The next line must have one to follow.
    """
    campus.database.write(deed, 1, at=campus.clock())
    campus.service.rounds.chain()
    campus.clock.now += timedelta(days=2 * DAYS)
    campus.service.rounds.forget()
    kept = campus.database.read(places)

    campus.database.write(link_waiting)

    assert [2] == [place for place in kept if place]
    assert [2, 3, 4] == campus.database.read(places)
    assert [] == campus.audit_faults()


def test_forgetting_is_in_the_log_as_numbers_alone(log: CampusStage) -> None:
    """
    One line says how many lines went, and one up to which place.
    """
    told = {line.action: line.facts for line in log.database.read(told_lines)}

    assert {"what": "lines of the audit log", "number": OLD} == told["data.forgotten"]
    assert {"place": OLD, "lines": OLD}.items() <= told["audit.shortened"].items()


def deed(session: Session, number: int, *, at: Any) -> None:
    audit.record(session, "deed.done", actor=UUID(int=1), about="deed", about_id=UUID(int=number), at=at, number=number)


def places(session: Session) -> list[int | None]:
    return list(session.scalars(sa.select(AuditLine.place).order_by(AuditLine.place)))


def told_lines(session: Session) -> list[AuditLine]:
    actions = ("data.forgotten", "audit.shortened")
    return list(session.scalars(sa.select(AuditLine).where(AuditLine.action.in_(actions)).order_by(AuditLine.id)))
