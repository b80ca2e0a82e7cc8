"""What the members of an audience are shown: the data of each stream message, as they may see it now."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.campus import campus_store
from backend.campus.campus import CANARY
from backend.dispatch import following, offer_store, watching
from backend.dispatch.facing import Known, as_known_to
from backend.dispatch.gathering import rows, unread_of
from backend.inbox.message import Recipient
from backend.incidents import check_in_store, checking_in, conversation_store, incident_store
from backend.incidents.incident import Incident
from backend.kernel.plain import plain_members
from backend.kernel.vocabulary import AlarmReason
from backend.people import handset_store, people_store, responder_store
from notifications.addressing import exercise_of, is_hiding
from notifications.recipes import Audience, Telling

#: Who is told of a case as its owner may know it.
OWNERS = (Audience.OWNER, Audience.OWNERS_CONSOLE)

#: Who is shown cases of which a rush has many, and how these are looked up.
TOGETHER = {Audience.OWNER: following.owners_views, Audience.OWNERS_CONSOLE: rows, Audience.CONTROL_ROOM: rows}


def shown(session: Session, telling: Telling, *, now: datetime) -> dict[str, Any] | None:
    """
    The message's data, as its audience may see it now; None when there is no longer anything to tell.

    A case for its owner or the board is not told of here but by `shown_together`.
    """
    incident = incident_store.by_id(session, telling.incident_id) if telling.incident_id else None
    if incident is not None and telling.to in OWNERS:
        known = as_known_to(session, incident, incident.owner_id)
        return _data(session, telling, known, now=now) if known else None
    return _data(session, telling, Known(incident) if incident else None, now=now)


def shown_together(
    session: Session, tellings: Collection[Telling], *, now: datetime
) -> dict[tuple[object, ...], dict[str, Any]]:
    """
    By subject, the data of cases for their owners and for the board; none of a case that they may know nothing of.

    However many they are, they are looked up by as many statements as one.
    """
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for to, views in TOGETHER.items():
        subjects = {one.subject: one.incident_id for one in tellings if one.type == "incident" and one.to is to}
        ids = dict.fromkeys(id_ for id_ in subjects.values() if id_ is not None)
        incidents = [one for id_ in ids if (one := incident_store.by_id(session, id_)) is not None]
        cases = [as_known_to(session, one, one.owner_id) if to in OWNERS else Known(one) for one in incidents]
        known = [one for one in cases if one is not None]
        shown_of = {one.incident.id: seen for one, seen in zip(known, views(session, known, now=now), strict=True)}
        for subject, id_ in subjects.items():
            if id_ in shown_of:
                found[subject] = plain_members({"incident_id": id_, **shown_of[id_]})
    return found


def shown_to(recipient: Recipient, data: dict[str, Any]) -> dict[str, Any]:
    """What several are shown alike, as this one of them reads it: only their own words are `mine`."""
    return {**data, "mine": data["mine"] == str(recipient.person_id)} if "mine" in data else data


def _data(session: Session, telling: Telling, known: Known | None, *, now: datetime) -> dict[str, Any] | None:
    """The message's data, or None when there is no longer anything to tell."""
    incident = known.incident if known else None
    ids = plain_members({"incident_id": telling.incident_id, **dict(telling.facts)})
    if telling.type == "alarm" and telling.alarm_id is None:
        return _overdue(session, telling)
    if telling.type == "alarm":
        alarm = alarm_store.by_id(session, telling.alarm_id) if telling.alarm_id else None
        return plain_members(watching.alarm_view(alarm)) if alarm else None
    if telling.type == "officer":
        return _officer(session, telling, now=now)
    if telling.type == "check_in":
        return _check_in(session, telling)
    if known is None or incident is None:
        return None
    if telling.type == "offer":
        return _offer(session, telling, incident, now=now)
    if telling.type == "chat":
        return _chat(session, telling, known)
    if telling.type == "incident":
        seen = following.officer_view(session, incident, now=now, full=incident.open)
        return plain_members({"incident_id": incident.id, **seen})
    return {**ids, "quiet": True}


def _check_in(session: Session, telling: Telling) -> dict[str, Any] | None:
    """How a person's timer stands, on all their handsets; nothing once another has taken its place."""
    check_in = check_in_store.newest_of(session, telling.person_id) if telling.person_id else None
    if check_in is None or check_in.id != dict(telling.facts)["check_in_id"]:
        return None
    seen = checking_in.view(check_in)
    told = {name: seen[name] for name in ("state", "set_at", "ends_at", "warned", "incident_id")}
    return plain_members({"check_in_id": check_in.id, **told, "quiet": is_hiding(session, check_in.person_id)})


def _overdue(session: Session, telling: Telling) -> dict[str, Any] | None:
    """The alarm that a promised word is overdue, and which broadcast promised it to whoever has to give it."""
    exercise = exercise_of(session, telling, None)
    alarm = alarm_store.newest_of_no_case(session, AlarmReason.UPDATE_OVERDUE.value, exercise=exercise)
    return plain_members({**watching.alarm_view(alarm), **dict(telling.facts)}) if alarm else None


def _offer(session: Session, telling: Telling, incident: Incident, *, now: datetime) -> dict[str, Any] | None:
    """An offer that still stands, to an officer who is still on duty (promise I13)."""
    offer = offer_store.by_id(session, dict(telling.facts)["offer_id"])
    if offer is None or not offer.waits:
        return None
    if not responder_store.is_on_duty(session, offer.officer_id, now=now):
        return None
    shown = following.offer_view(session, offer, incident)
    # Officers see SILENT and do not ring; everything else rings.
    return plain_members({"incident_id": incident.id, "offer_id": offer.id, **shown, "quiet": incident.silent})


def _chat(session: Session, telling: Telling, known: Known) -> dict[str, Any] | None:
    incident, at_console = known.incident, telling.to in (Audience.CONTROL_ROOM, Audience.OWNERS_CONSOLE)
    said = conversation_store.by_id(session, dict(telling.facts)["message_id"])
    if said is None:
        return None
    names = people_store.names(session, [said.author_id])
    return plain_members(
        {
            "incident_id": incident.id,
            "message_id": said.id,
            "text": said.text,
            "at": said.at,
            "author": names.get(said.author_id),
            "mine": said.author_id,
            "quiet": incident.silent,
            **({"unread": unread_of(session, known)} if at_console else {}),
        }
    )


def _officer(session: Session, telling: Telling, *, now: datetime) -> dict[str, Any] | None:
    today = campus_store.newest(session).local(now).date()
    ids = [telling.person_id] if telling.person_id else []
    found = responder_store.responders(session, now=now, today=today, ids=ids)
    if not found or CANARY in found[0].teams:
        return None
    handsets = handset_store.of_people(session, ids)
    return plain_members(watching.officer_view(found[0], handsets.get(found[0].id, ()), now=now))
