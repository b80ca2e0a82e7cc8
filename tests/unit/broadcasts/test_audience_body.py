"""An audience as the control room sends it."""

import pytest
from marshmallow import ValidationError

from backend.broadcasts.audience import Audience, Circle, audience_of
from backend.console.broadcast_schemas import AudienceIn

CORNERS = [
    {"latitude": latitude, "longitude": longitude}
    for latitude, longitude in ((51.49, -0.18), (51.5, -0.18), (51.5, -0.17))
]


@pytest.mark.parametrize(
    ("said", "of", "in_now"),
    [
        ({}, True, True),
        ({"of": True}, True, False),
        ({"in_now": True}, False, True),
        ({"of": False}, False, True),
        ({"in_now": False}, True, False),
        ({"of": True, "in_now": True}, True, True),
        ({"of": False, "in_now": False}, False, False),
    ],
)
def test_who_asks_for_one_does_not_mean_the_other(said: dict[str, bool], of: bool, in_now: bool) -> None:
    """
    People of an area and people in it now are two questions; naming neither means both.
    """
    audience = AudienceIn().load({"zones": ["sherfield"], **said})

    assert (of, in_now) == (audience.of, audience.in_now)


def test_a_polygon_is_closed_and_comes_back_from_its_row() -> None:
    """
    Its last corner is the first again, whether or not it was sent twice; a row keeps all of it.
    """
    circle = {"latitude": 51.49, "longitude": -0.17, "radius_m": 50}

    opened = AudienceIn().load({"polygon": CORNERS, "circle": circle})
    closed = AudienceIn().load({"polygon": [*CORNERS, CORNERS[0]], "circle": circle})

    assert opened == closed == audience_of(opened.document())
    assert (4, Circle(51.49, -0.17, 50)) == (len(opened.polygon), opened.circle)
    assert opened.is_drawn_well


@pytest.mark.parametrize(
    "body",
    [
        {"polygon": [{"latitude": 51.49, "longitude": 181}]},
        {"circle": {"latitude": float("nan"), "longitude": 0, "radius_m": 5}},
        {"everybody": True},
        {"zones": [""]},
    ],
)
def test_what_is_no_audience_is_refused(body: dict[str, object]) -> None:
    """
    A corner that is nowhere, a field that nobody knows.
    """
    with pytest.raises(ValidationError):
        AudienceIn().load(body)

    assert Audience() == AudienceIn().load({})
