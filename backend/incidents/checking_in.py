"""Set a check-in, change it, end it, and tell where one is meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.campus.geofence import Position, usable
from backend.incidents import check_in_store, incident_store
from backend.incidents.check_in import LONGEST, CheckIn, CheckInState
from backend.incidents.going_on import raise_concealed
from backend.kernel import audit, outbox
from backend.kernel.database import wants
from backend.kernel.errors import Conflict, NotFound, Refusal
from backend.kernel.events import CheckInMoved
from backend.people.account import Principal
from backend.people.verdict import Verdict, refusal_of, weigh

#: The round that warns and runs out listens to this bell.
BELL = "expiring"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How long from now, and what to say and where to look when it runs out; None leaves what was said before."""

    length: timedelta
    note: str | None = None
    position: Position | None = None


def set_timer(session: Session, wanted: Wanted, *, by: Principal, now: datetime) -> CheckIn:
    """
    Begin a check-in, or let the open one run out that long from now instead.

    A new one takes the place of one that has ended or run out; the case that
    was raised for that one stays as it is.
    """
    check_in = check_in_store.locked(session, by.id)
    is_new = check_in is None or not check_in.open
    if check_in is None:
        check_in = CheckIn(person_id=by.id)
    if is_new:
        check_in.begin(now=now)
    check_in.run_for(wanted.length, now=now)
    if wanted.note is not None:
        check_in.note = wanted.note.strip() or None
    follow(check_in, [(None, wanted.position)], now=now)
    check_in_store.add(session, check_in)
    audit.record(
        session,
        "check_in.set" if is_new else "check_in.changed",
        actor=by.id,
        about="check_in",
        about_id=check_in.id,
        at=now,
        seconds=round(wanted.length.total_seconds()),
    )
    outbox.keep(session, CheckInMoved(by.id, check_in.id, "set"), at=now)
    wants(session, BELL)
    return check_in


def end(session: Session, verdict: Verdict, *, by: Principal, now: datetime) -> CheckIn | Refusal:
    """
    The owner is safe; ending again is fine, and needs no PIN.

    The row decides: until the emergency is written down it can be ended, even a
    moment late. Returns the refusal of a missing or wrong PIN, or of one that
    ran out (it names the case), to be raised by the door: what was written must
    be committed all the same. Raises NotFound for who has none. With the duress
    PIN everything is as without, and an emergency is raised that they never see.
    """
    check_in = check_in_store.locked(session, by.id)
    if check_in is None:
        raise NotFound("You have no check-in.", slug="no-check-in")
    was_open, where, note = check_in.open, check_in.position, check_in.note
    verdict = weigh(check_in, verdict) if was_open else verdict
    refusal = refusal_of(verdict) if was_open else _ran_out(check_in)
    if was_open and refusal is None:
        check_in.end(now=now)
        outbox.keep(session, CheckInMoved(by.id, check_in.id, "ended"), at=now)
    action = "check_in.ended_again" if not was_open else "pin.refused" if refusal else "check_in.ended"
    if was_open or verdict is not Verdict.FREE:
        # Also for what was over: an answer that had nothing to commit would be quicker than one that had.
        audit.record(session, action, actor=by.id, about="check_in", about_id=check_in.id, at=now)
    if verdict is Verdict.DURESS:
        raise_concealed(session, by, position=where or _where_it_ran_out(session, check_in), note=note, now=now)
    return refusal or check_in


def _where_it_ran_out(session: Session, check_in: CheckIn) -> Position | None:
    """The check-in forgets where its person was once it has run out: its case knows, and has been told since."""
    incident = incident_store.by_id(session, check_in.incident_id) if check_in.incident_id else None
    return incident.position if incident else None


def _ran_out(check_in: CheckIn) -> Conflict | None:
    if check_in.state != CheckInState.RAN_OUT.value:
        return None
    return Conflict(
        "Your check-in ran out and an emergency was raised. If you are safe, cancel that.",
        slug="check-in-ran-out",
        facts={"incident_id": check_in.incident_id},
    )


def follow(check_in: CheckIn, positions: Sequence[tuple[int | None, Position | None]], *, now: datetime) -> int:
    """
    Take those positions that are newer than the last; how many were.

    However old: when the phone is dead, where it was last is all there is.
    """
    fit = [(seq, usable(sent, received_at=now, max_age_s=LONGEST.total_seconds())) for seq, sent in positions]
    return sum(one is not None and check_in.move_to(one, seq=seq, received_at=now) for seq, one in fit)


def look(session: Session, *, by: Principal) -> dict[str, Any]:
    """A person's own check-in, the newest; `none` for who has never set one."""
    return view(check_in_store.newest_of(session, by.id))


def view(check_in: CheckIn | None) -> dict[str, Any]:
    """As its owner sees it."""
    if check_in is None:
        return {"state": "none"}
    return {
        "state": check_in.state,
        "id": check_in.id,
        "set_at": check_in.set_at,
        "ends_at": check_in.ends_at,
        "warn_at": check_in.warned_at or check_in.warn_at,
        "warned": check_in.warned_at is not None,
        "closed_at": check_in.closed_at,
        "note": check_in.note,
        "position": check_in.position,
        "incident_id": check_in.incident_id,
    }
