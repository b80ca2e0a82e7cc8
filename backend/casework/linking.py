"""Link two cases that belong together, and take them apart again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework import casework_store
from backend.casework.casework import CaseLink
from backend.casework.telling import tell
from backend.incidents.incident import Incident
from backend.kernel.errors import Conflict, Invalid
from backend.kernel.vocabulary import Role
from backend.people import people_store

#: A row of the board names them all.
MOST_LINKS = 20


def link(session: Session, one: Incident, other: Incident, *, by: UUID, now: datetime) -> None:
    """
    From now on each of the two names the other; again is fine.

    Raises Invalid for a case and itself, Conflict when one has too many, or
    when a controller would learn by it of a case that was raised in their name under duress.
    """
    if one.id == other.id:
        raise Invalid("A case cannot be linked with itself.", slug="same-case")
    if casework_store.link_of(session, one.id, other.id) is not None:
        return
    if _is_hidden_from_its_owner(session, one) or _is_hidden_from_its_owner(session, other):
        raise Conflict("This case cannot be linked: its owner must not learn of it.", slug="not-linkable")
    if max(casework_store.links(session, side.id) for side in (one, other)) >= MOST_LINKS:
        raise Conflict(f"A case can be linked with {MOST_LINKS} others and no more.", slug="too-many-links")
    sides = ((one, other), (other, one))
    casework_store.add_link(
        session,
        *(CaseLink(incident_id=this.id, other_id=that.id, linked_by=by, linked_at=now) for this, that in sides),
    )
    for this, that in sides:
        words = f"Linked with {that.reference}."
        tell(session, this, "incident.linked", words, by=by, now=now, other=str(that.id))


def unlink(session: Session, one: Incident, other: Incident, *, of_both: bool, by: UUID, now: datetime) -> None:
    """
    They no longer name each other; two that were not linked stay as they are.

    Not `of_both`: only `one` tells of it, the other may not be looked at any more.
    """
    if not casework_store.remove_link(session, one.id, other.id):
        return
    for this, that in ((one, other), (other, one))[: 2 if of_both else 1]:
        words = f"No longer linked with {that.reference}."
        tell(session, this, "incident.unlinked", words, by=by, now=now, other=str(that.id))


def _is_hidden_from_its_owner(session: Session, incident: Incident) -> bool:
    """Every console shows a row's links: a controller who is being forced would read there that their case exists."""
    if not incident.concealed or incident.owner_id is None:
        return False
    return Role.CONTROLLER in people_store.roles_of(session, incident.owner_id)
