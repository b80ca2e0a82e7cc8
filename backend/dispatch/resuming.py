"""Give a recipient what they missed, showing of each case what the role table opens to them now."""

from sqlalchemy.orm import Session

from backend.dispatch.following import open_to
from backend.inbox.catching_up import since
from backend.inbox.message import Message, Recipient


def resume(session: Session, recipient: Recipient, after: int) -> list[Message]:
    """The next page of this recipient's stream after `after`. Raises NotFound `stream-too-old`."""
    return since(session, recipient, after, may_see=open_to)
