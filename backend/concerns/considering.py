"""Weigh the advisers for one concern: who could work on it, who stands aside, and who holds a copy."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.candidate import Candidate
from backend.concerns.concern import Concern, Stage
from backend.kernel.errors import Conflict, FieldFault


def candidates(session: Session, concern: Concern, *, today: date) -> list[Candidate]:
    """
    Every adviser, by name.

    While a concern waits, who had a key on its day and holds no copy was struck
    out by the reporter; assigning writes that down, since then most copies are gone.
    """
    holders = concern_store.holders(session, concern.id)
    recused, busy = place_store.recused(session, concern.id), place_store.busy(session)
    keys = key_store.all_keys(session)
    weighed = []
    for one in key_store.advisers(session):
        own = keys.get(one.id, [])
        holds = any(key.id in holders for key in own)
        had_key = any(key.made_on <= concern.day for key in own)
        weighed.append(
            Candidate(
                adviser_id=one.id,
                name=one.name,
                faculty=one.faculty,
                trained_on=one.trained_on,
                away=one.is_away(today),
                away_until=one.away_until,
                has_key=any(key.retired_on is None for key in own),
                holds=holds,
                struck_out=concern.stage == Stage.WAITING.value and had_key and not holds,
                recused=one.id in recused,
                busy=busy.get(one.id, 0),
            )
        )
    return weighed


def able(session: Session, concern: Concern, adviser_ids: list[UUID], *, field: str, today: date) -> list[Candidate]:
    """These advisers, weighed. Raises Conflict with a sentence for each who cannot be assigned."""
    known = {one.adviser_id: one for one in candidates(session, concern, today=today)}
    faults = []
    for place, adviser_id in enumerate(adviser_ids):
        found = known.get(adviser_id)
        why = found.cannot if found else "This is no adviser with a key here."
        if why:
            faults.append(FieldFault(f"{field}.{place}" if len(adviser_ids) > 1 else field, why))
    if faults:
        raise Conflict(" ".join(fault.message for fault in faults), slug="cannot-be-assigned", errors=faults)
    return [known[adviser_id] for adviser_id in adviser_ids]
