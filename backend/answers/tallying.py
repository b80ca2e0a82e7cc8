"""Count a broadcast for the control room: how far it got, what was answered, and who has said nothing."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers import tally_store
from backend.answers.answering import UNKNOWN_BROADCAST
from backend.answers.carrying import carried
from backend.answers.tally import SILENT_AFTER, Count, standing_of, tally_of
from backend.broadcasts import broadcast_store
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Spoken
from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.kernel.errors import NotFound
from backend.people import handset_store, people_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown


def tally(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    The whole count of one thread, over or in force, and what is still on an older version of it.

    The open pages are rendered and read back for that. Raises NotFound for what
    is not of this world or never went out.
    """
    broadcast, said = _issued(session, broadcast_id, by=by)
    counted = count(session, broadcast, said, campus_store.newest(session), now=now)
    readings = tally_store.readings(session, broadcast_id, newest=said.version)
    pages = carried(session, broadcast_id, exercise=broadcast.exercise, now=now)
    return {
        **counted,
        "channels": [{"channel": name, **asdict(one)} for name, one in readings.items()],
        "pages": [
            {"page": one.where, "version": one.version, "hash": one.hash, "is_newest": one.hash == said.hash}
            for one in pages
        ],
    }


def count(session: Session, broadcast: Broadcast, said: Spoken, campus: Campus, *, now: datetime) -> dict[str, Any]:
    """What was counted of one thread at this moment: each person of its roll in exactly one state."""
    counted = tally_of(tally_store.groups(session, broadcast.id, now=now), now=now)
    return {
        "broadcast_id": broadcast.id,
        "version": said.version,
        "hash": said.hash,
        "title": said.words_in("en").title,
        "severity": said.severity,
        "exercise": said.exercise,
        "ended": not broadcast.in_force,
        "next_update_at": said.next_update_at if broadcast.in_force else None,
        "is_fanning_out": broadcast.is_fanning_out,
        **_told(counted.whole),
        "zones": [
            {"zone": zone_id, "name": _name(campus, zone_id), "site": site_id, **_told(one)}
            for (site_id, zone_id), one in sorted(counted.zones.items(), key=lambda item: tuple(map(str, item[0])))
        ],
        "sites": [
            {"site": site_id, "name": _name(campus, site_id), **_told(one)}
            for site_id, one in sorted(counted.sites.items(), key=lambda item: str(item[0]))
        ],
        "silent_after_s": int(SILENT_AFTER.total_seconds()),
    }


def unaccounted(
    session: Session, broadcast_id: UUID, *, after: UUID | None, most: int, by: Principal, now: datetime
) -> Shown[dict[str, Any]]:
    """
    Who has said nothing, in the order of their ids: where they belong, why they were not reached, and last heard.

    One look each time it is asked for. Raises NotFound as `tally` does.
    """
    broadcast, _ = _issued(session, broadcast_id, by=by)
    entries = tally_store.unaccounted(session, broadcast.id, after=after, most=most)
    people = [entry.person_id for entry in entries]
    names, heard = people_store.names(session, people), handset_store.last_heard(session, people)
    campus = campus_store.newest(session)
    items = [
        _missed(entry, campus, name=names.get(entry.person_id), heard_at=heard.get(entry.person_id), now=now)
        for entry in entries
    ]
    content = {"items": items, "next_cursor": people[-1] if len(people) == most else None}
    return Shown(content, (Look("unaccounted.listed", "broadcast", broadcast_id, {"people": len(items)}),))


def _missed(
    entry: RollEntry, campus: Campus, *, name: str | None, heard_at: datetime | None, now: datetime
) -> dict[str, Any]:
    heard = [moment for moment in (heard_at, entry.displayed_at) if moment is not None]
    return {
        "person_id": entry.person_id,
        "name": name,
        "zone": entry.zone_id,
        "zone_name": _name(campus, entry.zone_id),
        "site": entry.site_id,
        "state": standing_of(entry, now=now),
        "unreachable": entry.unreachable,
        "by": [name for name, bit in tally_store.CHANNELS.items() if entry.asked & bit],
        "displayed_at": entry.displayed_at,
        "version": entry.displayed_version or None,
        "last_heard_at": max(heard, default=None),
    }


def _issued(session: Session, broadcast_id: UUID, *, by: Principal) -> tuple[Broadcast, Spoken]:
    broadcast = broadcast_store.by_id(session, broadcast_id)
    said = broadcast_store.said(session, broadcast_id)
    if broadcast is None or said is None:
        raise NotFound(UNKNOWN_BROADCAST)
    # A real control room's exercise is counted at its own desk as well: who sends it has to see what came of it.
    if by.exercise not in (broadcast.exercise, broadcast_store.desk_of(session, broadcast)):
        raise NotFound(UNKNOWN_BROADCAST)
    return broadcast, said


def _told(one: Count) -> dict[str, Any]:
    return {"people": one.people, "unaccounted": one.unaccounted, "states": dict(one.states)}


def _name(campus: Campus, zone_id: str | None) -> str | None:
    zone = campus.zone(zone_id)
    return zone.name if zone else None
