"""The reserve: really there, given up once, remembered by the disk itself, and put back."""

from pathlib import Path

import pytest

from infra.anchor_file import append_anchor
from infra.reserve import Reserve

MIB = 1 << 20


def test_it_is_made_of_blocks_that_nobody_else_can_have(tmp_path: Path) -> None:
    """
    A file with a hole in it would keep nothing.
    """
    reserve = Reserve(tmp_path, MIB)
    assert not reserve.is_kept()
    assert not reserve.is_tight()

    reserve.look()

    assert reserve.is_kept()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= MIB


def test_it_is_given_up_once_and_the_disk_remembers(tmp_path: Path) -> None:
    """
    Another process on the same data sees that the disk is tight, also after a restart.
    """
    reserve = Reserve(tmp_path, MIB)
    reserve.look()

    told = reserve.give_up(), reserve.give_up()

    assert told == (True, False)
    assert Reserve(tmp_path, MIB).is_tight()
    assert (tmp_path / "reserve").stat().st_blocks == 0


def test_it_comes_back_once_there_is_room(tmp_path: Path) -> None:
    """
    And with it everything that was refused meanwhile.
    """
    reserve = Reserve(tmp_path, MIB)
    reserve.look()
    reserve.give_up()

    reserve.look()

    assert reserve.is_kept()
    assert not reserve.is_tight()


def test_a_disk_without_room_for_it_is_tight_from_the_start(tmp_path: Path) -> None:
    """
    Half of what is free is the most it may take.
    """
    reserve = Reserve(tmp_path, 1 << 60)

    reserve.look()

    assert reserve.is_tight()
    assert reserve.can_take_a_tap()


def test_none_is_kept_where_none_is_wanted(tmp_path: Path) -> None:
    """
    A size of 0 leaves no file and refuses nothing.
    """
    reserve = Reserve(tmp_path, 0)

    reserve.look()

    assert list(tmp_path.iterdir()) == []
    assert not reserve.is_tight()
    assert not reserve.give_up()


@pytest.mark.parametrize("torn", ["", '{"place": 2, "li', "{"])
def test_what_a_power_cut_left_of_an_anchor_is_not_glued_to_the_next(tmp_path: Path, torn: str) -> None:
    """
    Whole lines only, however the one before ended.
    """
    file = tmp_path / "audit.anchor"
    append_anchor(file, "first\n")
    with file.open("a") as opened:
        opened.write(torn)

    append_anchor(file, "second\n")

    assert file.read_text() == "first\nsecond\n"
