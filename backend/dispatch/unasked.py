"""Why an officer was not asked about a case: how near they came, rung by rung."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backend.campus.campus import Campus, Step, Team
from backend.dispatch.choosing import Candidate, Place
from backend.people.responder import Responder


class Why(StrEnum):
    """From the farthest miss to the nearest; whom a rung might have asked is told the nearest of them."""

    OWN_CASE = "own_case"
    FAR_FROM_EVERY_SITE = "far_from_every_site"
    NOT_ON_TEAM = "not_on_team"
    NO_VALID_SKILL = "no_valid_skill"
    OFF_DUTY = "off_duty"
    DUTY_NOT_KNOWN = "duty_not_known"
    NO_NUMBER = "no_number"
    OTHER_SITE = "other_site"
    OTHERS_NEARER = "others_nearer"
    NOT_NEEDED = "not_needed"
    LATER = "later"
    NOT_THEN = "not_then"


NEARNESS = tuple(Why)


@dataclass(frozen=True, slots=True)
class Miss:
    """Why one rung (counted from 1; None: any) passed an officer over, in a word and in a sentence."""

    why: Why
    words: str
    rung: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """
    What the rungs of a case went by.

    `steps` are its ladder's, `taken` how many were climbed; `wanting` while a
    later one may still come. `far` when officers are not asked so far outside.
    """

    campus: Campus
    steps: Sequence[Step]
    team_id: str
    owner_id: UUID | None
    place: Place
    far: bool
    taken: int
    wanting: bool
    closed_at: datetime | None


def why_not(scene: Scene, candidate: Candidate, expiries: Mapping[str, date | None]) -> Miss:
    """
    The nearest this officer came to being asked; `expiries` are all their certificates' last days.

    Judged by what is known of the officer now, for a closed case by what has
    not changed since.
    """
    if candidate.responder.id == scene.owner_id:
        return Miss(Why.OWN_CASE, "it is their own case")
    if scene.far:
        return Miss(Why.FAR_FROM_EVERY_SITE, "the case is too far outside every site to send anybody")
    misses = [_at_rung(scene, number, step, candidate, expiries) for number, step in enumerate(scene.steps, 1)]
    found = [miss for miss in misses if miss is not None]
    fallback = Miss(Why.NOT_THEN, "no rung of the ladder is for them")
    # The first of equals: an earlier rung is the one people ask about.
    return max(found, key=lambda miss: NEARNESS.index(miss.why), default=fallback)


def _at_rung(
    scene: Scene, number: int, step: Step, candidate: Candidate, expiries: Mapping[str, date | None]
) -> Miss | None:
    """Why this rung passed them over; None when it is not for people like them."""
    one = candidate.responder
    if one.on_duty and not step.on_duty:
        return None
    team = scene.campus.team(step.team or scene.team_id)
    for why, words in _unfit(scene, step, team, one, expiries):
        return Miss(why, words, number)
    site = scene.campus.zone(scene.place.site)
    if step.ask == "team_at_site" and site is not None and not candidate.same_site:
        return Miss(Why.OTHER_SITE, f"not at {site.name}", number)
    if number > scene.taken and scene.wanting:
        words = f"rung {number} may ask them" if step.on_duty else f"off duty; rung {number} may ring them"
        return Miss(Why.LATER, words, number)
    if number > scene.taken:
        ended = "the case was closed" if scene.closed_at else "enough had said yes"
        return Miss(Why.NOT_NEEDED, f"{ended} before rung {number}", number)
    if step.ask == "nearest" and scene.place.position is not None:
        away = "" if candidate.distance_m is None else f"{round(candidate.distance_m)} m away, and "
        return Miss(Why.OTHERS_NEARER, f"{away}others were nearer", number)
    return Miss(Why.NOT_THEN, f"fits now, and did not when rung {number} was climbed", number)


def _unfit(
    scene: Scene, step: Step, team: Team | None, one: Responder, expiries: Mapping[str, date | None]
) -> Iterator[tuple[Why, str]]:
    """What keeps an officer out of a rung, whoever else there is; the first counts."""
    if team is None or team.id not in one.teams:
        yield Why.NOT_ON_TEAM, f"not in {team.name if team else 'the team'}"
    elif team.requires_skill and team.requires_skill not in one.skills:
        ran_out = expiries.get(team.requires_skill)
        words = team.requires_skill.replace("_", " ")
        yield Why.NO_VALID_SKILL, f"{words} ran out on {ran_out.isoformat()}" if ran_out else f"has no {words}"
    elif scene.closed_at and one.since and one.since > scene.closed_at:
        yield Why.DUTY_NOT_KNOWN, "came on or went off duty since the case was closed"
    elif step.on_duty and not one.on_duty:
        yield Why.OFF_DUTY, "off duty"
    elif not step.on_duty and not one.recall:
        yield Why.OFF_DUTY, "off duty, and has not agreed to be recalled"
    elif not step.on_duty and one.mobile is None:
        yield Why.NO_NUMBER, "off duty, agreed to be recalled, and has no number to ring"
