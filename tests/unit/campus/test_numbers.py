"""What a phone offers to ring, and in which order."""

from dataclasses import replace

import pytest

from backend.campus.configuration import Campus, Number
from backend.campus.geofence import Position
from backend.campus.numbers import call_list
from tests.unit.campus import imperial

SECURITY = Number("Security", "+442075981000", "external", verified=True)


def at(place: tuple[float, float]) -> Position:
    return Position(place[0], place[1], 10.0, None)


def with_security(campus: Campus) -> Campus:
    """The same campus once somebody has rung the external number and it answered."""
    return replace(campus, numbers=(*campus.numbers, SECURITY))


def numbers(campus: Campus, position: Position | None) -> list[str]:
    return [str(call["number"]) for call in call_list(campus, position)]


def test_inside_a_site_the_emergency_services_lead_and_the_recorded_message_is_last() -> None:
    """
    999 first, then Security, then what only talks.
    """
    campus = with_security(imperial.campus())

    assert numbers(campus, at(imperial.SHERFIELD)) == ["999", "4444", SECURITY.number, "+443001314444"]


def test_a_number_nobody_has_verified_is_never_shown() -> None:
    """
    The documents disagree about the external number, so nobody is sent to a stranger's telephone.
    """
    shown = [numbers(imperial.campus(), where) for where in (None, at(imperial.SHERFIELD), at(imperial.PARIS))]

    assert not any("+442075981000" in listed for listed in shown)


def test_an_internal_number_is_text_and_no_button() -> None:
    """
    4444 rings from College phones only.
    """
    dialable = {call["number"]: call["dialable"] for call in call_list(imperial.campus(), at(imperial.SHERFIELD))}

    assert dialable == {"999": True, "4444": False, "+443001314444": True}


@pytest.mark.parametrize(
    ("place", "number", "reach"),
    [
        (imperial.HYDE_PARK, "999", "country:GB"),
        (imperial.PARIS, "112", "country:FR"),
        ((40.71, -74.0), "911", "country:US"),
        (imperial.MID_ATLANTIC, "112", "external"),
    ],
)
def test_outside_every_site_the_emergency_number_of_the_country_leads(
    place: tuple[float, float], number: str, reach: str
) -> None:
    """
    And 112 where nobody knows the country.
    """
    calls = call_list(imperial.campus(), at(place))

    assert calls[0] == {"label": "Emergency services", "number": number, "reach": reach, "dialable": True}
    assert all(call["dialable"] for call in calls)


def test_without_a_position_the_institutions_own_country_leads() -> None:
    """
    Most who press are where the institution is; its emergency number is the best there is to say.
    """
    assert numbers(imperial.campus(), None) == ["999", "4444", "+443001314444"]


def test_an_institution_that_gives_no_emergency_number_still_leads_with_one() -> None:
    """
    By the country of the place, or 112.
    """
    campus = replace(imperial.campus(), numbers=(SECURITY,))

    assert numbers(campus, at(imperial.SHERFIELD)) == ["999", SECURITY.number]
    assert numbers(campus, None) == ["112", SECURITY.number]


def test_a_site_at_sea_is_in_its_institutions_country() -> None:
    """
    On the research pier the map says ocean and the institution knows better.
    """
    lat, lon = imperial.MID_ATLANTIC
    pier = replace(imperial.campus().sites[0], geometry=imperial.outline_around(lat, lon))
    campus = replace(imperial.campus(), zones=(pier,))

    assert numbers(campus, at((lat, lon)))[0] == "999"


def test_the_institutions_words_for_the_emergency_number_are_used() -> None:
    """
    Its label, its number, also outside its sites.
    """
    own = Number("Police, fire, ambulance", "112", "country:GB", verified=True)
    campus = replace(imperial.campus(), numbers=(own,))

    assert call_list(campus, at(imperial.HYDE_PARK)) == [
        {"label": "Police, fire, ambulance", "number": "112", "reach": "country:GB", "dialable": True}
    ]
