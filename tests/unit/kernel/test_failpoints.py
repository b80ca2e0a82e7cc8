"""A named place can be made deadly, in a process of its own."""

import subprocess
import sys

import pytest

from backend.kernel.failpoints import KILLED

PROGRAM = """
import sys
from backend.kernel.failpoints import arm, reach
arm(sys.argv[1])
for number in range(3):
    reach("here")
    print(number, flush=True)
reach("there")
print("end")
"""


def runs(spec: str) -> tuple[int, list[str]]:
    """How the process ended and what it said before."""
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM, spec], capture_output=True, text=True, timeout=30, check=False
    )
    return found.returncode, found.stdout.split()


@pytest.mark.parametrize(
    ("spec", "code", "said"),
    [
        ("", 0, ["0", "1", "2", "end"]),
        ("elsewhere", 0, ["0", "1", "2", "end"]),
        ("here", KILLED, []),
        ("here:1", KILLED, []),
        ("here:3", KILLED, ["0", "1"]),
        ("here:4", 0, ["0", "1", "2", "end"]),
        ("there", KILLED, ["0", "1", "2"]),
        ("here:4,there", KILLED, ["0", "1", "2"]),
    ],
)
def test_a_process_dies_at_the_passing_named(spec: str, code: int, said: list[str]) -> None:
    """
    At the n-th passing of the point, at once, and at no other; unarmed it costs nothing.
    """
    assert runs(spec) == (code, said)
