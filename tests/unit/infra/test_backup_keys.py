"""The key for browsers goes with a backup where there is one, and a backup without it is whole."""

from pathlib import Path

import pytest

from infra import keyring_file, secrets_file, vapid_key
from infra.backup import keys
from infra.settings import Settings


@pytest.mark.parametrize("drawn", [True, False])
def test_the_key_for_browsers_comes_back_if_it_was_there(tmp_path: Path, drawn: bool) -> None:
    """
    For its owner alone, as it was; from before there was one nothing is missing.
    """
    data, copy, back = [tmp_path / name for name in ("data", "copy", "back")]
    for folder in (data, copy, back):
        folder.mkdir()
    secrets_file.secret_of(data)
    keyring_file.draw_first(data)
    private = vapid_key.vapid_of(data) if drawn else None

    keys.copy_out(Settings(data_dir=data), copy)
    keys.put(keys.find(Settings(data_dir=back), copy, None, ring=[]), back)

    file = back / vapid_key.NAME
    assert drawn == file.exists()
    assert private == (vapid_key.vapid_of(back) if drawn else None)
    assert not drawn or 0o600 == file.stat().st_mode & 0o777
