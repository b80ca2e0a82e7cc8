"""The desk's list: the concerns that one may open, by the day they came."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.opening import brief
from backend.kernel.errors import FieldFault, Invalid


def list_concerns(
    session: Session, *, by: UUID, is_open: bool | None, after: UUID | None, most: int, at_once: bool, today: date
) -> dict[str, Any]:
    """
    A page, the latest day first; within a day by their random names, which tell no order.

    Raises Invalid for a cursor that is none.
    """
    last = concern_store.by_id(session, after) if after else None
    if after and last is None:
        raise Invalid("This page is not there any more.", [FieldFault("cursor", "Begin again without it.")])
    own = [key.id for key in key_store.all_keys_of(session, by)]
    found = concern_store.readable(
        session, own, by, is_open=is_open, shown=None if at_once else today, after=last, most=most
    )
    advisers = {one.id: one for one in key_store.advisers(session)}
    assigned = place_store.of(session, [one.id for one in found])
    # By the day after, as concerns are: a line of whoever looks at once would tell the hour.
    news = concern_store.news(session, list(assigned), shown=None if at_once else today)
    return {
        "items": [
            {**brief(one, assigned[one.id], advisers, by=by, today=today), "added_on": news.get(one.id)}
            for one in found
        ],
        "next_cursor": found[-1].id if len(found) == most else None,
    }


def own_keys(session: Session, *, by: UUID) -> dict[str, Any]:
    """One's own keys, those in use first, and the recovery key's name."""
    keys = sorted(key_store.all_keys_of(session, by), key=lambda key: (key.retired_on is not None, key.id))
    recovery = key_store.recovery(session)
    return {"items": keys, "next_cursor": None, "recovery": recovery.id if recovery else None}


def advisers_now(session: Session, *, today: date) -> dict[str, Any]:
    """Every adviser by name, with their leave, and why nothing can be assigned to them today."""
    keys = key_store.all_keys(session)
    items = []
    for one in key_store.advisers(session):
        in_use = {key.id: key.public_key for key in keys.get(one.id, []) if key.retired_on is None}
        away = one.is_away(today)
        items.append(
            {
                "adviser_id": one.id,
                "name": one.name,
                "faculty": one.faculty,
                "trained_on": one.trained_on,
                "away_from": one.away_from,
                "away_until": one.away_until,
                "away": away,
                "keys": in_use,
                "cannot": "No key in use." if not in_use else "On leave." if away else None,
            }
        )
    return {"items": items, "next_cursor": None}
