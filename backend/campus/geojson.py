"""GeoJSON as others write it, read with suspicion: sizes, depths, not-a-number, swapped and broken outlines."""

import json
from collections.abc import Sequence
from typing import NoReturn

import shapely
from shapely.geometry.base import BaseGeometry

from backend.campus.entry import is_clean
from backend.campus.zone import is_on_earth

MAX_FEATURES = 5_000
MAX_CORNERS = 200_000

# The outline of a large campus has some hundreds. Repairing takes time with the square of this.
MAX_CORNERS_TO_REPAIR = 1_000

MAX_DEPTH = 20

# Beyond this a browser reads a whole number as another one.
LARGEST_NUMBER = 2**53


class Unreadable(Exception):
    """What is wrong with a file or a feature, in a sentence without its name."""


def features_in(text: str) -> list[object]:
    """
    The features of the document, not yet looked at.

    Raises Unreadable for what is no GeoJSON, or more of it than a campus has.
    """
    try:
        document = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise Unreadable("is nested too deeply") from None
    except ValueError as refusal:
        raise Unreadable(f"cannot be read as JSON: {refusal}") from None
    if isinstance(document, dict) and document.get("type") == "Feature":
        return [document]
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise Unreadable('is not a GeoJSON "FeatureCollection"')
    if not features:
        raise Unreadable("holds no feature, so there would be no site")
    if len(features) > MAX_FEATURES:
        raise Unreadable(f"holds {len(features)} features, more than the {MAX_FEATURES} a campus may have")
    return features


def outline(geometry: object) -> BaseGeometry:
    """
    The geometry as a valid point, polygon or multipolygon, its heights dropped.

    An outline that crosses itself is repaired. Raises Unreadable otherwise.
    """
    if not isinstance(geometry, dict):
        raise Unreadable("has no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        return shapely.Point(_position(coordinates))
    if kind == "Polygon":
        return _sound([_polygon(coordinates)])
    if kind == "MultiPolygon":
        return _sound([_polygon(part) for part in _list_of(coordinates, "polygons")])
    raise Unreadable(f'is a "{str(kind)[:40]}": only Polygon, MultiPolygon and Point say where a place is')


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def refuse_unstorable(document: object) -> None:
    """
    Raise Unreadable for what some database or phone cannot hold, however it is nested.

    Walked level by level, because recursion is what a hostile file would exhaust.
    """
    level: list[object] = [document]
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item)
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, str) and not is_clean(item):
                raise Unreadable("holds control characters in its text")
            elif isinstance(item, int | float) and not abs(item) <= LARGEST_NUMBER:
                raise Unreadable("holds a number that is too large")
        level = below
    if level:
        raise Unreadable("is nested too deeply")


def _polygon(rings: object) -> shapely.Polygon:
    shell, *holes = [_ring(ring) for ring in _list_of(rings, "rings")]
    return shapely.Polygon(shell, holes)


def _ring(positions: object) -> list[tuple[float, float]]:
    corners = [_position(position) for position in _list_of(positions, "positions")]
    if len(corners) > MAX_CORNERS:
        raise Unreadable(f"has more than {MAX_CORNERS} corners")
    if len(set(corners)) < 3:
        raise Unreadable("has an outline with fewer than three different corners")
    return corners


def _list_of(value: object, of: str) -> list[object]:
    if not isinstance(value, list) or not value:
        raise Unreadable(f"has coordinates that are no list of {of}")
    return value


def _position(value: object) -> tuple[float, float]:
    """Longitude and latitude."""
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise Unreadable("has a position that is not [longitude, latitude]")
    longitude, latitude = value[0], value[1]
    for number in (longitude, latitude):
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise Unreadable("has a position that is not made of numbers")
    if is_on_earth(latitude, longitude):
        return float(longitude), float(latitude)
    written = f"has the position longitude {longitude:.6g}, latitude {latitude:.6g}"
    if is_on_earth(longitude, latitude):
        raise Unreadable(f"{written}: they look swapped, GeoJSON puts the longitude first")
    raise Unreadable(f"{written}, which is no place in degrees of WGS84")


def _sound(polygons: Sequence[shapely.Polygon]) -> BaseGeometry:
    """One valid polygon or multipolygon of them all."""
    drawn = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    if drawn.is_valid:
        return drawn
    if shapely.get_num_coordinates(drawn) > MAX_CORNERS_TO_REPAIR:
        raise Unreadable(
            f"has an outline that is broken ({shapely.is_valid_reason(drawn)}) and too long to be repaired"
        )
    areas = [part for part in shapely.get_parts(shapely.make_valid(drawn), return_index=False) if part.area > 0.0]
    whole = shapely.union_all(areas)
    if whole.is_empty or not whole.is_valid or whole.area == 0.0:
        raise Unreadable("has an outline that encloses nothing")
    return whole
