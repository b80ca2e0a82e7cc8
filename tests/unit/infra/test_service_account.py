"""A service account is read whole before anything starts, and its key is shown nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.service_account import read_service_account
from infra.settings import PREFIX, read_settings
from tests.google import PROJECT, private_key


def account(**changes: Any) -> str:
    told = {
        "type": "service_account",
        "project_id": PROJECT,
        "client_email": "bluelight@example.org",
        "private_key": private_key(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return json.dumps({**told, **changes})


def test_an_account_is_named_by_its_file_or_handed_over_as_text(tmp_path: Path) -> None:
    """
    An operator has a file, a secret store has the text; nothing prints its key.
    """
    file = tmp_path / "firebase.json"
    file.write_text(account())

    named = read_settings({PREFIX + "FIREBASE_CREDENTIALS": str(file)})
    handed_over = read_settings({PREFIX + "FIREBASE_CREDENTIALS_FILE": str(file)})

    assert named == handed_over
    assert named.firebase_account is not None
    assert PROJECT == named.firebase_account["project_id"]
    assert "PRIVATE KEY" not in repr(named)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"project_id": ""}, "project_id missing"),
        ({"client_email": None}, "client_email missing"),
        ({"private_key": "no key"}, "private_key that cannot be read"),
        ({"token_uri": "http://oauth2.example/token"}, "token_uri that is not https"),
        ({"type": "user"}, "not a service account"),
    ],
)
def test_a_wrong_account_is_told_in_words(change: dict[str, Any], said: str) -> None:
    """
    Before the first emergency, not at it.
    """
    with pytest.raises(ValueError, match=said):
        read_service_account(account(**change))
