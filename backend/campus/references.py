"""Whether the parts of a configuration fit each other: names that lead nowhere, doubles, and rules that collide."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from backend.campus import hours
from backend.campus.campus import CANARY, CONTROL_ROOM, EscalationPolicy, Number, RotaLine, Route, Step
from backend.campus.campus_file import CAMPUS_FILE, CampusFile
from backend.campus.emergency_numbers import time_zone_at
from backend.campus.entry import Entry, Faults, meant
from backend.campus.protocols_file import check_protocols
from backend.campus.zone import Zone, is_on_earth
from backend.kernel.vocabulary import Kind

PlacedLines = Sequence[tuple[str, RotaLine]]


def check_references(file: CampusFile, zones: Sequence[Zone], rota: PlacedLines, faults: Faults) -> None:
    """
    Tell `faults` everything that only shows when the files are read together.

    Without any zone the zones file has said why itself, and no place is looked up.
    """
    teams = {team.id for _, team in file.teams}
    places = {zone.id: zone for zone in zones}
    _check_doubles(file)
    for entry, team in file.teams:
        if team.id == CANARY:
            entry.wrong(f'its id "{CANARY}" is that of the service\'s own robot: choose another')
    for entry, route in file.routes:
        _check_team(entry, "team", route.team, teams)
        if places:
            _check_route_place(entry, route, places)
    _check_routes_do_not_collide(file)
    for entry, policy in file.policies:
        _check_policy(entry, policy, teams)
    for kind in Kind:
        if not any(policy.kind == kind for _, policy in file.policies):
            faults.tell(f"{CAMPUS_FILE}: policies", f'there is none for "{kind}", so nobody would be asked')
    for place, line in rota:
        _check_line(place, line, teams, places, faults)
    _check_template_languages(file)
    check_protocols(file.protocols, _subtypes(file))
    _check_nobody_twice(rota, faults)
    _check_not_swapped(file, zones, faults)


def _subtypes(file: CampusFile) -> dict[Kind, list[str]]:
    """Of each kind those that a route names."""
    return {kind: [one.subtype for _, one in file.routes if one.kind == kind and one.subtype] for kind in Kind}


def _check_template_languages(file: CampusFile) -> None:
    """A translation into a language that the campus does not name is read by nobody, or its name was mistyped."""
    for entry, template in file.templates:
        for words in template.languages:
            if words.language not in file.institution.languages:
                close = meant(words.language, file.institution.languages)
                entry.wrong(f'"languages" has "{words.language}", which the institution does not name{close}')


def _check_doubles(file: CampusFile) -> None:
    for named in (file.teams, file.templates):
        _check_each_once((entry, item.id, f'its id "{item.id}"') for entry, item in named)
    _check_each_once((entry, policy.kind, f'the kind "{policy.kind}"') for entry, policy in file.policies)
    _check_each_once((entry, _dialled(number), f"the number {number.number}") for entry, number in file.numbers)


def _dialled(number: Number) -> tuple[str, str] | None:
    return (number.number, number.reach) if number.number else None


def _check_each_once(named: Iterable[tuple[Entry, object, str]]) -> None:
    first: dict[object, str] = {}
    for entry, key, words in named:
        if key in first:
            entry.wrong(f"{words} stands in {first[key]} already")
        elif key:
            first[key] = entry.place


def _check_team(entry: Entry, key: str, team: str | None, teams: set[str]) -> None:
    if team and team not in teams:
        entry.wrong(f'"{key}" is "{team}", and there is no such team{meant(team, teams)}')


def _check_route_place(entry: Entry, route: Route, places: Mapping[str, Zone]) -> None:
    site, zone = places.get(route.site or ""), places.get(route.zone or "")
    if route.site and (site is None or not site.is_site):
        sites = [place.id for place in places.values() if place.is_site]
        entry.wrong(f'"site" is "{route.site}", and there is no such site{meant(route.site, sites)}')
    if route.zone and zone is None:
        entry.wrong(f'"zone" is "{route.zone}", and there is no such zone{meant(route.zone, places)}')
    elif zone is not None and zone.is_site:
        entry.wrong(f'"zone" is "{zone.id}", which is a site: write it as "site", or its buildings are left out')
    elif zone is not None and site is not None and zone.site != site.id:
        entry.wrong(f'its zone "{zone.id}" is not in its site "{site.id}"')


def _check_routes_do_not_collide(file: CampusFile) -> None:
    """Two routes equally specific must never be open at once: which one wins would be an accident."""
    groups: dict[object, list[tuple[Entry, Route]]] = {}
    for entry, route in file.routes:
        # A zone says its site by itself, so the site beside it makes a route no more specific.
        place = (route.zone, None) if route.zone else (None, route.site)
        groups.setdefault((route.kind, route.subtype, place, route.has_window), []).append((entry, route))
    for group in groups.values():
        for (first, one), (second, other) in combinations(group, 2):
            minute = hours.overlap(one.spans, other.spans)
            if minute is not None:
                when = f" on {_moment(minute)}" if one.has_window else ""
                second.wrong(f"takes the same cases as {first.place}{when}; make one of them more specific")


def _check_policy(entry: Entry, policy: EscalationPolicy, teams: set[str]) -> None:
    for number, step in enumerate(policy.steps, 1):
        before = policy.steps[number - 2].after_s if number > 1 else -1
        if step.after_s <= before:
            entry.wrong(
                f"step {number} comes {step.after_s} s into the case, not after step {number - 1} at {before} s"
            )
        _check_step(entry, number, step, teams)


def _check_step(entry: Entry, number: int, step: Step, teams: set[str]) -> None:
    _check_team(entry, f"team of step {number}", step.team, teams)
    if step.and_tell not in (None, CONTROL_ROOM):
        entry.wrong(f'"and_tell" of step {number} is "{step.and_tell}"; only "{CONTROL_ROOM}" can be told')
    elif step.and_tell and CONTROL_ROOM not in teams:
        entry.wrong(f'step {number} tells the control room, and there is no team "{CONTROL_ROOM}"')


def _check_line(place: str, line: RotaLine, teams: set[str], places: Mapping[str, Zone], faults: Faults) -> None:
    if line.team not in teams:
        faults.tell(place, f'the team is "{line.team}", and there is no such team{meant(line.team, teams)}')
    site = places.get(line.site or "")
    if places and line.site and (site is None or not site.is_site):
        sites = [zone.id for zone in places.values() if zone.is_site]
        faults.tell(place, f'the site is "{line.site}", and there is no such site{meant(line.site, sites)}')


def _check_nobody_twice(rota: PlacedLines, faults: Faults) -> None:
    """The same person in the same team and place twice at once: one of the two lines was meant for somebody else."""
    by_post: dict[object, list[tuple[str, RotaLine]]] = {}
    for place, line in rota:
        by_post.setdefault((line.team, line.email, line.site), []).append((place, line))
    for lines in by_post.values():
        for (first, one), (second, other) in combinations(lines, 2):
            minute = hours.overlap(one.spans, other.spans)
            if minute is not None:
                faults.tell(second, f"rosters {other.email} where {first} does already, on {_moment(minute)}")


def _check_not_swapped(file: CampusFile, zones: Sequence[Zone], faults: Faults) -> None:
    """London the wrong way round is off Somalia: the campus's own time zone tells, where ranges cannot."""
    centres = [(zone.geometry.centroid.y, zone.geometry.centroid.x) for zone in zones if zone.is_site]
    if not centres or not all(is_on_earth(lon, lat) for lat, lon in centres):
        return
    home = file.institution.time_zone
    if all(time_zone_at(lat, lon) != home and time_zone_at(lon, lat) == home for lat, lon in centres):
        faults.tell(
            file.institution.zones, "latitude and longitude look swapped everywhere: GeoJSON puts the longitude first"
        )


def _moment(minute: int) -> str:
    day, rest = divmod(minute, hours.MINUTES_OF_DAY)
    return f"{hours.WEEKDAYS[day]} at {rest // 60:02d}:{rest % 60:02d}"
