"""List somebody's sign-ins, so that the right one can be ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.people import handset_store, sign_in_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown
from backend.people.signing_out import reached


def sessions_of(session: Session, person_id: UUID, *, by: Principal, now: datetime) -> Shown[dict[str, Any]]:
    """
    One line for each sign-in that is good for anything, the last used first; a look, unless they are one's own.

    One that has run out is listed as long as it can still raise a tap. Never a
    token, what is kept of it, or the installation: who knows the last could
    have its pushes moved. Raises NotFound.
    """
    account = reached(session, person_id, by)
    standing = [one for one in sign_in_store.standing_of(session, account.id) if one.can_tap(now=now)]
    handsets = {one.installation_id: one for one in handset_store.of_person(session, account.id)}
    sockets = handset_store.open_by_sign_in(session, account.id, now=now)
    items = []
    for one in sorted(standing, key=lambda sign_in: sign_in.used_at, reverse=True):
        handset = handsets.get(one.installation_id or "")
        items.append(
            {
                "id": one.public_id,
                "since": one.created_at,
                "last_used": one.used_at,
                "expires_at": one.expires_at,
                "handset": {"platform": handset.platform, "app_version": handset.app_version} if handset else None,
                "sockets": sockets.get(one.token_hash, 0),
                "current": one.token_hash == by.token_hash,
            }
        )
    looks = () if person_id == by.id else (Look("sessions.viewed", "account", person_id),)
    return Shown({"items": items, "next_cursor": None}, looks)
