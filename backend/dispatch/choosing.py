"""Whom a rung asks: qualified, near, and enough who can really be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.campus.campus import Step, Team
from backend.campus.geofence import Geofence, Position, great_circle_m
from backend.people.responder import Responder


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case is, as far as is known."""

    position: Position | None
    site: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A responder with how far away they are (metres; None when unknown) and whether at the case's site."""

    responder: Responder
    distance_m: float | None
    same_site: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody to ask, and why, in words for the officer and the control room."""

    responder: Responder
    because: str
    distance_m: int | None


def qualified(responders: Sequence[Responder], team: Team | None, *, exercise: bool) -> list[Responder]:
    """Those who play in the same world as the case and hold what the team requires, valid today."""
    skill = team.requires_skill if team else None
    return [one for one in responders if one.exercise == exercise and (skill is None or skill in one.skills)]


def choose(
    step: Step, responders: Sequence[Responder], place: Place, geofence: Geofence, *, now: datetime
) -> list[Chosen]:
    """
    Those this rung asks, nearest first.

    `nearest` walks outwards, same site first, until `count` reachable ones are
    found; the unreachable it passes are asked as well but do not count. Without
    a usable position it is everybody. `team_at_site` without a known site is
    the whole team.
    """
    candidates = sorted((stand(one, place, geofence, now=now) for one in responders), key=nearness)
    if step.ask == "nearest" and place.position is not None:
        candidates = first_reachable(candidates, step.count)
        reason = "nearest"
    elif step.ask == "team_at_site" and place.site is not None:
        candidates = [one for one in candidates if one.same_site]
        reason = "at the same site"
    else:
        reason = "on the team"
    return [
        Chosen(one.responder, _because(reason, one), None if one.distance_m is None else round(one.distance_m))
        for one in candidates
    ]


def stand(responder: Responder, place: Place, geofence: Geofence, *, now: datetime) -> Candidate:
    """Where this responder stands towards the case; a stale position counts as none, their own site is then assumed."""
    if not responder.fresh(now=now) or responder.latitude is None or responder.longitude is None:
        return Candidate(responder, None, place.site is not None and responder.site == place.site)
    site = geofence.site_at(responder.latitude, responder.longitude)
    distance = None
    if place.position is not None:
        distance = great_circle_m(
            place.position.latitude, place.position.longitude, responder.latitude, responder.longitude
        )
    here = site.id if site else responder.site
    return Candidate(responder, distance, place.site is not None and here == place.site)


def nearness(candidate: Candidate) -> tuple[bool, float, str]:
    """Same site first, then by distance; who is at an unknown distance comes last."""
    distance = candidate.distance_m if candidate.distance_m is not None else float("inf")
    return (not candidate.same_site, distance, str(candidate.responder.id))


def first_reachable(candidates: Sequence[Candidate], count: int | None) -> list[Candidate]:
    """
    From the front, until `count` reachable ones are among them.

    Who is neither reachable nor known to be far may be the nearest of all, and
    is taken as well.
    """
    taken: list[Candidate] = []
    reachable = 0
    for candidate in candidates:
        lost = not candidate.responder.reachable and candidate.distance_m is None
        if lost or count is None or reachable < count:
            taken.append(candidate)
            reachable += candidate.responder.reachable
    return taken


def _because(reason: str, candidate: Candidate) -> str:
    if candidate.distance_m is None:
        return reason
    return f"{reason}, {round(candidate.distance_m)} m away"
