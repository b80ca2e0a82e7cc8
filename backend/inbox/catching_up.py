"""Give a recipient what it missed, without what it may no longer see."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.inbox.inbox_store import MessageRow
from backend.inbox.message import Message, Recipient, only_ids
from backend.kernel.errors import NotFound

#: Messages read at once; a longer backlog comes in several.
PAGE = 200

MayRead = Callable[[Session, Recipient, Sequence[Message]], Collection[UUID]]


def since(session: Session, recipient: Recipient, after: int, *, may_read: MayRead, most: int = PAGE) -> list[Message]:
    """
    This recipient's messages after `after`, in order, at most `most`.

    `may_read` answers with the ids of those of the messages about cases that
    this recipient may read now; another keeps the ids it is about and loses the
    rest. 0 means from the oldest that is kept. Raises NotFound `stream-too-old`
    when messages after `after` have already been forgotten.
    """
    begins = _begins(session, recipient, after)
    return visible(session, recipient, inbox_store.after(session, recipient, begins, most=most), may_read=may_read)


def starting_point(session: Session, recipient: Recipient, after: int) -> int:
    """
    From where a socket that says it has got to `after` is to be served.

    A socket is never open and silent: one that is ahead of the stream, or that
    was away for longer than messages are kept, begins with the oldest there is.
    """
    try:
        return _begins(session, recipient, after)
    except NotFound:
        return 0


def _begins(session: Session, recipient: Recipient, after: int) -> int:
    """The number behind which it goes on. Raises NotFound when messages behind `after` have already been forgotten."""
    if after <= 0:
        return 0
    last = inbox_store.last_seq(session, recipient)
    if after > last:
        # A number we never gave: the store is a restored one, and the client must hear what is new all the same.
        return 0
    oldest = inbox_store.oldest_seq(session, recipient)
    if after < (oldest if oldest is not None else last + 1) - 1:
        raise NotFound("What came after that is no longer kept. Start again from 0.", slug="stream-too-old")
    return after


def visible(session: Session, recipient: Recipient, rows: Iterable[MessageRow], *, may_read: MayRead) -> list[Message]:
    """These rows as messages, each showing what the recipient may see now."""
    messages = [row.as_message() for row in rows]
    about_cases = [message for message in messages if message.incident_id]
    whole = set(may_read(session, recipient, about_cases)) if about_cases else set()
    return [
        message if message.incident_id is None or message.id in whole else replace(message, data=only_ids(message.data))
        for message in messages
    ]
