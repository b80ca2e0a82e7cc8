"""Sockets that close together are forgotten together."""

from collections.abc import Collection

import pytest

from backend.web.departures import MOST_TOGETHER, Departures


class Hall:
    """Sockets that close; `meanwhile` more of them do while the store is waited for, once."""

    def __init__(self) -> None:
        self.departures = Departures(self._forget)
        self.forgot: list[list[str]] = []
        self.meanwhile: list[str] = []
        self.store_is_away = False

    def _forget(self, sids: Collection[str]) -> None:
        more, self.meanwhile = self.meanwhile, []
        for sid in more:
            self.departures.add(sid)
        if self.store_is_away:
            raise OSError("the store is away")
        self.forgot.append(list(sids))


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_one_is_forgotten_at_once(hall: Hall) -> None:
    """A single socket waits for nobody."""
    hall.departures.add("a")
    assert hall.forgot == [["a"]]


def test_those_who_close_while_one_is_forgotten_are_forgotten_together(hall: Hall) -> None:
    """Ten thousand that are cut at one instant are a few transactions, not ten thousand before whoever presses."""
    hall.meanwhile = ["b", "c", "d"]
    hall.departures.add("a")
    hall.departures.add("e")
    assert hall.forgot == [["a"], ["b", "c", "d"], ["e"]]


def test_no_step_is_longer_than_a_press_can_wait(hall: Hall) -> None:
    """However many close: so many in one transaction, and a press goes before the next."""
    hall.meanwhile = [f"s{number}" for number in range(MOST_TOGETHER + 1)]
    hall.departures.add("a")
    assert [len(one) for one in hall.forgot] == [1, MOST_TOGETHER, 1]


def test_a_store_that_is_away_costs_its_own_step_alone(hall: Hall) -> None:
    """What waited behind it goes with whoever closes next."""
    hall.store_is_away, hall.meanwhile = True, ["b"]
    with pytest.raises(OSError, match="away"):
        hall.departures.add("a")
    hall.store_is_away = False
    hall.departures.add("c")
    assert hall.forgot == [["b", "c"]]
