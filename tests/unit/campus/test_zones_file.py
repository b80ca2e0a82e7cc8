"""The GeoJSON of any institution becomes zones, and whatever is wrong with it becomes sentences."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from backend.campus.entry import Faults
from backend.campus.zone import Zone
from backend.campus.zones_file import read_zones
from tests.unit.campus.imperial import collection, feature, point, square

CAMPUS = square(10.0, 50.0, 10.1, 50.1)
HALL = square(10.01, 50.01, 10.02, 50.02)
INSIDE_HALL = (10.015, 50.015)


def read(text: str) -> tuple[tuple[Zone, ...], list[str]]:
    faults = Faults()
    zones = read_zones(text, "map.geojson", faults)
    return zones, [f"{fault.field}: {fault.message}" for fault in faults.found]


def only_zones(*features: dict[str, Any]) -> dict[str, Zone]:
    zones, faults = read(collection(*features))
    assert faults == []
    return {zone.id: zone for zone in zones}


def only_faults(text: str) -> list[str]:
    zones, faults = read(text)
    assert zones == ()
    return faults


def test_outlines_without_a_kind_find_their_places_by_lying_in_each_other() -> None:
    """
    What holds others or lies in none is a site, the rest are its buildings.
    """
    zones = only_zones(
        feature(point(10.05, 50.05), "Bike shed"),
        feature(HALL, "Great Hall"),
        feature(CAMPUS, "Hill Campus"),
        feature(square(11.0, 50.0, 11.1, 50.1), "Boat House"),
    )

    assert {zone.id: (zone.kind, zone.site) for zone in zones.values()} == {
        "bike-shed": ("building", "hill-campus"),
        "great-hall": ("building", "hill-campus"),
        "hill-campus": ("site", "hill-campus"),
        "boat-house": ("site", "boat-house"),
    }


def test_a_building_over_the_fence_still_belongs_to_the_site_that_holds_most_of_it() -> None:
    """
    Surveys of sites and of buildings never quite agree.
    """
    zones = only_zones(feature(CAMPUS, "Hill"), feature(square(10.09, 50.04, 10.103, 50.05), "Wing"))

    assert zones["wing"].site == "hill"


@pytest.mark.parametrize(
    ("given_id", "name", "expected"),
    [
        (None, "Prince's Gardens, Block 4", "princes-gardens-block-4"),
        (None, "  Élysée   Café ", "élysée-café"),
        (None, "图书馆", "图书馆"),
        ("way/1234", "Library", "way/1234"),
        (77, "Library", "77"),
    ],
)
def test_a_zones_id_is_its_features_id_or_its_name(given_id: object, name: str, expected: str) -> None:
    """
    A name becomes an id in lower case with hyphens.
    """
    drawn = feature(CAMPUS, name)
    if given_id is not None:
        drawn["id"] = given_id

    assert [expected] == list(only_zones(drawn))


def test_a_point_is_a_disc_of_forty_metres_clipped_to_its_site() -> None:
    """
    The guess at a building's size never reaches over the fence.
    """
    zones = only_zones(
        feature(CAMPUS, "Hill"),
        feature(point(10.05, 50.05), "Middle"),
        feature(point(10.1, 50.05), "Gate"),
        feature(point(10.06, 50.05), "Stop", radius_m=10),
    )

    assert zones["middle"].area_m2 == pytest.approx(3.14159 * 40**2, rel=0.01)
    assert zones["gate"].area_m2 == pytest.approx(3.14159 * 40**2 / 2, rel=0.01)
    assert zones["stop"].area_m2 == pytest.approx(3.14159 * 10**2, rel=0.01)


def test_points_alone_are_places_of_their_own() -> None:
    """
    An institution that only has pins on a map can be imported too.
    """
    zones = only_zones(feature(point(10.0, 50.0), "Lodge"), feature(point(10.5, 50.0), "Pier", kind="shuttle_stop"))

    assert [(zone.kind, zone.is_site) for zone in zones.values()] == [("site", True), ("shuttle_stop", True)]


def test_heights_unclosed_rings_and_multipolygons_are_understood() -> None:
    """
    What drawing programs write is read as it was meant.
    """
    raised = {"type": "Polygon", "coordinates": [[[10, 50, 7], [10.1, 50, 7], [10.1, 50.1, 7], [10, 50.1, 7]]]}
    parts = {"type": "MultiPolygon", "coordinates": [square(11, 50, 11.1, 50.1)["coordinates"], HALL["coordinates"]]}

    zones = only_zones(feature(raised, "Raised"), feature(parts, "Parts", kind="site"))

    assert not zones["raised"].geometry.has_z
    assert zones["parts"].geometry.geom_type == "MultiPolygon"


def test_an_outline_that_crosses_itself_is_repaired() -> None:
    """
    A bow tie is two triangles, not a refusal.
    """
    bow = {"type": "Polygon", "coordinates": [[[10, 50], [10.1, 50.1], [10.1, 50], [10, 50.1], [10, 50]]]}

    zones = only_zones(feature(bow, "Bow"))

    assert zones["bow"].geometry.is_valid
    assert zones["bow"].area_m2 > 0


def test_floors_and_whatever_else_a_feature_says_are_kept() -> None:
    """
    The phone offers the floors; hazards are for the officers.
    """
    zones = only_zones(feature(CAMPUS, "Hill", floors=["B", "G", 1, 1], hazards=["chemical"], open_24h=True))

    assert zones["hill"].floors == ("B", "G", "1")
    assert zones["hill"].properties == {"hazards": ["chemical"], "open_24h": True}


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (feature(CAMPUS, None), "name"),
        (feature(CAMPUS, "   "), "name"),
        (feature(CAMPUS, "N\x00"), "control characters"),
        (feature(CAMPUS, "\ud800"), "control characters"),
        (feature(point(51.5, -170.0), "A"), "swapped"),
        (feature(point(-0.17, 151.5), "A"), "swapped"),
        (feature(point(530_000, 180_000), "A"), "no place"),
        (feature(point(10**400, 0), "A"), "too large"),
        (feature({"type": "Point", "coordinates": []}, "A"), "longitude"),
        (feature({"type": "Point", "coordinates": [True, False]}, "A"), "numbers"),
        (feature({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "A"), "LineString"),
        (feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, "A"), "three"),
        (feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "A"), "encloses nothing"),
        (feature({"type": "Polygon", "coordinates": "round"}, "A"), "rings"),
        (feature({"type": "Polygon", "coordinates": []}, "A"), "rings"),
        (feature(point(10, 50), "A", radius_m=-1), "radius_m"),
        (feature(point(10, 50), "A", radius_m=True), "radius_m"),
        (feature(CAMPUS, "A", floors="three"), "floors"),
        (feature(CAMPUS, "A", kind=7), "kind"),
        (feature(CAMPUS, "A", site="nowhere", kind="building"), "no such site"),
        (feature(CAMPUS, "A", site="nowhere", kind="site"), "is a site"),
        (feature(CAMPUS, "A") | {"id": {"a": 1}}, "id"),
        (feature(CAMPUS, "!?"), "id"),
        (feature(CAMPUS, "A") | {"properties": None}, "name"),
        (feature(CAMPUS, "A") | {"geometry": None}, "no geometry"),
        (feature(CAMPUS, "A") | {"type": "Thing"}, "not a GeoJSON feature"),
    ],
    ids=range(26),
)
def test_a_broken_feature_is_named_with_what_is_wrong(drawn: dict[str, Any], expected: str) -> None:
    """
    One fault, with the file, the number of the feature and a reason.
    """
    (fault,) = only_faults(collection(drawn))

    assert fault.startswith("map.geojson: feature 1")
    assert expected in fault.partition(": ")[2].partition(": ")[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("null", "FeatureCollection"),
        ("[]", "FeatureCollection"),
        ('{"type": "FeatureCollection"}', "FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "no feature"),
        ('{"type": "FeatureCollection", "features": [' + ",".join(["0"] * 5_001) + "]}", "5001 features"),
        ("[" * 100_000, "too deeply"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "NaN"),
        ("9" * 5000, "JSON"),
    ],
    ids=range(10),
)
def test_what_is_no_geojson_is_a_fault_and_not_a_crash(text: str, expected: str) -> None:
    """
    Empty, cut off, endless, nested without end or not-a-number: one sentence that names the file.
    """
    (fault,) = only_faults(text)

    assert fault.startswith("map.geojson: ")
    assert expected in fault


@pytest.mark.parametrize("value", ["[" * 60 + "]" * 60, "1e999", '"\\ud800"', '{"\\u0000": 1}', str(10**300)])
def test_properties_that_no_database_can_hold_are_a_fault(value: str) -> None:
    """
    Depth, infinity, half a character, a NUL and numbers beyond counting are found before they are stored.
    """
    text = collection(feature(CAMPUS, "A", odd=None)).replace('"odd": null', f'"odd": {value}')

    (fault,) = only_faults(text)

    assert fault.startswith('map.geojson: feature 1 ("A")')


def test_an_outline_too_long_to_repair_is_a_fault_and_not_an_hours_work() -> None:
    """
    Repairing takes time with the square of the corners, so a hostile scribble is refused.
    """
    scribble = [[10 + (number * 7919 % 1009) / 1e4, 50 + (number * 104729 % 997) / 1e4] for number in range(3000)]

    (fault,) = only_faults(collection(feature({"type": "Polygon", "coordinates": [scribble]}, "Scribble")))

    assert "too long to be repaired" in fault


def test_a_map_where_all_lies_on_all_is_a_fault_and_not_an_hours_work() -> None:
    """
    Four hundred outlines drawn over each other are no campus.
    """
    heap = [feature(square(10, 50, 10 + number / 1e4, 50.1), f"Layer {number}") for number in range(1, 401)]

    (fault,) = only_faults(collection(*heap))

    assert fault.startswith("map.geojson: has 160000 overlaps")


def test_every_broken_feature_is_named_and_the_good_ones_are_kept() -> None:
    """
    One round of mending is enough.
    """
    zones, faults = read(
        collection(
            feature(CAMPUS, "Hill"),
            feature(HALL, "Hill"),
            feature(point(10.5, 50.5), "Far", site="hill"),
            feature(HALL, None),
            feature(HALL, "Great Hall"),
        )
    )

    assert ["hill", "great-hall"] == [zone.id for zone in zones]
    assert [fault.split(": ")[1] for fault in faults] == ['feature 2 ("Hill")', "feature 4", 'feature 3 ("Far")']


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "properties", "geometry", "coordinates", "name", "id", "kind", "x"]),
            inner | st.sampled_from(["Feature", "FeatureCollection", "Polygon", "Point", "site"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(anything, min_size=1, max_size=3) | anything)
def test_no_document_whatever_brings_the_reader_down(document: object) -> None:
    """
    Zones or faults, never an exception.
    """
    wrapped = {"type": "FeatureCollection", "features": document}

    for text in (json.dumps(document), json.dumps(wrapped)):
        zones, faults = read(text)
        assert zones or faults
