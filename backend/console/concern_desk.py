"""Who sits at the advisers' desk, and on which day: what every door of a concern hands to its use case."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns.listing import list_concerns
from backend.concerns.opening import open_concern
from backend.kernel.errors import Forbidden
from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown
from backend.web.context import context, now, principal

#: Where every concern's door is.
API = "/console/api/concerns"

#: Whose desk it is. In an order, since it stands so in the API's document.
ADVISING = (Role.ADVISER, Role.PREVENT_LEAD)


def adviser() -> Principal:
    """Who is asking. Raises Forbidden for exercise people: a drill meets no real concern."""
    person = principal()
    if person.exercise:
        raise Forbidden("Exercise people read no concerns.")
    return person


def at_the_desk() -> dict[str, Any]:
    """`by`, `at_once` (a demo shows what came today), and `today`."""
    return {"by": adviser().id, "at_once": context().demo, "today": day_of(now())}


def day_of(moment: datetime) -> date:
    """Concerns count the days of UTC, wherever the campus is: the same for who lodges and for who reads."""
    return moment.astimezone(UTC).date()


def leads(session: Session) -> set[UUID]:
    """Who is the Prevent lead."""
    return set(people_store.with_role(session, Role.PREVENT_LEAD, exercise=False))


def opened(session: Session, concern_id: UUID, /, **asked: Any) -> Shown[dict[str, Any]]:
    """One concern, and the line that says that it was opened: its id, and nothing of it."""
    return Shown(open_concern(session, concern_id, **asked), (Look("concern.viewed", "concern", concern_id),))


def listed(session: Session, /, **asked: Any) -> Shown[dict[str, Any]]:
    """A page of the list; how many were on it is not written down."""
    return Shown(list_concerns(session, **asked), (Look("concerns.listed", "concern"),))
