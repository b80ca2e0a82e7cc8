"""Review the audit log: read its lines, and prove that none was touched."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit, chaining
from backend.kernel.chaining import Head
from backend.people import people_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown

#: A log that was rewritten is wrong at every line: so many sentences tell it.
MOST_FAULTS = 100


def review(
    session: Session,
    *,
    about: str | None,
    about_id: str | None,
    actor: UUID | None,
    before: int | None,
    most: int,
    by: Principal,
    now: datetime,
) -> Shown[dict[str, Any]]:
    """A page of lines, the newest first, about one thing or by one person or all; reading them is a look as well."""
    asked = str(actor) if actor else None
    lines = audit.lines(session, about=about, about_id=about_id, actor=asked, before=before, most=most)
    names = people_store.names(session, {UUID(line.actor) for line in lines if line.actor})
    items = [
        {
            "id": line.id,
            "at": line.at,
            "action": line.action,
            "actor": line.actor,
            # Whoever has left since has a number and no name.
            "actor_name": names.get(UUID(line.actor)) if line.actor else None,
            "about": line.about,
            "about_id": line.about_id,
            "facts": line.facts,
            "place": line.place,
        }
        for line in lines
    ]
    page = {"items": items, "next_cursor": lines[-1].id if len(lines) == most else None}
    facts = {"asked_about": about, "asked_id": about_id, "asked_actor": asked, "lines": len(items)}
    return Shown(page, (Look("audit.viewed", "audit", facts=facts),))


def verify(session: Session, anchors: Sequence[Head], *, by: Principal, now: datetime) -> Shown[dict[str, Any]]:
    """
    Whether the log stands, how long it is, and what is wrong with it, a sentence each.

    Without anchors, which are kept outside the database, lines cut off its end are not found.
    """
    head = chaining.head_of(session)
    faults = list(islice(chaining.faults_of(session, anchors=list(anchors)), MOST_FAULTS))
    linked = head.place if head else 0
    proof = {
        "stands": not faults,
        "lines": linked,
        "head": head.link if head else None,
        "anchors": len(anchors),
        "faults": faults,
    }
    return Shown(proof, (Look("audit.verified", "audit", facts={"faults": len(faults), "lines": linked}),))
