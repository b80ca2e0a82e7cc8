"""`bluelight doctor` says who could read a concern, and what to do while nobody can."""

from pathlib import Path

from backend.concerns.sealing import new_private_key
from backend.kernel.vocabulary import Role
from infra.doctor import examine
from infra.finding import Finding
from infra.prevent.key_file import KeyFile
from tests.campus import CampusStage
from tests.journeys.sealed_concerns import adviser, recovery_key, today


def findings(campus: CampusStage) -> list[Finding]:
    """
    What it says of concerns, in its order.
    """
    words = ("concerns are", "concerns:", "adviser", "recovery key")
    return [one for one in examine(campus.settings) if any(word in one.what for word in words)]


def test_each_step_to_the_first_concern_has_its_remedy(campus: CampusStage) -> None:
    """
    Nobody appointed is well; then a key, a second one and the recovery key are asked for.
    """
    nobody = findings(campus)
    campus.somebody("Ann", Role.ADVISER)
    no_key = findings(campus)
    adviser(campus, "Ben")
    one = findings(campus)
    adviser(campus, "Eve")
    recovery_key(campus)
    all_well = findings(campus)

    assert [("concerns: off, nobody is a Prevent adviser", True)] == told(nobody)
    lost = ("no recovery key: what the advisers cannot open is lost", False)
    assert [("no Prevent adviser has a key: concerns are refused", False), lost] == told(no_key)
    assert [("1 Prevent adviser has a key", False), lost] == told(one)
    assert [True, True] == [found.well for found in all_well]
    assert "2 Prevent advisers have keys" == all_well[0].what
    assert all("bluelight prevent" in found.remedy for found in (*no_key, *one))


def test_a_private_half_at_the_servers_is_found(campus: CampusStage) -> None:
    """
    Wherever it lies below the data directory.
    """
    folder: Path = campus.settings.data_dir / "keys"
    folder.mkdir()
    file = folder / "mine.txt"
    file.write_text(KeyFile.in_the_open(new_private_key(), today=today(campus)).text())

    found = findings(campus)

    assert (f"{file} is an adviser's key file", False) in told(found)


def told(found: list[Finding]) -> list[tuple[str, bool]]:
    return [(one.what, one.well) for one in found]
