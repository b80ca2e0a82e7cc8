"""The area of somebody else's alert, and which of our sites and zones it touches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shapely

from backend.broadcasts.audience import Audience, Circle, Corner
from backend.campus.campus import Campus
from backend.campus.zone import Zone, disc, is_on_earth
from backend.cap.cap_message import CapMessage, Node

#: What is looked at; an alert with more says so.
MOST_SHAPES, MOST_CORNERS = 500, 20_000

#: A circle larger than the earth is no circle.
LONGEST_RADIUS_KM = 20_000.0

#: A clipped outline is handed on with at most so many corners; beyond that the zones it touches say it.
MOST_CORNERS_KEPT = 200


@dataclass(frozen=True, slots=True)
class ReceivedArea:
    """
    What was drawn, in WGS84: closed rings of (latitude, longitude), and circles.

    `geocodes` are `name=value`, which only their authors can place; `left_out`
    counts the shapes that could not be read, or were too many.
    """

    descriptions: tuple[str, ...]
    polygons: tuple[tuple[Corner, ...], ...]
    circles: tuple[Circle, ...]
    geocodes: tuple[str, ...]
    left_out: int


def received_area(message: CapMessage) -> ReceivedArea:
    """Every area of every info; each language says the same ones again, and once is enough."""
    areas = [area for info in message.infos for area in info.all("area")]
    drawn = dict.fromkeys(text for area in areas for text in area.texts("polygon"))
    round_ones = dict.fromkeys(text for area in areas for text in area.texts("circle"))
    polygons, too_many = _within_limits(_ring(text) for text in drawn)
    circles = [circle for text in round_ones if (circle := _circle(text))][:MOST_SHAPES]
    return ReceivedArea(
        descriptions=tuple(dict.fromkeys(text for area in areas for text in area.texts("areaDesc"))),
        polygons=tuple(polygons),
        circles=tuple(circles),
        geocodes=tuple(dict.fromkeys(code for area in areas for code in _geocodes(area))),
        left_out=too_many + len(round_ones) - len(circles),
    )


def audience_within(area: ReceivedArea, campus: Campus) -> Audience:
    """
    The part of it that is ours: whole sites, and of a site it only touches the zones it touches.

    Nobody when it touches no site, or was only named by codes. The rings may
    cross themselves: nothing here needs them to be sound.
    """
    rings = [[(longitude, latitude) for latitude, longitude in ring] for ring in area.polygons]
    shapes = [shapely.Polygon(ring) for ring in rings]
    shapes += [_disc(one) for one in area.circles]
    shapely.prepare(shapes)
    edges = [shape.exterior for shape in shapes]
    shapely.prepare(edges)
    touched = [zone for zone in campus.zones if _is_touched(zone, shapes, edges)]
    partly = [zone for zone in touched if zone.is_site and not _is_held(zone, shapes, edges)]
    partial = {zone.id for zone in partly}
    inside = {zone.site for zone in touched if not zone.is_site and zone.site in partial}
    return Audience(
        # A corner of a site without a building in it: its people decide for themselves how near that is.
        sites=tuple(zone.id for zone in touched if zone.is_site and zone.id not in inside),
        zones=tuple(zone.id for zone in touched if not zone.is_site and zone.site in partial),
        polygon=_clipped(shapes, partly),
    )


def _is_touched(zone: Zone, shapes: list[shapely.Polygon], edges: list[shapely.LinearRing]) -> bool:
    middle = zone.geometry.representative_point()
    # The ring runs through it, or it is all inside; even-odd, so that a ring may cross itself.
    return any(
        edge.intersects(zone.geometry) or shapely.contains_xy(shape, middle.x, middle.y)
        for shape, edge in zip(shapes, edges, strict=True)
    )


def _is_held(zone: Zone, shapes: list[shapely.Polygon], edges: list[shapely.LinearRing]) -> bool:
    middle = zone.geometry.representative_point()
    return any(
        shapely.contains_xy(shape, middle.x, middle.y) and not edge.intersects(zone.geometry)
        for shape, edge in zip(shapes, edges, strict=True)
    )


def _clipped(shapes: list[shapely.Polygon], partly: list[Zone]) -> tuple[Corner, ...]:
    """Of one sound shape, the piece on our grounds, if it is one piece: for those who are between the buildings."""
    if len(shapes) != 1 or not partly or not shapely.is_valid(shapes[0]):
        return ()
    piece = shapes[0].intersection(shapely.union_all([zone.geometry for zone in partly]))
    if piece.geom_type != "Polygon" or piece.is_empty:
        return ()
    corners = shapely.get_coordinates(shapely.get_exterior_ring(piece))
    if len(corners) > MOST_CORNERS_KEPT:
        return ()
    return tuple((float(latitude), float(longitude)) for longitude, latitude in corners)


def _disc(circle: Circle) -> shapely.Polygon:
    return shapely.Polygon(shapely.get_coordinates(disc(circle.latitude, circle.longitude, circle.radius_m)))


def _within_limits(rings: Iterable[tuple[Corner, ...]]) -> tuple[list[tuple[Corner, ...]], int]:
    kept: list[tuple[Corner, ...]] = []
    corners = left_out = 0
    for ring in rings:
        corners += len(ring)
        if not ring or corners > MOST_CORNERS or len(kept) >= MOST_SHAPES:
            left_out += 1
        else:
            kept.append(ring)
    return kept, left_out


def _ring(text: str) -> tuple[Corner, ...]:
    """The closed ring, or nothing for what is none."""
    found = [_corner(pair) for pair in text.split()]
    ring = [corner for corner in found if corner is not None]
    if len(ring) != len(found) or len(set(ring)) < 3:
        return ()
    return tuple(ring if ring[0] == ring[-1] else [*ring, ring[0]])


def _circle(text: str) -> Circle | None:
    where, _, radius = text.strip().rpartition(" ")
    middle, kilometres = _corner(where.strip()), _number(radius)
    if middle is None or kilometres is None or not 0 < kilometres <= LONGEST_RADIUS_KM:
        return None
    return Circle(*middle, radius_m=kilometres * 1000)


def _corner(pair: str) -> Corner | None:
    latitude, longitude = (_number(part) for part in (pair.partition(",")[0], pair.partition(",")[2]))
    if latitude is None or longitude is None or not is_on_earth(latitude, longitude):
        return None
    return latitude, longitude


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _geocodes(area: Node) -> Iterator[str]:
    return (f"{one.one('valueName') or ''}={one.one('value') or ''}"[:100] for one in area.all("geocode"))
