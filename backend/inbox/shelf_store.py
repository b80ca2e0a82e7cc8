"""The messages that are past their day, in rows: removed, set aside for a hold, or freed of where people were."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.inbox.inbox_store import MessageRow, StreamRow
from backend.inbox.message import without_positions
from backend.kernel.aging import AgingRows, about
from backend.kernel.retention import Spared
from backend.kernel.statements import changed, put

_CASE = MessageRow.incident_id

#: Whether a message still tells where somebody is or was: a case's, an offer's or an officer's.
_TELLS_WHERE = sa.or_(
    MessageRow.data["position"].as_string().is_not(None),
    MessageRow.data[("incident", "position")].as_string().is_not(None),
)
_REWRITE = (
    sa.update(MessageRow)
    .where(MessageRow.id == sa.bindparam("message_id"))
    .values(data=sa.bindparam("told", type_=MessageRow.data.type))
)


class OldMessages(AgingRows):
    """
    Messages from before some moment.

    One about a case that is spared is set aside: it leaves the stream, which
    would have a gap otherwise, and stays for whoever wanted the case held.
    """

    def __init__(self) -> None:
        super().__init__(MessageRow, MessageRow.id, lambda before: MessageRow.at < before, sparing=about(_CASE))

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[UUID]:
        done_with = sa.and_(MessageRow.set_aside, _CASE.in_(spared.cases))
        found = sa.select(MessageRow.id).where(MessageRow.at < before, sa.not_(sa.func.coalesce(done_with, sa.false())))
        # The oldest first: a stream loses its beginning, never something in the middle.
        return session.scalars(found.order_by(MessageRow.at).limit(most)).all()

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        held = sa.and_(MessageRow.id.in_(keys), MessageRow.at < before, _CASE.in_(spared.cases))
        changed(session, sa.update(MessageRow).where(held).values(set_aside=True))
        return super().forget(session, keys, before=before, spared=spared, now=now)


class OfficersWhereabouts(AgingRows):
    """Messages from before some moment that tell where an officer was: they stay, and no longer tell it."""

    def __init__(self) -> None:
        super().__init__(
            MessageRow,
            MessageRow.id,
            lambda before: sa.and_(MessageRow.type == "officer", MessageRow.at < before, _TELLS_WHERE),
        )

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        return take_out_positions(session, keys)


def telling_where(session: Session, incident_ids: Collection[UUID], *, most: int) -> Sequence[UUID]:
    """Messages about these cases that tell where somebody was."""
    return session.scalars(sa.select(MessageRow.id).where(_CASE.in_(incident_ids), _TELLS_WHERE).limit(most)).all()


def telling_one_where(session: Session, person_id: UUID, incident_id: UUID) -> Sequence[UUID]:
    """Messages to this person about this case that tell where somebody was."""
    theirs = sa.and_(MessageRow.person_id == person_id, _CASE == incident_id)
    return session.scalars(sa.select(MessageRow.id).where(theirs, _TELLS_WHERE)).all()


def telling_where_count(session: Session, incident_ids: Collection[UUID]) -> int:
    """How many they are."""
    return session.scalar(sa.select(sa.func.count()).where(_CASE.in_(incident_ids), _TELLS_WHERE)) or 0


def told_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases of which a message still tells where somebody was."""
    found = session.scalars(sa.select(_CASE).where(_CASE.in_(incident_ids), _TELLS_WHERE).distinct())
    return {incident_id for incident_id in found if incident_id is not None}


def take_out_positions(session: Session, message_ids: Collection[UUID], *, but_not: Collection[UUID] = ()) -> int:
    """
    These messages no longer tell where anybody was, and all else as before; how many they are.

    Those about cases named in `but_not` stay as they are.
    """
    these = sa.and_(MessageRow.id.in_(message_ids), sa.or_(_CASE.is_(None), _CASE.not_in(but_not)))
    found = sa.select(MessageRow.id, MessageRow.data).where(these).with_for_update()
    rows = session.execute(found).all()
    if rows:
        put(session, _REWRITE, [{"message_id": id_, "told": without_positions(data)} for id_, data in rows])
    return len(rows)


def end_streams(session: Session, person_ids: Collection[UUID]) -> None:
    """Nothing is left of these persons' streams."""
    changed(session, sa.delete(MessageRow).where(MessageRow.person_id.in_(person_ids)))
    changed(session, sa.delete(StreamRow).where(StreamRow.person_id.in_(person_ids)))
