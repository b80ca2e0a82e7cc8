"""A backup of a campus at work, brought back elsewhere: everything is there, it is proved, and it goes on."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.incident import Incident
from backend.kernel.audit import AuditLine
from backend.kernel.errors import Conflict
from infra.backup.making import Made, back_up
from infra.backup.restoring import Restored, Wishes, restore
from infra.backup.written_down import proved_at
from infra.settings import Settings
from infra.tables import METADATA
from tests.campus import CampusStage


def backs_up(campus: CampusStage, into: Path, *, with_keys: bool = True) -> Made:
    return back_up(campus.settings, into, with_keys=with_keys, clock=campus.clock)


def brings_back(campus: CampusStage, shelf: Path, to: Settings, **wishes: object) -> Restored:
    return restore(to, shelf, Wishes(**wishes), clock=campus.clock)  # type: ignore[arg-type]


@pytest.fixture
def busy(campus: CampusStage) -> CampusStage:
    """Cases that are open, accepted, called off and resolved, an alarm, messages and a track."""
    near = campus.officer("near")
    campus.controller("desk")
    campus.student("one").taps("emergency", at=campus.LIBRARY)
    near.accepts()
    campus.student("two").taps("help", at=campus.BEIT)
    called_off = campus.student("three")
    case = called_off.taps("help", at=campus.LIBRARY)
    called_off.posts(f"/v1/incidents/{case['id']}/cancel", {})
    campus.student("four").taps("emergency", at=campus.PARIS)
    campus.settles()
    return campus


def counts(campus: CampusStage) -> dict[str, int]:
    """How many rows every table has."""

    def all_of_them(session: Session) -> dict[str, int]:
        return {
            name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in METADATA.tables.items()
        }

    found: dict[str, int] = campus.database.read(all_of_them)
    return found


def test_a_backup_holds_every_row_and_is_proved_at_once(busy: CampusStage, tmp_path: Path) -> None:
    """
    As many rows of every table as there are, no fault, and the head of the audit.
    """
    made = backs_up(busy, tmp_path / "shelf")

    assert made.manifest.faults == []
    after = counts(busy)
    # The line that says it was proved comes after it.
    assert made.manifest.contents.rows == after | {"audit": after["audit"] - 1}
    assert made.manifest.contents.rows["incidents"] == 4
    assert made.manifest.head is not None
    assert made.manifest.newest_row_at == busy.clock()
    assert {one.stat().st_mode & 0o077 for one in made.folder.rglob("*")} == {0}


def test_what_is_brought_back_elsewhere_is_what_was_there_and_goes_on(
    busy: CampusStage, elsewhere: Settings, tmp_path: Path
) -> None:
    """
    The audit is proved to its end, an unanswered case climbs on, and a new tap is a case of its own.
    """
    before = counts(busy)
    backs_up(busy, tmp_path / "shelf")

    restored = brings_back(busy, tmp_path / "shelf", elsewhere)

    assert restored.faults == []
    there = CampusStage(elsewhere, busy.clock)
    try:
        found = counts(there)
        assert {name for name in before if before[name] != found[name]} == {"audit", "sockets"}
        assert (found["audit"], found["sockets"]) == (before["audit"] + 2, 0)
        assert there.audit_faults() == []
        alarms = len(there.alarms())
        there.passes(seconds=600)
        assert len(there.alarms()) > alarms
        there.student("new").taps("help", at=there.LIBRARY)
        assert counts(there)["incidents"] == found["incidents"] + 1
        assert there.audit_faults() == []
    finally:
        there.closes()


def test_taps_go_on_while_it_is_taken(campus: CampusStage, elsewhere: Settings, tmp_path: Path) -> None:
    """
    Each is answered 201; those that were answered before are in it, of those after it holds all or nothing of each.
    """
    students = [campus.student(f"s{number}") for number in range(30)]
    before = {one.taps("help", at=campus.LIBRARY)["id"] for one in students[:5]}
    answers: list[str] = []
    meanwhile = threading.Thread(target=lambda: answers.extend(one.taps("help")["id"] for one in students[5:]))

    meanwhile.start()
    made = backs_up(campus, tmp_path / "shelf")
    meanwhile.join(60)
    restored = brings_back(campus, tmp_path / "shelf", elsewhere)

    assert (made.manifest.faults, restored.faults) == ([], [])
    assert len(set(answers)) == 25
    there = CampusStage(elsewhere, campus.clock)
    try:
        found = {str(one) for one in there.database.read(lambda session: session.scalars(sa.select(Incident.id)).all())}
        assert before <= found <= before | set(answers)
    finally:
        there.closes()


def test_a_backup_is_written_down(busy: CampusStage, tmp_path: Path) -> None:
    """
    A copy of everything is a look at everything, and the copy has the line as well; proved, it is known to the figures.
    """
    made = backs_up(busy, tmp_path / "shelf")

    wanted = sa.select(AuditLine.about_id).where(AuditLine.action == "backup.begun")
    assert busy.database.read(lambda session: session.scalars(wanted).all()) == [made.folder.name]
    assert made.manifest.contents.rows["audit"] == counts(busy)["audit"] - 1
    assert busy.database.read(proved_at) == busy.clock()


def test_a_place_that_is_not_empty_is_left_as_it_is(busy: CampusStage, tmp_path: Path) -> None:
    """
    Not a byte is written over; told to replace, a store that is still served from is not touched either.
    """
    backs_up(busy, tmp_path / "shelf")
    before = counts(busy)

    with pytest.raises(Conflict, match="something already"):
        brings_back(busy, tmp_path / "shelf", busy.settings)
    with pytest.raises(Conflict, match="stop"):
        brings_back(busy, tmp_path / "shelf", busy.settings, replace=True)

    assert counts(busy) == before


def test_what_stood_there_is_moved_aside(busy: CampusStage, tmp_path: Path) -> None:
    """
    Once the server is stopped: what happened after the backup is gone from the store, and is still somewhere.
    """
    backs_up(busy, tmp_path / "shelf")
    busy.student("later").taps("help", at=busy.LIBRARY)
    busy.closes()

    restored = brings_back(busy, tmp_path / "shelf", busy.settings, replace=True)

    again = CampusStage(busy.settings, busy.clock)
    try:
        assert restored.aside is not None
        assert (busy.settings.data_dir / restored.aside / "audit.anchor").exists()
        assert counts(again)["incidents"] == 4
        assert again.audit_faults() == []
    finally:
        again.closes()
