"""Give a recipient what they missed, showing of each case what the role table opens to them now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import offer_store
from backend.dispatch.facing import as_known_to
from backend.inbox.catching_up import since
from backend.inbox.message import Message, Recipient
from backend.incidents import incident_store
from backend.incidents.incident import CLOSED, Incident
from backend.kernel.vocabulary import Face, Role
from backend.people import people_store


def resume(session: Session, recipient: Recipient, after: int) -> list[Message]:
    """The next page of this recipient's stream after `after`. Raises NotFound `stream-too-old`."""
    return since(session, recipient, after, may_read=readable)


def readable(session: Session, recipient: Recipient, messages: Sequence[Message]) -> set[UUID]:
    """Those of these messages about cases whose content this recipient may read now; the rest keep only their ids."""
    incidents = incident_store.by_ids(session, {one.incident_id for one in messages if one.incident_id})
    if recipient.face is Face.CONSOLE:
        return _at_a_console(session, recipient, incidents, messages)
    own = {one.id for one in incidents if one.owner_id == recipient.person_id and not one.concealed}
    still_open = {one.id for one in incidents if one.open and one.owner_id != recipient.person_id}
    asked = offer_store.open_to(session, recipient.person_id, still_open)
    return {one.id for one in messages if one.incident_id in own | asked}


def _at_a_console(
    session: Session, recipient: Recipient, incidents: Sequence[Incident], messages: Sequence[Message]
) -> set[UUID]:
    if Role.CONTROLLER not in people_store.roles_of(session, recipient.person_id):
        return set()
    known = [as_known_to(session, one, recipient.person_id) for one in incidents]
    still_open = {one.incident.id for one in known if one is not None and one.incident.open}
    closed = {one.incident.id for one in known if one is not None} - still_open
    return {one.id for one in messages if one.incident_id in still_open or (one.incident_id in closed and _ends(one))}


def _ends(told: Message) -> bool:
    """
    Whether it belongs to what the control room may still read of a closed case, and must, or its board shows it open.

    What was told while it was open says where the caller was: of that the door
    shows what still may be shown.
    """
    return told.type == "alarm" or (told.type == "incident" and told.data.get("state") in CLOSED)
