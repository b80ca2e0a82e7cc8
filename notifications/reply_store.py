"""Replies that were taken, in rows."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows
from backend.kernel.statements import put
from notifications.reply import Reply

_TABLE = cast(sa.Table, Reply.__table__)
_BEGIN = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]).returning(_TABLE.c.key),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]).returning(_TABLE.c.key),
}


def begin(session: Session, key: str, *, now: datetime) -> bool:
    """Whether this is the first time it comes; who comes second waits here until the first has been answered."""
    row = {"key": key, "at": now, "said": ""}
    return put(session, _BEGIN[session.get_bind().dialect.name], row).first() is not None


def end(session: Session, key: str, said: str) -> None:
    """What it was answered."""
    session.execute(sa.update(Reply).where(Reply.key == key).values(said=said))


def said(session: Session, key: str) -> str:
    """What it was answered when it came first."""
    return session.scalar(sa.select(Reply.said).where(Reply.key == key)) or ""


#: Replies that were taken before some moment.
TAKEN = AgingRows(Reply, Reply.key, lambda before: Reply.at < before)
