"""What a backup says of itself is read again, or refused with what to do."""

from pathlib import Path

import pytest

from backend.kernel.errors import Invalid
from infra.backup.manifest import LAYOUT, read_manifest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{{"layout": {LAYOUT + 1}, "program": "9.0"}}', r"newer Bluelight \(9\.0\)"),
        (f'{{"layout": {LAYOUT - 1}, "program": "0.1"}}', r"older Bluelight \(0\.1\)"),
        (f'{{"layout": {LAYOUT - 1}}}', "older Bluelight"),
        ('{"layout": "1"}', "no finished backup"),
        ("[]", "no finished backup"),
        ("{", "no finished backup"),
    ],
)
def test_a_manifest_that_cannot_be_read_says_which_bluelight_can(tmp_path: Path, text: str, said: str) -> None:
    """
    A newer layout and an older one are not the same trouble.
    """
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(Invalid, match=said) as refused:
        read_manifest(tmp_path)

    assert str(tmp_path) in refused.value.title
