"""Which team takes a case: the most specific route that fits it."""

from dataclasses import dataclass
from datetime import datetime

from backend.campus import hours
from backend.campus.campus import CANARY, CONTROL_ROOM, Campus, Route
from backend.campus.zone import Zone
from backend.kernel.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Routing:
    """The team, why in a sentence for the control room, and the route that said so; None when no route fitted."""

    team_id: str
    because: str
    route: Route | None


def route(
    campus: Campus,
    kind: Kind,
    *,
    subtype: str | None,
    zone: Zone | None,
    local_time: datetime,
    exercise: bool = False,
) -> Routing:
    """
    The team for this case.

    The most specific route wins, compared in this order: the place (zone
    before site before everywhere), then what it is about (its subtype before
    any), then the hour (a window of time before always); between equals, which
    the import refuses, the first in the file. What no route fits goes to the
    control room: a case is never nobody's. In an exercise the subtype `canary`
    goes to the robot; a real person's word never does.
    """
    if exercise and subtype == CANARY:
        return Routing(CANARY, "The canary's robot takes it: it only proves the way.", None)
    fitting = [one for one in campus.routes if _misfit(one, kind, subtype, zone, local_time) is None]
    if not fitting:
        return Routing(CONTROL_ROOM, f"No route fits {case_words(kind, subtype)}, so the control room has it.", None)
    winner = max(fitting, key=_specificity)
    return Routing(winner.team, f"{_team_name(campus, winner)} takes {route_words(campus, winner)}.", winner)


def explain(
    campus: Campus,
    kind: Kind,
    *,
    subtype: str | None,
    zone: Zone | None,
    local_time: datetime,
    exercise: bool = False,
) -> list[str]:
    """A sentence for every route of this kind, why it won or lost; the last one names the team that has the case."""
    decided = route(campus, kind, subtype=subtype, zone=zone, local_time=local_time, exercise=exercise)
    lines: list[str] = []
    for one in campus.routes:
        if one.kind != kind:
            continue
        misfit = _misfit(one, kind, subtype, zone, local_time)
        verdict = "wins: the most specific" if one is decided.route else misfit or "loses: another is more specific"
        lines.append(f"{_team_name(campus, one)}, for {route_words(campus, one)}: {verdict}.")
    return [*lines, decided.because]


def case_words(kind: Kind, subtype: str | None) -> str:
    """The kind as people say it, `first aid` or `help (facility defect)`."""
    words = kind.replace("_", " ")
    return f"{words} ({subtype.replace('_', ' ')})" if subtype else words


def route_words(campus: Campus, one: Route) -> str:
    """What a route takes: `help in Silwood Park Campus on mon-fri from 08:00 to 18:00`."""
    place = campus.zone(one.zone or one.site)
    parts = [case_words(one.kind, one.subtype)]
    if one.zone or one.site:
        parts.append(f"in {place.name if place else one.zone or one.site}")
    if one.days is not None:
        parts.append(f"on {hours.day_words(one.days)}")
    if one.between is not None:
        start, end = one.between
        parts.append(f"from {hours.clock_words(start)} to {hours.clock_words(end, closing=True)}")
    return " ".join(parts)


def _specificity(one: Route) -> tuple[int, bool, bool]:
    return (2 if one.zone else 1 if one.site else 0), one.subtype is not None, one.has_window


def _misfit(one: Route, kind: Kind, subtype: str | None, zone: Zone | None, local_time: datetime) -> str | None:
    """Why the route does not fit, or None when it does."""
    if one.kind != kind:
        return "loses: it is for another kind"
    if one.subtype is not None and one.subtype != subtype:
        return "loses: it is for another subtype"
    if one.zone is not None and (zone is None or one.zone != zone.id):
        return "loses: it is for another zone"
    if one.site is not None and (zone is None or one.site != zone.site):
        return "loses: it is for another site"
    if not one.is_open_at(local_time):
        return "loses: it is for other hours"
    return None


def _team_name(campus: Campus, one: Route) -> str:
    team = campus.team(one.team)
    return team.name if team else one.team
