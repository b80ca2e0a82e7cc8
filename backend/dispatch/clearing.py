"""Clear up after people who played: end what is open, see that nobody else was told, take everything away."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.taking import take
from backend.dispatch import offer_store
from backend.dispatch.forgetting import remove_whole
from backend.dispatch.standing_down import end
from backend.inbox import played_stream_store
from backend.incidents import incident_store, played_case_store
from backend.kernel import audit
from backend.kernel.vocabulary import IncidentState
from backend.people import player_store


def call_off(session: Session, owner_ids: Collection[UUID], *, now: datetime, most: int = 50) -> int:
    """
    Close what these players have open, and take the alarms about it; how many cases there were.

    After that nothing of theirs is due, rings or is told anew.
    """
    found = played_case_store.open_of(session, owner_ids, most=most)
    for incident_id in found:
        incident = incident_store.locked(session, incident_id)
        if incident is not None and incident.open:
            end(session, incident, IncidentState.CANCELLED, by=None, now=now)
    return len(found)


def silence(session: Session, owner_ids: Collection[UUID], *, now: datetime) -> int:
    """Take the alarms that stand about these players' cases, in the owners' names; how many stood."""
    cases = played_case_store.of_owners(session, owner_ids)
    standing = [one for one in alarm_store.of_incidents(session, cases) if one.taken_at is None and one.exercise]
    for alarm in standing:
        take(session, alarm.id, by=next(iter(owner_ids)), exercise=True, now=now)
    return len(standing)


def strays(session: Session, owner_ids: Collection[UUID]) -> int:
    """How many real people were asked or told about an exercise case of these players: there must be none."""
    cases = played_case_store.of_owners(session, owner_ids)
    heard = offer_store.asked_about(session, cases) | played_stream_store.told_of(session, cases)
    real_alarms = sum(not alarm.exercise for alarm in alarm_store.of_incidents(session, cases))
    return len(player_store.real_among(session, heard)) + real_alarms


def clear(
    session: Session,
    owner_ids: Collection[UUID],
    *,
    closed_before: datetime | None = None,
    most: int = 50,
    now: datetime,
) -> Sequence[UUID]:
    """
    Remove cases of these players with all that belongs to them; which they were (none: all are gone).

    Held ones too: a drill is no evidence.
    Messages about them stay in streams of others until they are too old, with
    their ids and no more: a stream without a hole is worth more.
    """
    cases = played_case_store.of_owners(session, owner_ids, closed_before=closed_before, most=most)
    if cases:
        remove_whole(session, cases)
        audit.record(session, "exercise.cleared", actor=None, about="exercise", about_id=None, at=now, cases=len(cases))
    return cases
