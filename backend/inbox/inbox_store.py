"""The streams and their messages, in rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.inbox.message import Message, Recipient
from backend.kernel.database import Base, Instant
from backend.kernel.statements import insert_into, later, put
from backend.kernel.vocabulary import Face


class StreamRow(Base):
    """How far one recipient's stream has got."""

    __tablename__ = "streams"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    face: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    last_seq: Mapped[int] = mapped_column(sa.BigInteger)


class MessageRow(Base):
    """
    One message of one stream.

    `set_aside`: no longer part of the stream, and kept only because its case is
    held; so that what a hold keeps makes no gap in what a client reads.
    """

    __tablename__ = "messages"
    __table_args__ = (
        sa.Index("ix_messages_about", "incident_id"),
        sa.Index("ix_messages_at", "at"),
    )

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    face: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    type: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    incident_id: Mapped[UUID | None] = mapped_column()
    alarm_id: Mapped[UUID | None] = mapped_column()
    displayed_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    set_aside: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), server_default=sa.false())

    def as_message(self) -> Message:
        recipient = Recipient(self.person_id, Face(self.face))
        return Message(recipient, self.seq, self.id, self.type, self.at, self.data, self.incident_id)


def _take(insert: Callable[..., Any]) -> sa.Executable:
    wanted = insert(cast(sa.Table, StreamRow.__table__))
    statement: sa.Executable = wanted.on_conflict_do_update(
        index_elements=["person_id", "face"], set_={"last_seq": StreamRow.last_seq + wanted.excluded.last_seq}
    ).returning(StreamRow.person_id, StreamRow.face, StreamRow.last_seq)
    return statement


_TAKE = {"postgresql": _take(postgresql.insert), "sqlite": _take(sqlite.insert)}
_ADD = insert_into(MessageRow)
_LAST_SEQS = sa.select(StreamRow.person_id, StreamRow.face, StreamRow.last_seq).where(
    StreamRow.person_id.in_(sa.bindparam("ids", expanding=True))
)
_OF_RECIPIENT = sa.select(MessageRow).where(
    MessageRow.id.in_(sa.bindparam("ids", expanding=True)),
    MessageRow.person_id == sa.bindparam("person_id"),
    MessageRow.face == sa.bindparam("face"),
)

_AFTER = (
    sa.select(MessageRow)
    .where(
        MessageRow.person_id == sa.bindparam("person_id"),
        MessageRow.face == sa.bindparam("face"),
        MessageRow.seq > sa.bindparam("seq"),
        MessageRow.set_aside.is_(False),
    )
    .order_by(MessageRow.seq)
    .limit(sa.bindparam("most"))
)


def take_numbers(session: Session, wanted: Mapping[Recipient, int]) -> dict[Recipient, int]:
    """
    So many of each stream's next numbers, taken; the last one of each.

    The rows stay locked until the commit, so numbers are committed in their
    order: a reader who sees n has seen everything before it. They are locked in
    the order in which they are named.
    """
    if not wanted:
        return {}
    values = [{"person_id": one.person_id, "face": one.face.value, "last_seq": n} for one, n in wanted.items()]
    taken = put(session, _TAKE[session.get_bind().dialect.name], values)
    return {Recipient(one.person_id, Face(one.face)): int(one.last_seq) for one in taken}


def add(session: Session, message: Message, *, alarm_id: UUID | None) -> None:
    later(
        session,
        _ADD,
        {
            "person_id": message.recipient.person_id,
            "face": message.recipient.face.value,
            "seq": message.seq,
            "id": message.id,
            "type": message.type,
            "at": message.at,
            "data": message.data,
            "incident_id": message.incident_id,
            "alarm_id": alarm_id,
        },
    )


def after(session: Session, recipient: Recipient, seq: int, *, most: int) -> Sequence[MessageRow]:
    """What follows `seq` in this stream, in order."""
    values = {"person_id": recipient.person_id, "face": recipient.face.value, "seq": seq, "most": most}
    return session.scalars(_AFTER, values).all()


def last_seq(session: Session, recipient: Recipient) -> int:
    """The stream's newest number, 0 before its first message."""
    row = session.get(StreamRow, (recipient.person_id, recipient.face.value))
    return row.last_seq if row else 0


def last_seqs(session: Session, person_ids: Collection[UUID]) -> dict[tuple[UUID, str], int]:
    """The newest numbers of these persons' streams, for the poll behind the bell."""
    return {(row.person_id, row.face): row.last_seq for row in session.execute(_LAST_SEQS, {"ids": list(person_ids)})}


def oldest_seq(session: Session, recipient: Recipient) -> int | None:
    """The oldest number still kept, or None when nothing is."""
    return session.scalar(
        sa.select(sa.func.min(MessageRow.seq)).where(
            MessageRow.person_id == recipient.person_id,
            MessageRow.face == recipient.face.value,
            MessageRow.set_aside.is_(False),
        )
    )


def of_recipient(session: Session, recipient: Recipient, ids: Collection[UUID]) -> Sequence[MessageRow]:
    """Those of the named messages that are this recipient's own."""
    values = {"ids": list(ids), "person_id": recipient.person_id, "face": recipient.face.value}
    return session.scalars(_OF_RECIPIENT, values).all()


def shown_offers(session: Session, ids: Collection[UUID]) -> list[tuple[dict[str, Any], datetime]]:
    """Of the named messages those that ask an officer: what they say, and when a screen first showed it."""
    found = session.execute(
        sa.select(MessageRow.data, MessageRow.displayed_at).where(
            MessageRow.id.in_(ids), MessageRow.type == "offer", MessageRow.displayed_at.is_not(None)
        )
    )
    return [(data, at) for data, at in found]


def renumber(session: Session, by: int) -> None:
    """
    Every stream goes on this much higher, its messages with it, and stays contiguous.

    A client that got further than a restored stream is then told to start again
    from 0, and cannot take new messages for those it has seen.
    """
    session.execute(sa.update(MessageRow).values(seq=MessageRow.seq + by))
    session.execute(sa.update(StreamRow).values(last_seq=StreamRow.last_seq + by))
