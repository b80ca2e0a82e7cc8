"""The named queries that every backup is asked: silent on a campus at work, and each finds what it is for."""

from collections.abc import Callable
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch.offer import Offer
from backend.inbox.inbox_store import MessageRow, StreamRow
from backend.incidents.incident import Incident
from backend.kernel.audit import AuditLine
from backend.kernel.errors import Conflict
from backend.kernel.outbox import OutboxRow
from infra.backup.invariants import broken, read_invariants
from notifications.delivery import Delivery
from tests.campus import CampusStage

Spoil = Callable[[CampusStage, Session], object]


def faults(campus: CampusStage) -> list[str]:
    found: list[str] = campus.database.read(lambda session: list(broken(session.connection(), now=campus.clock())))
    return found


def faults_when(campus: CampusStage, spoil: Spoil) -> list[str]:
    """What is found in a transaction that spoils the store, and is then taken back."""
    found: list[str] = []

    def look(session: Session) -> None:
        spoil(campus, session)
        session.flush()
        found.extend(broken(session.connection(), now=campus.clock()))
        raise Conflict("Taken back.")

    with pytest.raises(Conflict):
        campus.database.write(look)
    return found


@pytest.fixture
def busy(campus: CampusStage) -> CampusStage:
    """A case that two officers were asked about and one has, one that is over, and what was told of them."""
    campus.controller("desk")
    near, _ = campus.officer("near"), campus.officer("far")
    campus.student("one").taps("emergency", at=campus.LIBRARY, note="help")
    campus.passes(seconds=130)
    near.accepts()
    two = campus.student("two")
    case = two.taps("help", at=campus.BEIT)
    campus.settles()
    two.posts(f"/v1/incidents/{case['id']}/cancel", {})
    campus.settles()
    return campus


def changed(entity: type, **values: object) -> Spoil:
    """Every row of this kind."""
    return lambda campus, session: session.execute(sa.update(entity).values(**values))


def _second_yes(campus: CampusStage, session: Session) -> None:
    offer = session.scalars(sa.select(Offer).where(Offer.state == "accepted")).one()
    for number in range(3):
        told = {column.key: getattr(offer, column.key) for column in sa.inspect(Offer).columns}
        session.add(Offer(**{**told, "id": uuid4(), "officer_id": uuid4(), "climb": number + 5}))


def _waits_for_nothing(campus: CampusStage, session: Session) -> None:
    session.execute(sa.update(Incident).where(Incident.closed_at.is_(None)).values(next_step_at=None))
    session.execute(sa.update(Offer).values(late=True))
    session.execute(sa.text("DELETE FROM alarms"))


def _dead_in_silence(campus: CampusStage, session: Session) -> None:
    session.execute(sa.update(OutboxRow).values(done=True, dead_at=campus.clock()))
    session.execute(sa.text("DELETE FROM alarms"))


def _gap(campus: CampusStage, session: Session) -> None:
    """The oldest but one of the longest stream is gone."""
    longest = session.scalars(sa.select(StreamRow).order_by(StreamRow.last_seq.desc()).limit(1)).one()
    session.execute(sa.delete(MessageRow).where(MessageRow.person_id == longest.person_id, MessageRow.seq == 2))


SPOILT: dict[str, Spoil] = {
    "taps have no case": lambda campus, session: session.execute(sa.delete(Incident)),
    "open cases wait for nothing: no yes that counts, no next step, no alarm": _waits_for_nothing,
    "offers are about no case": changed(Offer, incident_id=Offer.id),
    "streams have a gap, or do not end with their newest message": _gap,
    "messages are in no stream": lambda campus, session: session.execute(sa.delete(StreamRow)),
    "cases are closed by their state or by their time, and not by both": changed(Incident, state="resolved"),
    "closed cases still have something due": lambda campus, session: session.execute(
        sa.update(Incident).values(next_step_at=campus.clock())
    ),
    "offers of closed cases still wait for somebody": changed(Offer, state="offered"),
    "cases have more officers than they want, whom no controller sent": _second_yes,
    "events are neither told, due nor dead": changed(OutboxRow, relayed_at=None),
    "events are dead and no alarm says so": _dead_in_silence,
    "deliveries are neither done, due nor dead": changed(Delivery, outcome=None, finished_at=sa.func.now()),
    "cases were raised without a line in the audit": lambda campus, session: session.execute(sa.delete(AuditLine)),
}


def test_a_campus_at_work_breaks_none_of_them(busy: CampusStage) -> None:
    """
    Cases asked about, taken, called off and climbing on.
    """
    before = faults(busy)

    busy.passes(seconds=300)

    assert (before, faults(busy)) == ([], [])


def test_every_one_of_them_is_tried(campus: CampusStage) -> None:
    """
    The file has no query that the next test does not break.
    """
    assert set(SPOILT) == {one.broken for one in read_invariants()}


def test_what_breaks_one_of_them_is_found(busy: CampusStage) -> None:
    """
    Each finds its own, with a number; afterwards the store is as it was.
    """
    found = {sentence: faults_when(busy, spoil) for sentence, spoil in SPOILT.items()}

    assert [sentence for sentence, told in found.items() if not any(sentence in one for one in told)] == []
    assert all(one[0].isdigit() for told in found.values() for one in told)
    assert faults(busy) == []
