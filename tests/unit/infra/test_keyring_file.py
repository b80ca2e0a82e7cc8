"""The key file: whole at every moment, its owner's alone, and no key is ever lost to another."""

import threading
from pathlib import Path

import pytest

from backend.kernel.errors import Unavailable
from infra.keyring_file import BESIDE, NAME, KeyringFile, add_key, draw_first, remove_key


def test_the_first_key_is_drawn_once(tmp_path: Path) -> None:
    """
    For its owner alone; a second start finds it.
    """
    draw_first(tmp_path / "data")
    ring = KeyringFile(tmp_path / "data")()
    draw_first(tmp_path / "data")

    assert ring == KeyringFile(tmp_path / "data")()
    assert [32] == [len(key) for key in ring.keys.values()]
    assert 0o600 == (tmp_path / "data" / NAME).stat().st_mode & 0o777


def test_a_ring_follows_its_file(tmp_path: Path) -> None:
    """
    A key that is drawn seals at once and the older still opens; one that is removed does neither.
    """
    draw_first(tmp_path)
    ring = KeyringFile(tmp_path)
    old = ring().newest

    new = add_key(tmp_path)
    both = ring()
    remove_key(tmp_path, old)

    assert ([old, new], new) == (list(both.keys), both.newest)
    assert [new] == list(ring().keys)


def test_keys_drawn_at_once_are_all_kept(tmp_path: Path) -> None:
    """
    Two who replaced the file at the same time would lose what the other's key seals.
    """
    draw_first(tmp_path)
    drawn: list[str] = []
    threads = [threading.Thread(target=lambda: drawn.append(add_key(tmp_path))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert 8 == len(drawn)
    assert set(drawn) < set(KeyringFile(tmp_path)().keys)


def test_a_power_cut_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """
    What was half-written lies beside it, is never read, and does not stand in the way.
    """
    draw_first(tmp_path)
    before = KeyringFile(tmp_path)()
    (tmp_path / BESIDE).write_text("0123")

    still = KeyringFile(tmp_path)()
    new = add_key(tmp_path)

    assert before == still
    assert new == KeyringFile(tmp_path)().newest
    assert [NAME] == [file.name for file in tmp_path.iterdir()]


@pytest.mark.parametrize("text", ["", "words\n", "ab:cd\n", f"{'ab' * 8}:{'cd' * 31}\n", "a:b:c\n", "\xff"])
def test_a_file_that_is_no_key_file_is_neither_read_nor_replaced(tmp_path: Path, text: str) -> None:
    """
    It may be the only copy of something: a person has to look.
    """
    (tmp_path / NAME).write_text(text, encoding="latin-1")

    with pytest.raises(Unavailable, match="cannot be read"):
        KeyringFile(tmp_path)()
    with pytest.raises(Unavailable, match="cannot be read"):
        add_key(tmp_path)

    assert text == (tmp_path / NAME).read_text(encoding="latin-1")


def test_a_ring_that_was_read_outlives_its_file(tmp_path: Path) -> None:
    """
    A server that runs goes on showing what responders need.
    """
    draw_first(tmp_path)
    ring = KeyringFile(tmp_path)
    before = ring()

    (tmp_path / NAME).unlink()

    assert before == ring()


def test_where_no_key_can_be_kept_the_start_says_so(tmp_path: Path) -> None:
    """
    In one sentence.
    """
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable, match="No key can be kept in"):
        draw_first(tmp_path / "file" / "data")
    assert ["file"] == [one.name for one in tmp_path.iterdir()]
