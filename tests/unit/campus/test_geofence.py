"""Where a position is: the smallest zone wins, discs are round in metres, and distances go to the edge."""

import math

import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry.base import BaseGeometry

from backend.campus.geofence import Geofence, great_circle_m
from backend.campus.zone import EARTH_RADIUS_M, Zone, area_m2, disc
from tests.unit.campus import imperial

# The first example of a process builds what the others find ready, so none is timed.
QUICK = settings(max_examples=50, deadline=None)


def zone(zone_id: str, geometry: BaseGeometry, *, site: str | None = None) -> Zone:
    kind = "building" if site else "site"
    return Zone(zone_id, zone_id.title(), kind, site or zone_id, (), {}, geometry, area_m2(geometry))


def moved(lat: float, lon: float, metres: float, bearing_deg: float) -> tuple[float, float]:
    """The place this many metres away, by the sphere itself."""
    angle, bearing, phi = metres / EARTH_RADIUS_M, math.radians(bearing_deg), math.radians(lat)
    there = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(there)
    )
    return math.degrees(there), lon + math.degrees(turn)


boxes = st.builds(
    lambda west, south, wide, high: shapely.box(west, south, west + wide, south + high),
    st.floats(-0.2, 0.2),
    st.floats(51.0, 51.4),
    st.floats(0.001, 0.2),
    st.floats(0.001, 0.2),
)


@QUICK
@given(st.lists(boxes, min_size=1, max_size=12), st.floats(-0.2, 0.4), st.floats(51.0, 51.6))
def test_the_smallest_zone_that_holds_a_position_wins(outlines: list[shapely.Polygon], lon: float, lat: float) -> None:
    """
    Asking the fence is the same as trying every outline in turn.
    """
    zones = [zone(f"zone-{number}", outline) for number, outline in enumerate(outlines)]
    holding = [one for one in zones if one.geometry.intersects(shapely.Point(lon, lat))]
    smallest = min((one.area_m2 for one in holding), default=None)

    found = Geofence(zones).zone_at(lat, lon)

    assert smallest == (found.area_m2 if found else None)


@QUICK
@given(st.floats(-75, 75), st.floats(-179, 179), st.floats(5, 500), st.floats(0, 360), st.floats(0.0, 2.0))
def test_a_disc_is_round_in_metres_at_every_latitude(
    lat: float, lon: float, radius: float, bearing: float, share: float
) -> None:
    """
    A place is in the disc when it is nearer than the radius, give or take half a percent.
    """
    fence = Geofence([zone("disc", disc(lat, lon, radius))])
    there = moved(lat, lon, radius * share, bearing)

    found = fence.zone_at(*there)

    if share < 0.995:
        assert found is not None
    if share > 1.005:
        assert found is None


def test_a_building_that_fills_its_site_goes_before_it() -> None:
    """
    Of two equal areas the more particular is named.
    """
    outline = shapely.box(0, 51, 0.001, 51.001)

    found = Geofence([zone("site", outline), zone("tower", outline, site="site")]).zone_at(51.0005, 0.0005)

    assert found is not None
    assert found.id == "tower"


def test_a_building_is_found_before_the_site_around_it() -> None:
    """
    In Sherfield one is at South Kensington too; the zone is Sherfield.
    """
    fence = imperial.campus().geofence

    building, site = fence.zone_at(*imperial.SHERFIELD), fence.site_at(*imperial.SHERFIELD)

    assert ("sherfield", "south-kensington") == (building and building.id, site and site.id)


def test_outside_every_site_there_is_no_zone_and_a_distance_to_the_edge() -> None:
    """
    This end of Hyde Park is some eight hundred metres from the nearest fence.
    """
    fence = imperial.campus().geofence

    nearest = fence.nearest_site(*imperial.HYDE_PARK)

    assert fence.zone_at(*imperial.HYDE_PARK) is None
    assert nearest is not None
    assert nearest.id == "south-kensington"
    assert fence.distance_to_nearest_site_m(*imperial.HYDE_PARK) == pytest.approx(833, abs=3)


def test_inside_a_site_the_distance_is_nothing_and_the_site_is_nearest() -> None:
    """
    Nobody inside is turned away for being far from the fence.
    """
    fence = imperial.campus().geofence

    nearest = fence.nearest_site(*imperial.SILWOOD)

    assert fence.distance_to_nearest_site_m(*imperial.SILWOOD) == 0.0
    assert nearest is not None
    assert nearest.id == "silwood-park"


@QUICK
@given(st.floats(-70, 70), st.floats(-180, 180), st.floats(20, 3000), st.floats(0, 360))
def test_the_distance_to_a_site_is_measured_from_its_edge(
    lat: float, lon: float, beyond: float, bearing: float
) -> None:
    """
    So many metres beyond a disc of 100 m are so many metres, within one percent, also across the date line.
    """
    fence = Geofence([zone("disc", disc(lat, lon, 100.0))])
    there_lat, there_lon = moved(lat, lon, 100.0 + beyond, bearing)

    found = fence.distance_to_nearest_site_m(there_lat, (there_lon + 180.0) % 360.0 - 180.0)

    assert found == pytest.approx(beyond, rel=0.01, abs=1.0)


def test_another_continent_is_as_far_as_it_is() -> None:
    """
    From Sydney to London are seventeen thousand kilometres.
    """
    assert imperial.campus().geofence.distance_to_nearest_site_m(-33.87, 151.21) == pytest.approx(17e6, rel=0.02)


@pytest.mark.parametrize("place", [(math.nan, 0.0), (0.0, math.inf), (91.0, 0.0), (0.0, 181.0), (10**400, 0)])
def test_no_place_on_earth_is_in_no_zone(place: tuple[float, float]) -> None:
    """
    A poisoned position is nowhere; it raises nothing, because a tap stands on the answer.
    """
    fence = imperial.campus().geofence

    answers = (fence.zone_at(*place), fence.site_at(*place), fence.nearest_site(*place))

    assert answers == (None, None, None)
    assert fence.distance_to_nearest_site_m(*place) == math.inf


def test_a_fence_without_zones_knows_no_place() -> None:
    """
    Before any campus is imported a position is outside, infinitely far.
    """
    fence = Geofence([])

    assert fence.zone_at(51.0, 0.0) is None
    assert fence.nearest_site(51.0, 0.0) is None
    assert fence.distance_to_nearest_site_m(51.0, 0.0) == math.inf


@pytest.mark.parametrize("pair", [(-0.17, 151.5, 51.5, -0.17), (151.5, 0, 0, 0), (0, 540, 0, 0), (math.nan, 0, 0, 0)])
def test_a_distance_between_places_that_cannot_be_is_refused(pair: tuple[float, float, float, float]) -> None:
    """
    Swapped pairs beyond the ranges and a longitude of 540 raise instead of measuring something.
    """
    lat, lon, other_lat, other_lon = pair

    with pytest.raises(ValueError, match="no place on earth"):
        great_circle_m(lon, lat, other_lat, other_lon) if lon == 151.5 else great_circle_m(*pair)


def test_a_distance_is_in_metres() -> None:
    """
    One degree of latitude is a hundred and eleven kilometres.
    """
    assert great_circle_m(51.0, 0.0, 52.0, 0.0) == pytest.approx(111_195, abs=5)
