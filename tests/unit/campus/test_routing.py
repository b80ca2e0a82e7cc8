"""Which team takes a case: the most specific route, and the control room when there is none."""

from dataclasses import replace
from datetime import datetime, time
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from backend.campus.configuration import Campus, Route
from backend.incidents.routing import explain, route
from backend.kernel.vocabulary import Kind
from tests.unit.campus import imperial

LONDON = ZoneInfo("Europe/London")
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
MONDAY_NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=LONDON)
SATURDAY_NOON = datetime(2026, 11, 28, 12, 0, tzinfo=LONDON)


def team_for(
    campus: Campus, kind: Kind, zone_id: str | None, at: datetime = MONDAY_NOON, subtype: str | None = None
) -> str:
    return route(campus, kind, subtype=subtype, zone=campus.zone(zone_id), local_time=at).team_id


@pytest.mark.parametrize(
    ("kind", "subtype", "zone_id", "at", "team"),
    [
        (Kind.EMERGENCY, None, "sherfield", MONDAY_NOON, "security"),
        (Kind.FIRST_AID, None, None, MONDAY_NIGHT, "first-aid"),
        (Kind.HELP, None, "white-city", MONDAY_NOON, "security"),
        (Kind.HELP, "accident", "white-city", MONDAY_NOON, "safety-department"),
        (Kind.HELP, "facility_defect", None, MONDAY_NOON, "customer-services"),
        (Kind.HELP, "never_heard_of", "white-city", MONDAY_NOON, "security"),
        (Kind.HELP, None, "silwood-park", MONDAY_NOON, "customer-services"),
        (Kind.HELP, None, "silwood-park", MONDAY_NIGHT, "security"),
        (Kind.HELP, None, "silwood-park", SATURDAY_NOON, "security"),
        (Kind.HELP, "accident", "silwood-park", MONDAY_NIGHT, "safety-department"),
    ],
)
def test_imperials_cases_go_to_the_teams_its_file_names(
    kind: Kind, subtype: str | None, zone_id: str | None, at: datetime, team: str
) -> None:
    """
    By kind, subtype, site and hour, as the file says.
    """
    assert team == team_for(imperial.campus(), kind, zone_id, at, subtype)


# From the least to the most specific: each later one wins over all before it.
LADDER = (
    Route(Kind.HELP, "always"),
    Route(Kind.HELP, "at-noon", between=(time(11), time(13))),
    Route(Kind.HELP, "subtype", subtype="accident"),
    Route(Kind.HELP, "subtype-on-mondays", subtype="accident", days=frozenset({0})),
    Route(Kind.HELP, "site", site="south-kensington"),
    Route(Kind.HELP, "site-at-noon", site="south-kensington", between=(time(11), time(13))),
    Route(Kind.HELP, "site-subtype", site="south-kensington", subtype="accident"),
    Route(Kind.HELP, "zone", zone="sherfield"),
    Route(Kind.HELP, "zone-subtype", zone="sherfield", subtype="accident"),
    Route(Kind.HELP, "zone-subtype-at-noon", zone="sherfield", subtype="accident", between=(time(11), time(13))),
)


@pytest.mark.parametrize("length", range(1, len(LADDER) + 1))
def test_place_goes_before_subtype_and_subtype_before_the_hour(length: int) -> None:
    """
    Whatever the order of the file, the most specific of the routes that fit wins.
    """
    few = LADDER[max(0, length - 3) : length]

    winners = {
        team_for(
            replace(imperial.campus(), routes=(*LADDER[:length], *order)), Kind.HELP, "sherfield", subtype="accident"
        )
        for order in permutations(few)
    }

    assert winners == {LADDER[length - 1].team}


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_opens() -> None:
    """
    Friday's night runs into Saturday's morning and not into Friday's.
    """
    nights = Route(Kind.HELP, "night-porters", between=(time(22), time(6)), days=frozenset({4}))
    campus = replace(imperial.campus(), routes=(Route(Kind.HELP, "security"), nights))
    friday_early, friday_late, saturday_early = (
        datetime(2026, 11, day, hour, 30, tzinfo=LONDON) for day, hour in ((27, 3), (27, 23), (28, 3))
    )

    teams = [team_for(campus, Kind.HELP, None, at) for at in (friday_early, friday_late, saturday_early)]

    assert teams == ["security", "night-porters", "night-porters"]


def test_a_case_no_route_fits_goes_to_the_control_room() -> None:
    """
    A case is never nobody's, and the control room is told why it has it.
    """
    campus = replace(imperial.campus(), routes=())

    found = route(campus, Kind.FIRST_AID, subtype=None, zone=None, local_time=MONDAY_NOON)

    assert ("control-room", None) == (found.team_id, found.route)
    assert found.because == "No route fits first aid, so the control room has it."


def test_the_reason_is_a_sentence_a_person_understands() -> None:
    """
    It names the team, the place and the hours.
    """
    campus = imperial.campus()

    found = route(campus, Kind.HELP, subtype=None, zone=campus.zone("silwood-park"), local_time=MONDAY_NOON)

    assert found.because == "Customer Services Centre takes help in Silwood Park Campus on mon-fri from 08:00 to 18:00."


def test_every_route_is_explained() -> None:
    """
    Why it won or lost, one sentence each, and in the end who has the case.
    """
    campus = imperial.campus()

    lines = explain(campus, Kind.HELP, subtype=None, zone=campus.zone("white-city"), local_time=MONDAY_NOON)

    assert lines == [
        "Community Safety and Security, for help: wins: the most specific.",
        "Safety Department, for help (accident): loses: it is for another subtype.",
        "Customer Services Centre, for help (facility defect): loses: it is for another subtype.",
        (
            "Customer Services Centre, for help in Silwood Park Campus on mon-fri from 08:00 to 18:00: "
            "loses: it is for another site."
        ),
        "Community Safety and Security takes help.",
    ]


def test_a_route_that_fits_and_loses_is_told_from_one_that_does_not_fit() -> None:
    """
    Out of hours and less specific are different reasons.
    """
    campus = imperial.campus()
    silwood = campus.zone("silwood-park")

    noon = explain(campus, Kind.HELP, subtype=None, zone=silwood, local_time=MONDAY_NOON)
    night = explain(campus, Kind.HELP, subtype=None, zone=silwood, local_time=MONDAY_NIGHT)

    assert noon[0].endswith("loses: another is more specific.")
    assert night[3].endswith("loses: it is for other hours.")
