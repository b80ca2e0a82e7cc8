"""The doctor's look at who can read a concern: no keys, nothing is lodged; no paper, nothing comes back."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from backend.concerns import key_store
from backend.concerns.candidate import PLACES
from backend.kernel.vocabulary import CONCERN_ROLES
from backend.people import people_store
from infra.cli_desk import count
from infra.finding import Finding
from infra.prevent.key_file import WHAT, spoken

#: A key file of ours is smaller than this by far (bytes).
SMALL = 10_000


def examine_concerns(session: Session) -> Iterator[Finding]:
    """
    Keys of advisers and the recovery key.

    A campus that has appointed nobody takes no concerns, and that is well. Keys
    do not grow old by themselves: no finding asks to replace one for its age.
    """
    appointed = {person for role in CONCERN_ROLES for person in people_store.with_role(session, role, exercise=False)}
    found = key_store.active(session)
    holders = {key.adviser_id for key, _ in found if key.adviser_id is not None}
    if not appointed and not holders:
        yield Finding("concerns: off, nobody is a Prevent adviser", well=True)
        return
    if not holders:
        remedy = "each adviser makes one (bluelight prevent keygen) and gives its public half to the desk"
        yield Finding("no Prevent adviser has a key: concerns are refused", well=False, remedy=remedy)
    else:
        yield Finding(
            f"{count(len(holders), 'Prevent adviser has a key', 'Prevent advisers have keys')}",
            len(holders) >= PLACES,
            "a concern is assigned to two: a second adviser makes a key (bluelight prevent keygen)",
        )
    recovery = key_store.recovery(session)
    if recovery is None:
        remedy = "bluelight prevent recovery-key --offline, on a machine that is not this one; see infra/runbook.md"
        yield Finding("no recovery key: what the advisers cannot open is lost", well=False, remedy=remedy)
    else:
        told = f"the recovery key is {spoken(recovery.id)}, of {recovery.made_on}: rehearse it once a year"
        yield Finding(told, well=True)


def private_halves(folder: Path) -> Iterator[Finding]:
    """Key files that lie in the server's data directory, and so in its backups."""
    for file in sorted(folder.rglob("*")):
        if _is_key_file(file):
            remedy = "move it to its owner's own machine, and out of the backups; then its owner makes a new key"
            yield Finding(f"{file} is an adviser's key file", well=False, remedy=remedy)


def _is_key_file(file: Path) -> bool:
    try:
        return file.is_file() and file.stat().st_size < SMALL and WHAT.encode() in file.read_bytes()
    except OSError:
        return False
