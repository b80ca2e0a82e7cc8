"""Where a broadcast is addressed to, as CAP draws it: closed polygons and circles with a short name."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from backend.broadcasts.audience import Audience
from backend.campus.campus import Campus

#: CAP advises that an area's description is no longer.
LONGEST = 50

#: A tenth of a metre: finer than anything was drawn.
DECIMALS = 6

#: A zone that was given as a point is drawn with 128 corners; two metres off nobody is told wrongly.
TOLERANCE = 2e-5


@dataclass(frozen=True, slots=True)
class CapArea:
    """Polygons are `lat,lon lat,lon …` with the first pair again at the end, circles `lat,lon km`."""

    description: str
    polygons: tuple[str, ...]
    circles: tuple[str, ...]


def area_of(audience: Audience, campus: Campus, place: str | None) -> CapArea:
    """
    The outline of the audience: whom to tell, and not where it happens.

    An audience without an area (teams, people abroad) is described by the
    institution's name and drawn nowhere.
    """
    named = _named(audience, campus)
    zones = [zone.geometry for zone in campus.zones if zone.id in named]
    polygons = [outline for zone in zones for outline in outlines(zone)]
    if audience.polygon and not audience.everyone:
        corners = [(longitude, latitude) for latitude, longitude in audience.polygon]
        polygons += outlines(shapely.Polygon(corners))
    circles: tuple[str, ...] = ()
    if audience.circle and not audience.everyone:
        drawn = audience.circle
        circles = (f"{drawn.latitude:.{DECIMALS}f},{drawn.longitude:.{DECIMALS}f} {drawn.radius_m / 1000:.3f}",)
    return CapArea(_description(audience, campus, place), tuple(polygons), circles)


def outlines(geometry: BaseGeometry) -> Iterator[str]:
    """Every part's outer ring; CAP can draw no holes."""
    for part in shapely.get_parts(shapely.make_valid(geometry)):
        if part.geom_type != "Polygon":
            continue
        ring = shapely.get_coordinates(part.simplify(TOLERANCE).exterior)
        if len(ring) >= 4:
            yield " ".join(f"{latitude:.{DECIMALS}f},{longitude:.{DECIMALS}f}" for longitude, latitude in ring)


def cut(text: str, longest: int) -> str:
    """The text, or as much of it as there is room for, with a sign that there was more."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _named(audience: Audience, campus: Campus) -> set[str]:
    if audience.everyone:
        return {site.id for site in campus.sites}
    return {*audience.sites, *audience.zones}


def _description(audience: Audience, campus: Campus, place: str | None) -> str:
    found = [campus.zone(one) for one in (*audience.sites, *audience.zones)]
    names = ", ".join(zone.name for zone in found if zone is not None)
    if audience.everyone or not audience.has_area:
        return cut(campus.name, LONGEST)
    return cut(names or place or campus.name, LONGEST)
