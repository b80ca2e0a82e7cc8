"""Whom to tell: an area, teams or people abroad, as the control room drew it; not where it happens."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from backend.campus.campus import Campus
from backend.campus.zone import Zone, disc, is_on_earth

#: Corners that enclose something; the first comes once more at the end.
TRIANGLE = 3

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Circle:
    """A disc in WGS84 degrees and metres."""

    latitude: float
    longitude: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Audience:
    """
    The union of all that is named; `everyone` makes the rest unnecessary.

    `polygon` are (latitude, longitude) corners, the last one the first again.
    People `of` an area live, work or study there by the roster; people `in_now` are those whose case, check-in or
    answer to a broadcast says that they are there. Of an area both are meant unless one is named.
    """

    everyone: bool = False
    sites: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    polygon: tuple[Corner, ...] = ()
    circle: Circle | None = None
    teams: tuple[str, ...] = ()
    abroad: bool = False
    of: bool = True
    in_now: bool = True

    @property
    def has_area(self) -> bool:
        return bool(self.sites or self.zones or self.polygon or self.circle)

    @property
    def is_empty(self) -> bool:
        """Nobody is named."""
        return not (self.everyone or self.has_area or self.teams or self.abroad)

    @property
    def is_drawn_well(self) -> bool:
        """Whether what is drawn by hand has an inside: corners on this earth, no line that crosses another."""
        if not all(is_on_earth(latitude, longitude) for latitude, longitude in self.polygon):
            return False
        if self.circle and not (is_on_earth(self.circle.latitude, self.circle.longitude) and self.circle.radius_m > 0):
            return False
        return not self.polygon or (len(self.polygon) > TRIANGLE and bool(shapely.is_valid(self._drawn_polygon())))

    def document(self) -> dict[str, Any]:
        """As a row keeps it."""
        return asdict(self)

    def outline(self, campus: Campus) -> BaseGeometry:
        """Everything that is named as one geometry, longitude first; empty when no area is."""
        drawn: list[BaseGeometry] = [zone.geometry for zone in self._named(campus)]
        if self.polygon:
            drawn.append(self._drawn_polygon())
        if self.circle:
            drawn.append(disc(self.circle.latitude, self.circle.longitude, self.circle.radius_m))
        return shapely.union_all(drawn)

    def places(self, campus: Campus) -> frozenset[str]:
        """
        The ids of the zones and sites whose people are `of` it.

        A drawn area takes in every zone it touches, but no site as a whole that
        it does not hold: a circle round one building does not mean the campus.
        """
        named = self._named(campus)
        found = {zone.id for zone in named}
        found |= {zone.id for zone in campus.zones if zone.site in {site.id for site in named if site.is_site}}
        if self.polygon or self.circle:
            drawn = Audience(polygon=self.polygon, circle=self.circle).outline(campus)
            found |= {
                zone.id
                for zone in campus.zones
                if (drawn.contains(zone.geometry) if zone.is_site else drawn.intersects(zone.geometry))
            }
        return frozenset(found)

    def _drawn_polygon(self) -> shapely.Polygon:
        return shapely.Polygon([(longitude, latitude) for latitude, longitude in self.polygon])

    def _named(self, campus: Campus) -> list[Zone]:
        wanted = {*self.sites, *self.zones}
        return [zone for zone in campus.zones if zone.id in wanted]


def audience_of(document: Mapping[str, Any]) -> Audience:
    """The audience that a row kept."""
    told: dict[str, Any] = dict(document)
    circle = told.pop("circle", None)
    corners = tuple((latitude, longitude) for latitude, longitude in told.pop("polygon", ()))
    told |= {name: tuple(told.get(name, ())) for name in ("sites", "zones", "teams")}
    return Audience(polygon=corners, circle=Circle(**circle) if circle else None, **told)
