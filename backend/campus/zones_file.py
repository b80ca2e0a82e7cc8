"""The GeoJSON of an institution: any polygons and points whose features have a name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from backend.campus.entry import Faults, is_clean
from backend.campus.geojson import Unreadable, features_in, outline, refuse_unstorable
from backend.campus.zone import BUILDING, DEFAULT_RADIUS_M, SITE, Zone, area_m2, disc

# A wing that sticks out over the surveyed edge still belongs to its site.
MOST_OF_IT = 0.5

LARGEST_RADIUS_M = 5000.0

# A building lies in a site and touches its neighbours; a file where all lies on all would take an hour to untangle.
MAX_OVERLAPS = 100_000

LONGEST_NAME = 200

_PART_OF_A_ZONE = ("name", "kind", "site", "floors")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A feature that could be read, before it is known where it belongs."""

    place: str
    id: str
    name: str
    kind: str | None
    site: str | None
    floors: tuple[str, ...]
    properties: Mapping[str, Any]
    geometry: BaseGeometry
    is_disc: bool


def read_zones(text: str, file: str, faults: Faults) -> tuple[Zone, ...]:
    """
    Every feature as a zone, in the order of the file; what is wrong is told to `faults` and left out.

    Without `kind` a polygon that holds others or lies in none is a site, the
    rest are buildings. A missing `site` is the smallest site that holds it;
    what no site holds is a site of its own.
    """
    try:
        features = features_in(text)
    except Unreadable as refusal:
        faults.tell(file, str(refusal))
        return ()
    drafts: dict[str, _Draft] = {}
    for number, feature in enumerate(features, 1):
        try:
            draft = _draft(feature, file, number)
        except Unreadable as refusal:
            faults.tell(_place(feature, file, number), str(refusal))
            continue
        if draft.id in drafts:
            faults.tell(draft.place, f'its id "{draft.id}" is that of {drafts[draft.id].place} already')
        else:
            drafts[draft.id] = draft
    try:
        return _placed(tuple(drafts.values()), faults)
    except Unreadable as refusal:
        faults.tell(file, str(refusal))
        return ()


def _place(feature: object, file: str, number: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    named = f' ("{name[:60]}")' if isinstance(name, str) and name and is_clean(name) else ""
    return f"{file}: feature {number}{named}"


def _draft(feature: object, file: str, number: int) -> _Draft:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise Unreadable("is not a GeoJSON feature")
    refuse_unstorable(feature)
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise Unreadable('has no properties, so no "name"')
    name = _text(properties, "name")
    if name is None:
        raise Unreadable('has no "name" in its properties')
    found = outline(feature.get("geometry"))
    is_disc = isinstance(found, shapely.Point)
    return _Draft(
        place=_place(feature, file, number),
        id=_id(feature, name),
        name=name,
        kind=_text(properties, "kind"),
        site=_text(properties, "site"),
        floors=_floors(properties),
        properties={key: value for key, value in properties.items() if key not in _PART_OF_A_ZONE},
        geometry=disc(found.y, found.x, _radius_m(properties)) if isinstance(found, shapely.Point) else found,
        is_disc=is_disc,
    )


def _text(properties: Mapping[str, Any], key: str) -> str | None:
    value = properties.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME or not is_clean(value):
        raise Unreadable(f'"{key}" must be a text of 1 to {LONGEST_NAME} characters')
    return value.strip()


def _id(feature: Mapping[str, Any], name: str) -> str:
    given = feature.get("id")
    if given is None:
        # An apostrophe joins (Prince's, princes); everything else that is no letter or digit parts.
        words = re.sub(r"['’]", "", name.lower())
        given = re.sub(r"[\W_]+", "-", words).strip("-")
    if isinstance(given, bool) or not isinstance(given, str | int | float) or not str(given).strip():
        raise Unreadable('its "id" must be a text or a number')
    text = str(given).strip()
    if len(text) > LONGEST_NAME or not is_clean(text):
        raise Unreadable(f'its "id" is longer than {LONGEST_NAME} characters or holds control characters')
    return text


def _floors(properties: Mapping[str, Any]) -> tuple[str, ...]:
    value = properties.get("floors")
    if value is None:
        return ()
    if not isinstance(value, list) or any(isinstance(one, bool) or not isinstance(one, str | int) for one in value):
        raise Unreadable('"floors" must be a list of their names from the bottom up, as ["B", "G", "1"]')
    return tuple(dict.fromkeys(str(one) for one in value))


def _radius_m(properties: Mapping[str, Any]) -> float:
    value = properties.get("radius_m", DEFAULT_RADIUS_M)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LARGEST_RADIUS_M:
        raise Unreadable(f'"radius_m" must be metres, more than 0 and at most {LARGEST_RADIUS_M:.0f}')
    return float(value)


def _placed(drafts: Sequence[_Draft], faults: Faults) -> tuple[Zone, ...]:
    holders, holds = _containment(drafts)
    kinds = {
        draft.id: draft.kind or (SITE if _looks_like_a_site(draft, index, holders, holds) else BUILDING)
        for index, draft in enumerate(drafts)
    }
    sites: dict[str, BaseGeometry] = {}
    zones: dict[str, Zone] = {}
    # Sites, then what must be found a site, largest first, then what names one: each finds its site placed already.
    for index in sorted(range(len(drafts)), key=lambda one: _turn(drafts[one], kinds)):
        draft = drafts[index]
        try:
            site = _site_of(
                draft, kinds, [drafts[holder].id for holder in holders[index] if drafts[holder].id in sites]
            )
            if site == draft.id:
                sites[site] = draft.geometry
            zones[draft.id] = _zone(draft, kinds[draft.id], site, sites)
        except Unreadable as refusal:
            faults.tell(draft.place, str(refusal))
    return tuple(zones[draft.id] for draft in drafts if draft.id in zones)


def _turn(draft: _Draft, kinds: Mapping[str, str]) -> tuple[int, float]:
    named = draft.site not in (None, draft.id)
    return (0 if kinds[draft.id] == SITE else 2 if named else 1), -_size(draft)


def _size(draft: _Draft) -> float:
    # A disc holds nothing, so it comes after every outline.
    return 0.0 if draft.is_disc else draft.geometry.area


def _containment(drafts: Sequence[_Draft]) -> tuple[list[list[int]], set[int]]:
    """For each draft the outlines it lies in, smallest first; and which outlines hold another outline."""
    holders: list[list[int]] = [[] for _ in drafts]
    holds: set[int] = set()
    outlines = [index for index, draft in enumerate(drafts) if not draft.is_disc]
    if not outlines:
        return holders, holds
    tree = shapely.STRtree([drafts[index].geometry for index in outlines])
    pairs = tree.query([draft.geometry for draft in drafts], predicate="intersects").T
    if len(pairs) > MAX_OVERLAPS:
        raise Unreadable(
            f"has {len(pairs)} overlaps between its outlines, more than the {MAX_OVERLAPS} a campus may have"
        )
    for inner, nth in pairs.tolist():
        outer = outlines[nth]
        if inner != outer and _lies_in(drafts[inner], drafts[outer]):
            holders[inner].append(outer)
            if not drafts[inner].is_disc:
                holds.add(outer)
    for held in holders:
        held.sort(key=lambda index: _size(drafts[index]))
    return holders, holds


def _lies_in(inner: _Draft, outer: _Draft) -> bool:
    if inner.is_disc:
        return bool(outer.geometry.intersects(inner.geometry.centroid))
    if inner.geometry.area >= outer.geometry.area:
        return False
    return bool(inner.geometry.intersection(outer.geometry).area > MOST_OF_IT * inner.geometry.area)


def _looks_like_a_site(draft: _Draft, index: int, holders: Sequence[Sequence[int]], holds: set[int]) -> bool:
    return draft.site in (None, draft.id) and (index in holds or not holders[index])


def _site_of(draft: _Draft, kinds: Mapping[str, str], held_by: Sequence[str]) -> str:
    if kinds[draft.id] == SITE:
        if draft.site not in (None, draft.id):
            raise Unreadable(f'is a site, so its "site" cannot be "{draft.site}"')
        return draft.id
    if draft.site is None:
        return held_by[0] if held_by else draft.id
    return draft.site


def _zone(draft: _Draft, kind: str, site: str, sites: Mapping[str, BaseGeometry]) -> Zone:
    geometry = draft.geometry
    if site != draft.id:
        if site not in sites:
            raise Unreadable(f'its "site" is "{site}", and there is no such site')
        inside = geometry.intersection(sites[site])
        if inside.area == 0.0:
            raise Unreadable(f'lies outside its site "{site}"')
        # The disc is our guess at the building, and no guess reaches over the fence; an outline was surveyed.
        geometry = inside if draft.is_disc else geometry
    return Zone(draft.id, draft.name, kind, site, draft.floors, draft.properties, geometry, area_m2(geometry))
