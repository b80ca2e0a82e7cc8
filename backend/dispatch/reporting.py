"""Report how fast cases were answered, against the institution's own targets, without a person in it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import NO_TARGETS, Campus
from backend.dispatch import report_store
from backend.dispatch.facing import Known, as_known_to
from backend.dispatch.report import THERE, UNANSWERED, YES, Times, earliest
from backend.incidents.incident import Incident
from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import Kind, Role
from backend.people.account import Principal
from backend.people.looking import Look, Shown

#: Four weeks, so that every day of the week counts as often as the others.
USUAL = timedelta(days=28)
LONGEST = timedelta(days=366)

#: More lines than this are no report any more, and take a while to write.
MOST_CASES = 10_000


def report(
    session: Session,
    first: date | None,
    last: date | None,
    *,
    form: str,
    by: Principal,
    now: datetime,
    most: int = MOST_CASES,
) -> Shown[dict[str, Any]]:
    """
    The times of every case received on these days, both included, by the clock on the campus's walls.

    The last four weeks when no days are given. Neither exercises nor the
    canary are in it, and who is in an exercise sees an empty one. An admin,
    who may not know where callers are, gets no zones. Raises Invalid for days
    in the wrong order, more than a year of them, or too many cases.
    """
    campus = campus_store.newest(session)
    last = last or campus.local(now).date()
    first = first or last - USUAL + timedelta(days=1)
    if first > last:
        raise Invalid("The report ends before it begins.", [FieldFault("from", "Must not be after `to`.")])
    if last - first >= LONGEST:
        raise Invalid("A report is at most a year long.", [FieldFault("from", "Choose fewer than 367 days.")])
    found = _between(session, campus, first, last, by=by, most=most + 1)
    if len(found) > most:
        raise Invalid(f"More than {most} cases: choose fewer days.", [FieldFault("from", "Choose fewer days.")])
    targets = {policy.kind: policy.targets for policy in campus.policies}
    places = by.has(Role.CONTROLLER, Role.AUDITOR)
    cases = [_line(campus, incident, times, targets, places=places, now=now) for incident, times in found]
    content = {
        "from": first,
        "to": last,
        "time_zone": campus.time_zone,
        "as_of": now,
        "targets": [
            {"kind": kind, "accepted_s": one.accepted_s, "on_scene_s": one.on_scene_s} for kind, one in targets.items()
        ],
        "cases": cases,
    }
    facts: dict[str, str | int] = {"form": form, "from": first.isoformat(), "to": last.isoformat(), "cases": len(cases)}
    return Shown(content, (Look("reports.viewed", "board", facts=facts),))


def _between(
    session: Session, campus: Campus, first: date, last: date, *, by: Principal, most: int
) -> list[tuple[Incident, Times]]:
    if by.exercise:
        return []
    zone = ZoneInfo(campus.time_zone)
    begins = datetime.combine(first, time.min, zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone)
    found = report_store.received_between(session, begins, ends, most=most)
    return [seen for incident, times in found if (seen := _as_known(session, incident, times, by=by)) is not None]


def _as_known(session: Session, incident: Incident, times: Times, *, by: Principal) -> tuple[Incident, Times] | None:
    """The case as its reader may know it: their own under duress was called off, or never was."""
    known = as_known_to(session, incident, by.id)
    if known is None or known.face is None:
        return None if known is None else (incident, times)
    return known.incident, _told(session, known)


def _told(session: Session, known: Known) -> Times:
    story = known.progress(session)
    answers = (one.answered_at for one in known.offers(session) if one.state not in UNANSWERED)
    return Times(
        received_at=known.incident.received_at,
        answered_at=earliest(answers),
        accepted_at=earliest(line.at for line in story if line.stage in YES),
        on_scene_at=earliest(line.at for line in story if line.stage in THERE),
        closed_at=known.incident.closed_at,
        state=known.incident.state,
    )


def _line(
    campus: Campus, incident: Incident, times: Times, targets: dict[Kind, Any], *, places: bool, now: datetime
) -> dict[str, Any]:
    local = campus.local(times.received_at)
    missed = times.missed(targets.get(Kind(incident.kind), NO_TARGETS), now=now)
    return {
        "reference": incident.reference,
        "kind": incident.kind,
        "state": times.state,
        "site": incident.site_id,
        "zone": incident.zone_id if places else None,
        "day": local.date(),
        "hour": local.hour,
        "answered_s": times.answered_s,
        "accepted_s": times.accepted_s,
        "on_scene_s": times.on_scene_s,
        "resolved_s": times.resolved_s,
        "late": bool(missed),
        "missed": missed,
    }
