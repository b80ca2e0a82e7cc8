"""Where a position is: the smallest zone that holds it, its site, and how far off the nearest site is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopy.distance import great_circle

from backend.campus.zone import METRES_PER_DEGREE, Zone, is_on_earth

# After a quarter of an hour a person in trouble may be a mile away; a search from there costs more than asking all.
MAX_AGE_S = 900

# Vaguer than a kilometre names no site, let alone a nearest officer.
MAX_ACCURACY_M = 1000

# Phones set by hand run a few minutes off. Within this a position "from the future" was taken just now.
PHONE_CLOCK_TOLERANCE_S = 600


# Places whose zones are remembered: more than there are officers at once. A phone that moves is nowhere twice.
REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Position:
    """A fix in WGS84 degrees; `accuracy_m` is the radius in metres the phone vouches for, None when it does not say."""

    latitude: float
    longitude: float
    accuracy_m: float | None
    recorded_at: datetime | None
    floor: str | None = None
    source: str | None = None


class Geofence:
    """
    The zones of one campus, ready to be asked.

    Built once per configuration and never changed; a question about an
    impossible place is answered as "nowhere", never raised.
    """

    def __init__(self, zones: Iterable[Zone]) -> None:
        # Smallest first, so that the first hit is the answer; a building that fills its site goes before it.
        self._zones = tuple(sorted(zones, key=lambda zone: (zone.area_m2, zone.is_site, zone.id)))
        self._sites = tuple(zone for zone in self._zones if zone.is_site)
        self._tree = shapely.STRtree([zone.geometry for zone in self._zones])
        self._site_outlines = np.array([site.geometry for site in self._sites], dtype=object)
        # Officers stand where they stood a moment ago, and each case asks for all of them.
        self._held = lru_cache(maxsize=REMEMBERED)(self._holding)

    def zone_at(self, lat: float, lon: float) -> Zone | None:
        """The smallest zone that holds this place, its edge included."""
        held = self._held(lat, lon)
        return self._zones[held[0]] if held else None

    def site_at(self, lat: float, lon: float) -> Zone | None:
        """The smallest site that holds this place."""
        return next((self._zones[index] for index in self._held(lat, lon) if self._zones[index].is_site), None)

    def nearest_site(self, lat: float, lon: float) -> Zone | None:
        """The site that holds this place, else the one whose edge is nearest; None for a campus without sites."""
        inside = self.site_at(lat, lon)
        if inside is not None:
            return inside
        if not self._sites or not is_on_earth(lat, lon):
            return None
        return self._sites[int(np.argmin(shapely.distance(self._flattened(lat, lon), shapely.Point(0.0, 0.0))))]

    def distance_to_nearest_site_m(self, lat: float, lon: float) -> float:
        """Metres to the edge of the nearest site, 0 inside one, infinite when there is none to measure to."""
        if self.site_at(lat, lon) is not None:
            return 0.0
        if not self._sites or not is_on_earth(lat, lon):
            return math.inf
        here = shapely.Point(0.0, 0.0)
        outlines = self._flattened(lat, lon)
        nearest = outlines[int(np.argmin(shapely.distance(outlines, here)))]
        east, north = shapely.get_coordinates(shapely.shortest_line(here, nearest))[1]
        # Flattening is true near by; the last word is the great circle's, so that far away is right as well.
        edge_lon = (lon + east / (METRES_PER_DEGREE * _narrowing(lat)) + 180.0) % 360.0 - 180.0
        edge_lat = min(90.0, max(-90.0, lat + north / METRES_PER_DEGREE))
        return great_circle_m(lat, lon, edge_lat, edge_lon)

    def _holding(self, lat: float, lon: float) -> list[int]:
        """Indexes of the zones that hold this place, smallest first."""
        if not is_on_earth(lat, lon):
            return []
        return sorted(int(index) for index in self._tree.query(shapely.Point(lon, lat), predicate="intersects"))

    def _flattened(self, lat: float, lon: float) -> npt.NDArray[Any]:
        """The outlines of all sites in metres east and north of this place."""

        def flatten(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            east = ((corners[:, 0] - lon + 180.0) % 360.0 - 180.0) * _narrowing(lat)
            return np.column_stack((east, corners[:, 1] - lat)) * METRES_PER_DEGREE

        flattened: npt.NDArray[Any] = shapely.transform(self._site_outlines, flatten)
        return flattened


def great_circle_m(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """
    Metres between two places on a sphere, within half a percent of the ellipsoid.

    Raises ValueError for a place that cannot be: geopy itself measures
    swapped pairs and a longitude of 540 without a word.
    """
    for latitude, longitude in ((a_lat, a_lon), (b_lat, b_lon)):
        if not is_on_earth(latitude, longitude):
            raise ValueError(f"latitude {latitude}, longitude {longitude} is no place on earth")
    return float(great_circle((a_lat, a_lon), (b_lat, b_lon)).m)


def usable(
    position: Position | None,
    *,
    received_at: datetime,
    max_age_s: float = MAX_AGE_S,
    max_accuracy_m: float = MAX_ACCURACY_M,
) -> Position | None:
    """
    The position if somebody can be sent there, else None; a tap stands either way.

    None is what is impossible, older than `max_age_s`, further in the future
    than a phone's clock is wrong, or vaguer than `max_accuracy_m`. A slightly
    future or missing `recorded_at` becomes `received_at`: the fix came with
    this very request.
    """
    if position is None or not _is_possible(position) or _is_vague(position, max_accuracy_m):
        return None
    if position.recorded_at is None:
        return replace(position, recorded_at=received_at)
    age = received_at - position.recorded_at
    if age > timedelta(seconds=max_age_s) or age < -timedelta(seconds=PHONE_CLOCK_TOLERANCE_S):
        return None
    return replace(position, recorded_at=min(position.recorded_at, received_at))


def _is_possible(position: Position) -> bool:
    if not is_on_earth(position.latitude, position.longitude):
        return False
    # A chip without a fix reports 0/0, a place in the Atlantic.
    if position.latitude == 0.0 and position.longitude == 0.0:
        return False
    # A time without an offset could be hours off either way: it cannot be told fresh from stale.
    return position.recorded_at is None or position.recorded_at.utcoffset() is not None


def _is_vague(position: Position, max_accuracy_m: float) -> bool:
    # iOS says a negative radius for "not valid"; not-a-number is neither side of any limit.
    return position.accuracy_m is not None and not 0.0 <= position.accuracy_m <= max_accuracy_m


def _narrowing(latitude: float) -> float:
    """How much shorter a degree of longitude is here than at the equator; never quite nothing, so that it divides."""
    return max(math.cos(math.radians(latitude)), 1e-6)
