"""When somebody may be there, and which moves are theirs to make."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.campus.geofence import Position
from backend.dispatch.arriving import DETOUR, WALKING_M_S, Arrival, arrival
from backend.dispatch.offer import Offer
from backend.kernel.errors import Conflict
from tests.unit.dispatch.test_choosing import NOW, officer

TARGET = Position(51.4985, -0.1770, 8.0, NOW)


def test_an_eta_is_the_way_over_a_walking_speed() -> None:
    """
    The crow's distance times the detour, at 1.4 metres a second.
    """
    when = arrival("en_route", TARGET, officer(1, 51.4998), now=NOW)

    assert when.eta_s == pytest.approx(144.5 * DETOUR / WALKING_M_S, abs=2)
    assert not when.delayed


def test_on_scene_is_there() -> None:
    """
    Zero seconds, whatever the positions say.
    """
    assert Arrival(0, False, NOW) == arrival("on_scene", TARGET, officer(1, 51.6), now=NOW)


@pytest.mark.parametrize("state", ["offered", "declined", "finished"])
def test_who_is_not_coming_has_no_eta(state: str) -> None:
    """
    Nor has anybody whose place or goal is not known.
    """
    assert arrival(state, TARGET, officer(1, 51.4998), now=NOW).eta_s is None
    assert arrival("accepted", None, officer(1, 51.4998), now=NOW).eta_s is None
    assert arrival("accepted", TARGET, officer(1), now=NOW).eta_s is None


def test_a_stale_position_makes_an_eta_delayed() -> None:
    """
    Older than two minutes it says "delayed".
    """
    assert arrival("accepted", TARGET, officer(1, 51.4998), now=NOW + timedelta(seconds=121)).delayed


@pytest.mark.parametrize(
    ("state", "move", "news"),
    [
        ("accepted", "en_route", True),
        ("accepted", "on_scene", True),
        ("accepted", "resolved", True),
        ("en_route", "en_route", False),
        ("en_route", "on_scene", True),
        ("on_scene", "resolved", True),
    ],
)
def test_legal_moves_go_forward_and_the_same_again_is_fine(state: str, move: str, news: bool) -> None:
    """
    True when it is news.
    """
    assert news == Offer(state=state).move(move, now=NOW)


@pytest.mark.parametrize(
    ("state", "move", "legal"),
    [
        ("on_scene", "en_route", ["resolved"]),
        ("en_route", "accepted", ["on_scene", "resolved"]),
        ("offered", "en_route", []),
        ("withdrawn", "on_scene", []),
        ("declined", "resolved", []),
    ],
)
def test_an_illegal_move_names_the_legal_ones(state: str, move: str, legal: list[str]) -> None:
    """
    A Conflict, and nothing moved.
    """
    offer = Offer(state=state)

    with pytest.raises(Conflict) as refused:
        offer.move(move, now=datetime.now(UTC))

    assert legal == refused.value.facts["legal"]
    assert state == offer.state
