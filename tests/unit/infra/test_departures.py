"""Sockets that close together are forgotten together, and whoever closes one waits for nothing."""

from collections.abc import Callable, Collection

import pytest

from infra.departures import MOST_AT_ONCE, Departures


class Hall:
    """Sockets that close; `meanwhile` more of them do while the store is waited for, once."""

    def __init__(self) -> None:
        self.beside: list[Callable[[], None]] = []
        self.departures = Departures(self._forget, self.beside.append)
        self.forgot: list[list[str]] = []
        self.meanwhile: list[str] = []
        self.faults = 0

    def close(self, *sids: str) -> None:
        for sid in sids:
            self.departures.add(sid)

    def go_on(self) -> None:
        while self.beside:
            self.beside.pop(0)()

    def _forget(self, sids: Collection[str]) -> None:
        more, self.meanwhile = self.meanwhile, []
        self.close(*more)
        if self.faults:
            self.faults -= 1
            raise OSError("the store is away")
        self.forgot.append(list(sids))


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_whoever_closes_waits_for_nothing(hall: Hall) -> None:
    """Ten thousand that are cut at one instant are a few transactions, not ten thousand before whoever presses."""
    hall.close("a", "b", "c")
    assert [] == hall.forgot

    hall.go_on()

    assert [["a", "b", "c"]] == hall.forgot


def test_those_who_close_while_others_are_forgotten_are_forgotten_next(hall: Hall) -> None:
    """Nobody is left for a next one to close, who may never come."""
    hall.meanwhile = ["b", "c"]
    hall.close("a")
    hall.go_on()
    hall.close("d")
    hall.go_on()
    assert [["a"], ["b", "c"], ["d"]] == hall.forgot


def test_no_step_is_longer_than_a_press_can_wait(hall: Hall) -> None:
    """However many close: so many in one transaction, and a press goes before the next."""
    hall.close(*(f"s{number}" for number in range(MOST_AT_ONCE + 1)))
    hall.go_on()
    assert [MOST_AT_ONCE, 1] == [len(one) for one in hall.forgot]


def test_a_fault_costs_its_own_step_and_nobody_elses(hall: Hall) -> None:
    """Those who closed meanwhile are forgotten all the same, and those who close later."""
    hall.faults, hall.meanwhile = 1, ["b"]
    hall.close("a")
    hall.go_on()
    hall.close("c")
    hall.go_on()
    assert [["b"], ["c"]] == hall.forgot
