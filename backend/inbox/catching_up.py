"""Give a recipient what it missed, without what it may no longer see."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.inbox.inbox_store import MessageRow
from backend.inbox.message import Message, Recipient, only_ids
from backend.kernel.errors import NotFound

#: Messages read at once; a longer backlog comes in several.
PAGE = 200

MaySee = Callable[[Session, Recipient, Collection[UUID]], Collection[UUID]]


def since(session: Session, recipient: Recipient, after: int, *, may_see: MaySee, most: int = PAGE) -> list[Message]:
    """
    This recipient's messages after `after`, in order, at most `most`.

    `may_see` answers which of the cases named are open to this recipient now;
    a message about another keeps its ids and loses the rest. 0 means from the
    oldest that is kept. Raises NotFound `stream-too-old` when messages after
    `after` have already been forgotten.
    """
    oldest = inbox_store.oldest_seq(session, recipient)
    last = inbox_store.last_seq(session, recipient)
    if after > last:
        # A number we never gave: the store is a restored one, and the client must hear what is new all the same.
        after = 0
    elif 0 < after < (oldest if oldest is not None else last + 1) - 1:
        raise NotFound("What came after that is no longer kept. Start again from 0.", slug="stream-too-old")
    return visible(session, recipient, inbox_store.after(session, recipient, after, most=most), may_see=may_see)


def starting_point(session: Session, recipient: Recipient, after: int) -> int:
    """
    From where a socket that says it has got to `after` is to be served.

    A socket is never open and silent: one that is ahead of the stream, or that
    was away for longer than messages are kept, begins with the oldest there is.
    """
    try:
        since(session, recipient, after, may_see=lambda *_: (), most=1)
    except NotFound:
        return 0
    return after if after <= inbox_store.last_seq(session, recipient) else 0


def visible(session: Session, recipient: Recipient, rows: Iterable[MessageRow], *, may_see: MaySee) -> list[Message]:
    """These rows as messages, each showing what the recipient may see now."""
    messages = [row.as_message() for row in rows]
    named = {message.incident_id for message in messages if message.incident_id}
    open_to = set(may_see(session, recipient, named)) if named else set()
    return [
        message
        if message.incident_id is None or message.incident_id in open_to
        else replace(message, data=only_ids(message.data))
        for message in messages
    ]
