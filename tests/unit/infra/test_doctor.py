"""The doctor says which channels leave the building."""

from pathlib import Path
from typing import Any

import pytest

from infra.doctor import examine
from infra.settings import Settings


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (None, "push: off, played by the recorder"),
        ({"project_id": "demo-campus"}, "push: set up, by the Firebase project demo-campus"),
    ],
)
def test_the_doctor_says_whether_push_is_set_up(tmp_path: Path, account: dict[str, Any] | None, said: str) -> None:
    """
    With the project's name, and never with a key.
    """
    settings = Settings(data_dir=tmp_path, firebase_account=account)

    found = [finding.what for finding in examine(settings) if finding.what.startswith("push")]

    assert [said] == found
