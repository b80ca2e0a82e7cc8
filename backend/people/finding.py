"""Find people, as those see them who may end a sign-in or review who may what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import DutyState, Role
from backend.people import people_store, responder_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown


def find(
    session: Session, words: str, *, after: UUID | None, most: int, by: Principal, now: datetime
) -> Shown[dict[str, Any]]:
    """
    A page of people by name: roles, teams, site, and for an officer the duty of this moment.

    A controller finds people of their own world, admins and auditors of both.
    Never an address or a number: these belong to the profile, which has its
    own rules. Raises Invalid for a cursor that is nobody.
    """
    before = people_store.by_id(session, after) if after else None
    if after and before is None:
        raise Invalid("This page is not there any more.", [FieldFault("cursor", "Begin again without it.")])
    exercise = None if by.has(Role.ADMIN, Role.AUDITOR) else by.exercise
    found = people_store.matching(session, words.strip(), exercise=exercise, after=before, most=most)
    ids = [one.id for one in found]
    roles, teams = people_store.roles_of_all(session, ids), people_store.teams_of_all(session, ids)
    duties = responder_store.duties_of(session, ids)
    on_duty = {id_: duty.state for id_, duty in duties.items() if duty.on(now=now)}
    items = [
        {
            "id": one.id,
            "name": one.name,
            "roles": sorted({Role.MEMBER, *roles.get(one.id, ())}),
            "teams": sorted(teams.get(one.id, ())),
            "site": one.site,
            "duty": on_duty.get(one.id, DutyState.OFF_DUTY) if Role.OFFICER in roles.get(one.id, ()) else None,
            "active": one.active,
            "exercise": one.exercise,
        }
        for one in found
    ]
    page = {"items": items, "next_cursor": ids[-1] if len(ids) == most else None}
    return Shown(page, (Look("people.viewed", "people", facts={"people": len(items)}),))
