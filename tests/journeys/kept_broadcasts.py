"""What is kept of broadcasts and of the answers to them, left behind with words that stand nowhere else."""

from collections.abc import Callable
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts import roll_store
from backend.broadcasts.spoken import Part
from backend.campus.geofence import Position
from backend.kernel.vocabulary import Role
from backend.people.account import Account
from notifications.reply import Reply
from notifications.wave import Wave
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.broadcast_scenes import follows, issues
from tests.journeys.kept_things import Left, keeps, number, of_id, somebody

#: Digits of a latitude that stand nowhere else.
WHERE = 51.49833456


def position_of_an_answer(campus: CampusStage) -> Left:
    """Where somebody was who answered."""
    controller, student = warner(campus), campus.student(somebody())
    broadcast_id = issues(campus, controller)

    def says_where(session: Session) -> None:
        entry = roll_store.locked_or_added(session, broadcast_id, session.get_one(Account, student.id))
        entry.move_to(Position(WHERE, -0.177, 8.0, campus.clock()), seq=None, received_at=campus.clock())

    campus.database.write(says_where)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    return Left(number(WHERE), keeps(campus, "case_positions_h"))


def words(campus: CampusStage) -> Left:
    """What was said, to whom, and what they answered."""
    controller = warner(campus)
    broadcast_id = issues(campus, controller)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    return Left((b"Leave Beit now by the nearest exit.",), keeps(campus, "broadcasts_days"))


def wave(campus: CampusStage) -> Left:
    """Whom a wave was for, which names them only while it goes; the row itself goes on its day."""
    controller = warner(campus)
    broadcast_id = issues(campus, controller)
    rows = campus.database.read(_waves_of, broadcast_id)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    return Left(tuple(telltale for row in rows for telltale in of_id(row)), keeps(campus, "deliveries_days"))


def reply(campus: CampusStage) -> Left:
    """What the provider called a text, and what it was answered."""
    key = f"SM{uuid4().hex}"

    def is_taken(session: Session) -> None:
        session.add(Reply(key=key, at=campus.clock(), said="Noted: you are safe."))

    campus.database.write(is_taken)
    return Left((key.encode(),), keeps(campus, "deliveries_days"))


def warner(campus: CampusStage) -> Person:
    return campus.somebody(somebody(), Role.CONTROLLER)


OF_BROADCASTS: tuple[Callable[[CampusStage], Left], ...] = (position_of_an_answer, words, wave, reply)


def _waves_of(session: Session, broadcast_id: UUID) -> list[UUID]:
    return list(session.scalars(sa.select(Wave.id).where(Wave.broadcast_id == broadcast_id)))
