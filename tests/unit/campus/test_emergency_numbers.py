"""Which number brings help in which country, and which country a place is in."""

import math

import phonenumbers
import pytest
from hypothesis import given, settings, strategies as st

from backend.campus.emergency_numbers import (
    ANYWHERE,
    NUMBER_BY_COUNTRY,
    country_at,
    known_countries,
    number_for,
    time_zone_at,
)

# Where the authorities have moved on and the metadata of the phones has not.
NEWER_THAN_PHONES = {"GN", "HN", "SX", "UZ"}

# 112 by law of the European Union in the first four, of the country in the last two.
SERVED_BY_112 = {"BL", "GF", "GP", "MF", "GH", "NG"}


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("GB", "999"),
        ("US", "911"),
        ("CA", "911"),
        ("AU", "000"),
        ("NZ", "111"),
        ("JP", "110"),
        ("CN", "110"),
        ("IN", "112"),
        ("FR", "112"),
        ("DE", "112"),
        ("fr", "112"),
        ("us", "911"),
        ("ZZ", "112"),
        ("", "112"),
        (None, "112"),
    ],
)
def test_each_country_has_its_number_and_the_unknown_one_has_112(country: str | None, expected: str) -> None:
    """
    112 is what a mobile passes on anywhere.
    """
    assert expected == number_for(country)


def test_every_number_is_one_that_phones_know_as_an_emergency_number_there() -> None:
    """
    The table is held against the data by which phones recognise emergency calls.
    """
    unknown = {
        country
        for country, number in NUMBER_BY_COUNTRY.items()
        if not phonenumbers.is_emergency_number(number, country)
    }

    assert unknown == NEWER_THAN_PHONES


def test_every_country_left_to_112_answers_it() -> None:
    """
    Nobody is told to ring 112 where phones know that it is not a number.
    """
    left = set(phonenumbers.SUPPORTED_SHORT_REGIONS) & known_countries() - set(NUMBER_BY_COUNTRY) - SERVED_BY_112

    deaf = {country for country in left if not phonenumbers.is_emergency_number(ANYWHERE, country)}

    assert deaf == set()


def test_the_table_holds_only_countries() -> None:
    """
    A misspelt code would silently be 112.
    """
    assert set(NUMBER_BY_COUNTRY) <= known_countries()


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (51.4985, -0.177, "GB"),
        (54.6, -5.93, "GB"),
        (53.35, -6.26, "IE"),
        (48.8566, 2.3522, "FR"),
        (49.61, 6.13, "LU"),
        (59.91, 10.75, "NO"),
        (40.71, -74.0, "US"),
        (43.65, -79.38, "CA"),
        (-33.87, 151.21, "AU"),
        (1.29, 103.85, "SG"),
        (22.3, 114.17, "HK"),
        (18.52, 73.86, "IN"),
        (40.0, -40.0, None),
        (90.0, 0.0, None),
        (91.0, 0.0, None),
        (math.nan, 0.0, None),
        (0.0, math.inf, None),
        (10**400, 0, None),
    ],
)
def test_a_place_is_in_its_country_and_the_sea_in_none(lat: float, lon: float, expected: str | None) -> None:
    """
    Cities of each continent, the open ocean, and what is no place.
    """
    assert expected == country_at(lat, lon)


@settings(max_examples=100, deadline=None)
@given(st.floats(), st.floats())
def test_no_pair_of_numbers_whatever_raises(lat: float, lon: float) -> None:
    """
    The number to ring never fails because of a position.
    """
    country = country_at(lat, lon)

    assert country is None or country in known_countries()
    assert number_for(country).isdigit()


def test_a_place_knows_its_time_zone() -> None:
    """
    By which a map drawn the wrong way round is found out.
    """
    assert time_zone_at(51.4985, -0.177) == "Europe/London"
