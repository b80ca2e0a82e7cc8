"""No server can make, unwrap or put together a private key: what does so is reached by the command line alone."""

import pytest

from tests.walls.sources import SourceTree, is_within

#: What handles private halves.
PAPER = "infra.prevent"

#: May: the commands, the demo's throw-away keys, and the doctor, who knows a key file when it lies where it must not.
HANDS = ("infra.cli", "infra.cli_adviser", "infra.cli_prevent", "infra.cli_recovery", "infra.doctor_concerns")
DEMO = "infra.demo_keys"

#: What starts a demonstration, of either form.
STARTS = ("infra.running", "infra.scaled.machine")


def strangers(tree: SourceTree) -> list[str]:
    """Modules that import it and are none of these; and others than what starts one that import the demo's keys."""
    found = []
    for source in tree:
        if is_within(source.module, PAPER):
            continue
        for line, target in tree.arrows(source):
            if is_within(target, PAPER) and source.module not in (*HANDS, DEMO):
                found.append(f"{source.path}:{line} handles private keys by {target}")
            if target == DEMO and source.module not in STARTS:
                found.append(f"{source.path}:{line} hands out demo keys")
    return found


def test_only_commands_handle_private_keys() -> None:
    """
    Neither a door nor a round, nor what puts them together.
    """
    tree = SourceTree.from_disk()

    assert [] == strangers(tree)


@pytest.mark.parametrize(
    "path", ["infra/wiring.py", "infra/app.py", "backend/console/concerns.py", "mobile_api/anonymous/arriving.py"]
)
@pytest.mark.parametrize("target", ["infra.prevent.shares", "infra.demo_keys"])
def test_a_stranger_is_found(path: str, target: str) -> None:
    """
    By its line.
    """
    tree = SourceTree.from_texts(
        {path: f"import {target}", "infra/prevent/shares.py": "", "infra/demo_keys.py": ""},
    )

    (found,) = strangers(tree)

    assert found.startswith(f"{path}:1 ")
