"""A place with a name and an outline: a site, a building, a shuttle stop."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

SITE = "site"
BUILDING = "building"

# The sphere geopy measures on, so that a disc of 40 m and a distance of 40 m are the same 40 m.
EARTH_RADIUS_M = 6_371_009.0
METRES_PER_DEGREE = math.radians(1.0) * EARTH_RADIUS_M

DEFAULT_RADIUS_M = 40.0

# A disc of 40 m drawn with 128 corners is nowhere more than 2 cm short of the circle.
_QUARTER_SEGMENTS = 32


@dataclass(frozen=True)
class Zone:
    """
    A place as the campus file draws it; `site` is the id of the site it belongs to, for a site its own.

    `geometry` is in WGS84 degrees, longitude first, and already clipped to the
    site; `properties` is whatever else its feature said, in plain JSON types.
    """

    id: str
    name: str
    kind: str
    site: str
    floors: tuple[str, ...]
    properties: Mapping[str, Any] = field(hash=False)
    geometry: BaseGeometry
    area_m2: float

    @property
    def is_site(self) -> bool:
        """A place that belongs to no other is a site, whatever its kind is called."""
        return self.site == self.id


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Whether the pair is a place at all, within the ranges of WGS84; not-a-number is in no range."""
    return abs(latitude) <= 90.0 and abs(longitude) <= 180.0


def disc(latitude: float, longitude: float, radius_m: float) -> BaseGeometry:
    """A circle of this many metres: narrower in degrees of longitude the further from the equator."""
    circle = shapely.Point(0.0, 0.0).buffer(radius_m / METRES_PER_DEGREE, quad_segs=_QUARTER_SEGMENTS)
    # At the poles a degree of longitude has no length; nobody's campus is there.
    stretch = 1.0 / max(math.cos(math.radians(latitude)), 1e-6)
    corners = shapely.get_coordinates(circle) * (stretch, 1.0) + (longitude, latitude)
    return shapely.Polygon(corners)


def area_m2(geometry: BaseGeometry) -> float:
    """Square metres, good enough to say which of two places is the smaller."""
    if geometry.is_empty:
        return 0.0
    _, south, _, north = geometry.bounds
    narrowing = math.cos(math.radians((south + north) / 2))
    return float(geometry.area) * METRES_PER_DEGREE**2 * narrowing
