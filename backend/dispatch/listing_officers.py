"""List the officers for who keeps the shift: their certificates with the last day, and the phones they carry."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import CANARY
from backend.dispatch.watching import officer_view
from backend.people import handset_store, people_store, responder_store
from backend.people.handset import Handset


def officers(session: Session, *, exercise: bool, now: datetime) -> list[dict[str, Any]]:
    """
    Every officer of this world but the robot, as the board has them, with certificates and on shift their phones.

    A certificate that ran out is told with its day, so that somebody renews it.
    Off duty neither when they were last heard of nor what they carry is told:
    that is their own time. The number of statements does not grow with theirs.
    """
    campus = campus_store.newest(session)
    found = responder_store.responders(session, now=now, today=campus.local(now).date())
    people = [one for one in found if one.exercise == exercise and CANARY not in one.teams]
    on_duty = [one.id for one in people if one.on_duty]
    carried = handset_store.of_people(session, on_duty)
    heard = handset_store.last_heard(session, on_duty)
    certificates = people_store.skills_of_all(session, [one.id for one in people])
    return [
        {
            **officer_view(one, carried.get(one.id, ()), now=now),
            "skills_until": _until(certificates.get(one.id, {})),
            "last_seen_at": heard.get(one.id),
            "handsets": _health(carried.get(one.id, ())),
        }
        for one in people
    ]


def _until(certificates: Mapping[str, date | None]) -> list[dict[str, Any]]:
    return [{"skill": skill, "until": day} for skill, day in sorted(certificates.items())]


def _health(handsets: Iterable[Handset]) -> list[dict[str, Any]]:
    """The phones somebody carries, the last used first: what each would let us wake its owner by."""
    return [
        {
            "platform": one.platform,
            "app_version": one.app_version,
            "notifications": one.permissions.get("notifications"),
            "location": one.permissions.get("location"),
            "battery_saver": one.permissions.get("battery_saver"),
            "push": "ok" if one.pushable else "none" if one.push_failed_at is None else "failed",
            "seen_at": one.seen_at,
        }
        for one in sorted(handsets, key=lambda one: one.seen_at, reverse=True)
    ]
