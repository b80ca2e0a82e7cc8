"""Who sits at a console, and whose is silent: told to all who sit there, so that no room is silent unnoticed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.people import handset_store, hush_store, people_store
from backend.people.account import Principal
from backend.people.hush import Hush


def hush(session: Session, *, on: bool, by: Principal, now: datetime) -> dict[str, Any]:
    """Make one's own console sound or be silent, on every screen one has open; the desk as it is then."""
    people_store.take_turns(session, by.id)
    known = hush_store.get(session, by.id)
    if known is not None and (on or not known.holds(now=now)):
        hush_store.remove(session, known)
    is_silent = known is not None and known.holds(now=now)
    if not on and not is_silent:
        hush_store.add(session, Hush(account_id=by.id, since=now))
    if on == is_silent:
        line = "console.sound_on" if on else "console.sound_off"
        audit.record(session, line, actor=by.id, about="account", about_id=by.id, at=now)
    return desk(session, exercise=by.exercise, now=now)


def desk(session: Session, *, exercise: bool, now: datetime) -> dict[str, Any]:
    """The controllers of one world with a console open, by name; `since` is when they came, or when it fell silent."""
    seated = handset_store.controllers_at_consoles(session, exercise=exercise, now=now)
    hushes = hush_store.of_people(session, [one.id for one in seated])
    silent = {id_: one.since for id_, one in hushes.items() if one.holds(now=now)}
    people = [
        {
            "person_id": one.id,
            "name": one.name,
            "sound": "off" if one.id in silent else "on",
            "since": silent.get(one.id, one.since),
        }
        for one in seated
    ]
    return {"people": people}
