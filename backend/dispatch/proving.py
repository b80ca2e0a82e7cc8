"""The proof that no case is nobody's: every kind, place and quarter-hour of the coming days, played over the rota."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from backend.campus import hours
from backend.campus.campus import CONTROL_ROOM, Campus
from backend.campus.zone import Zone
from backend.dispatch.rota_scene import Nobody, RosteredPerson, Scene
from backend.incidents.routing import case_words, route
from backend.kernel.vocabulary import Kind

__all__ = ["Proof", "RosteredPerson", "prove", "walk"]

DAYS = 14
QUARTER_MIN = 15

# Not the C library's: its names change with the locale of the process.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """
    What the walk found: counter-examples in sentences, none when every path ends well.

    `checked` counts the paths that differ from one another; `days` how many
    whole days from the start they stand for.
    """

    counter_examples: tuple[str, ...]
    checked: int
    days: int


def prove(campus: Campus, people: Collection[RosteredPerson], *, start: datetime, days: int = DAYS) -> list[str]:
    """The first counter-example of each reason for which a case would end badly, in sentences; empty when none does."""
    return list(walk(campus, people, start=start, days=days).counter_examples)


def walk(
    campus: Campus,
    people: Collection[RosteredPerson],
    *,
    start: datetime,
    days: int = DAYS,
    most: int | None = None,
) -> Proof:
    """
    Walk the paths of the coming days, and at most so many of them.

    A path ends well when one of its steps asks somebody rostered who can be
    reached and has the skill the case needs, or who agreed to be recalled, or
    a control room that somebody is rostered in. A mailbox is not somebody. The
    walk goes by the clock on the campus's walls, also through a night in which
    it changes, and finer than a quarter of an hour where the rota is finer.
    Raises ValueError for a naive `start`.
    """
    if start.utcoffset() is None:
        raise ValueError("the proof needs to know in which time zone it starts")
    # Addresses are compared in lower case, as the rota is read.
    by_email = {person.email.lower(): person for person in people}
    cases = [(kind, subtype) for kind in Kind for subtype in (None, *campus.subtypes(kind))]
    places = _distinct_places(campus)
    found: dict[str, str] = {}
    checked = 0
    for at, local in _moments(campus, by_email, start, days):
        if most is not None and checked >= most:
            return Proof(tuple(found.values()), checked, (at - start.astimezone(UTC)).days)
        scene = Scene.of(campus, by_email, campus.rostered(local), local.date())
        for kind, subtype in cases:
            for zone in places:
                reason = _bad_end(scene, kind, subtype, zone, local)
                if reason is not None and reason not in found:
                    found[reason] = _sentence(kind, subtype, zone, local, reason)
        checked += len(cases) * len(places)
    return Proof(tuple(found.values()), checked, days)


def _distinct_places(campus: Campus) -> list[Zone | None]:
    """Every site, the zones some route treats apart from their site, and no place at all: the rest end as these do."""
    apart = {one.zone for one in campus.routes}
    return [*(zone for zone in campus.zones if zone.is_site or zone.id in apart), None]


def _moments(
    campus: Campus, people: Mapping[str, RosteredPerson], start: datetime, days: int
) -> Iterator[tuple[datetime, datetime]]:
    """
    The times that differ from every one before in who is rostered, what is routed or which skills hold.

    Each as an instant and as the clock on the wall shows it.
    """
    windows = [line.spans for line in campus.rota] + [one.spans for one in campus.routes]
    edges = sorted({edge for spans in windows for span in spans for edge in span})
    expiries = sorted({expiry for person in people.values() for expiry in person.skills.values()})
    # A shift that changes at five past is not jumped over.
    pace = timedelta(minutes=math.gcd(QUARTER_MIN, *edges))
    first = start.astimezone(UTC).replace(second=0, microsecond=0)
    first -= timedelta(minutes=first.minute % QUARTER_MIN)
    seen: set[tuple[int, int]] = set()
    for number in range(math.ceil(timedelta(days=days) / pace)):
        at = first + number * pace
        local = campus.local(at)
        state = bisect_right(edges, hours.minute_of_week(local)), bisect_left(expiries, local.date())
        if state not in seen:
            seen.add(state)
            yield at, local


def _bad_end(scene: Scene, kind: Kind, subtype: str | None, zone: Zone | None, local: datetime) -> str | None:
    """Why the path of this case ends badly, or None when it ends well."""
    campus = scene.campus
    policy = campus.policy(kind)
    if policy is None:
        return f"no policy says who is asked for {case_words(kind, None)}"
    routed = campus.team(route(campus, kind, subtype=subtype, zone=zone, local_time=local).team_id)
    tells, failures = False, []
    for step in policy.steps:
        team = campus.team(step.team) if step.team else routed
        tells = tells or step.and_tell == CONTROL_ROOM or (team is not None and team.id == CONTROL_ROOM)
        if team is None:
            continue
        # Whoever is asked in the end must be able to do what the case was routed for.
        skills = frozenset(one.requires_skill for one in (routed, team) if one and one.requires_skill)
        failure = scene.asks_nobody(step, team, skills, zone)
        if failure is None:
            return None
        failures.append(failure)
    if tells and scene.control_room_is_staffed:
        return None
    return _reason(campus, failures, tells=tells)


def _reason(campus: Campus, failures: Iterable[Nobody], *, tells: bool) -> str:
    """One clause for each way nobody was found, the widest search of each team speaking for the narrower ones."""
    widest: dict[tuple[str, bool], Nobody] = {}
    for failure in failures:
        subject = failure.team, failure.is_recall
        if subject not in widest or (failure.everywhere, failure.stage) > _rank(widest[subject]):
            widest[subject] = failure
    teams_by_words: dict[tuple[str, str], list[str]] = {}
    for failure in widest.values():
        teams_by_words.setdefault((failure.before, failure.after), []).append(_team_words(campus, failure))
    clauses = [f"{before} {' or '.join(teams)}{after}" for (before, after), teams in teams_by_words.items()]
    ends = "the control room has nobody on shift" if tells else "no step tells the control room"
    return f"{', '.join(clauses)}, and {ends}" if clauses else ends


def _rank(failure: Nobody) -> tuple[bool, int]:
    return failure.everywhere, failure.stage


def _team_words(campus: Campus, failure: Nobody) -> str:
    team = campus.team(failure.team)
    name = team.name if team else failure.team
    return f"{name} (its mailbox is not somebody)" if team and team.mailbox and not failure.is_recall else name


def _sentence(kind: Kind, subtype: str | None, zone: Zone | None, local: datetime, reason: str) -> str:
    case = case_words(kind, subtype).capitalize()
    place = f"in {zone.name}" if zone else "from an unknown place"
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"
    again = " (the second time that hour comes)" if local.fold else ""
    return f"{case} {place} on {day} at {local:%H:%M}{again}: {reason}."
