"""`bluelight keys`: a new key takes over while the server runs, and an old one goes when nothing needs it."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from backend.people import rewrapping, sealed_store
from backend.people.sealed import KEY_BYTES, KEY_ID_BYTES
from infra.doctor import examine
from infra.keyring_file import NAME, add_key
from infra.settings import Settings
from infra.wiring import open_database
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.command_line import run
from tests.journeys.console import lines
from tests.journeys.profiles import WHOLE, tells


@dataclass
class OperatorsDesk:
    """A command line beside the server that runs: a connection of its own, the campus's clock."""

    settings: Settings
    database: Database
    campus: CampusStage

    def now(self) -> datetime:
        return self.campus.clock.now

    @property
    def file(self) -> Path:
        return self.settings.data_dir / NAME

    @property
    def keys(self) -> list[str]:
        """The ids of the ring, the newest last."""
        return [line.partition(":")[0] for line in self.file.read_text().split()]

    @property
    def pieces(self) -> dict[str, int]:
        return self.database.read(sealed_store.pieces_by_key)


@pytest.fixture
def desk(campus: CampusStage, settings: Settings) -> Iterator[OperatorsDesk]:
    database = open_database(settings, PlainThreads(), lambda _: None)
    yield OperatorsDesk(settings, database, campus)
    database.close()


Described = list[tuple[Person, dict[str, Any]]]


def described(campus: CampusStage) -> Described:
    """Three people and what they have told: four pieces each, for the last without a photo three."""
    people = [campus.student(name) for name in ("one", "two", "three")]
    photos = {"one": WHOLE["photo"], "two": WHOLE["photo"]}
    return [
        (one, tells(one, **{**WHOLE, "medical_notes": f"{one.name}'s", "photo": photos.get(one.name)}))
        for one in people
    ]


def read_again(people: Described) -> Described:
    return [(person, person.gets("/v1/profile")) for person, _ in people]


def test_a_new_key_takes_over_while_the_server_runs(campus: CampusStage, desk: OperatorsDesk) -> None:
    """
    Everything opens as before, what is new is under the new key, and the log has it by the key's id.
    """
    people = described(campus)
    (old,) = desk.keys

    status, told = run(desk, "keys", "rotate")

    kept, new = desk.keys
    assert (0, old) == (status, kept)
    assert [
        f"The key {new} is drawn.",
        "11 pieces are under it now.",
        f"In a minute, and once a backup is made, the older key can go: bluelight keys retire {old}",
    ] == told
    assert people == read_again(people)
    assert {new: 11} == desk.pieces
    tells(campus.student("four"), medical_notes="new")
    assert {new: 14} == desk.pieces
    assert [("key.drawn", new, {}), ("key.rewrapped", new, {"pieces": 11, "unreadable": 0})] == [
        (line.action, line.about_id, line.facts) for line in lines(campus, about="key")
    ]
    assert 0o600 == desk.file.stat().st_mode & 0o777


def test_a_rotation_that_was_cut_off_loses_nothing_and_goes_on(campus: CampusStage, desk: OperatorsDesk) -> None:
    """
    Between any two transactions everything opens, after a restart as well; the same command ends it with the same key.
    """
    people = described(campus)
    desk.database.write(rewrapping.note_drawn, add_key(desk.settings.data_dir), now=desk.now())
    old, new = desk.keys
    kept, _ = sealed_store.KEPT
    (desk.settings.data_dir / f"{NAME}.new").write_text("half a li")
    first = desk.database.write(rewrapping.rewrap, kept, after=None, most=1)
    half_way = read_again(people)
    campus.restarts()

    again, told = read_again(people), run(desk, "keys", "rotate")

    assert (people, people) == (half_way, again)
    rest = 11 - first.rewrapped
    assert [
        f"The key {new} was drawn before and has not got everything yet: going on.",
        f"{rest} pieces are under it now.",
    ] == told[1][:2]
    assert [old, new] == desk.keys
    assert {new: 11} == desk.pieces
    assert people == read_again(people)


def test_what_opens_by_no_key_is_left_as_it_is(campus: CampusStage, desk: OperatorsDesk) -> None:
    """
    Its key may come back; the doctor says how much it is and what to do.
    """
    people = described(campus)
    lost = desk.file.read_text()
    desk.file.write_text(f"{secrets.token_hex(KEY_ID_BYTES)}:{secrets.token_hex(KEY_BYTES)}\n")
    tells(campus.student("four"), medical_notes="new")

    _, told = run(desk, "keys", "rotate")
    _, listed = run(desk, "keys", "list")
    (finding,) = [one for one in examine(desk.settings) if "sealed pieces" in one.what]

    assert ["3 pieces are under it now.", "11 pieces open by no key that is here: left as they were."] == told[1:3]
    older, newest = desk.keys
    assert [
        f"{older}  older   0 pieces",
        f"{newest}  newest  3 pieces",
        f"{lost.partition(':')[0]}  LOST    11 pieces",
    ] == listed
    assert ("3 sealed pieces have their key, 11 do not", False) == (finding.what, finding.well)
    assert "above those that are there" in finding.remedy
    desk.file.write_text(lost + desk.file.read_text())
    assert people == read_again(people)


def test_an_old_key_goes_when_nothing_needs_it(campus: CampusStage, desk: OperatorsDesk) -> None:
    """
    Not the newest, not one that seals something, and not within the minute in which a write may still be on its way.
    """
    people = described(campus)
    (old,) = desk.keys

    refused = [run(desk, "keys", "retire", key_id) for key_id in (old, "ab" * 8)]
    new = add_key(desk.settings.data_dir)
    refused.append(run(desk, "keys", "retire", old))
    run(desk, "keys", "rotate")
    refused.append(run(desk, "keys", "retire", old))
    campus.skips(seconds=61)
    gone, _ = run(desk, "keys", "retire", old)
    campus.restarts()

    assert [1, 1, 1, 1, 0] == [*(status for status, _ in refused), gone]
    reasons = ["draw another", f"There is no key {'ab' * 8}.", "still seals 11 pieces", "may still be writing"]
    assert [] == [
        (why, told) for why, (_, told) in zip(reasons, refused, strict=True) if not any(why in line for line in told)
    ]
    assert [new] == desk.keys
    assert people == read_again(people)
    assert [("key.retired", old)] == [
        (line.action, line.about_id) for line in lines(campus, about="key") if line.about_id == old
    ]


def test_the_doctor_looks_at_the_keys(campus: CampusStage, desk: OperatorsDesk) -> None:
    """
    That nobody else can read them, that they are what was written, and that nothing is without its own.
    """
    described(campus)

    def findings() -> dict[str, bool]:
        return {one.what: one.well for one in examine(desk.settings) if "seal" in one.what}

    well = findings()
    desk.file.chmod(0o640)
    shared = findings()
    desk.file.write_text("not a key")
    spoilt = findings()

    assert {"the sealing keys are their owner's alone": True, "11 sealed pieces have their key, 0 do not": True} == well
    assert not shared["the sealing keys are their owner's alone"]
    assert {False} == set(spoilt.values())
    assert "What is sealed cannot be opened just now: sealing.keys cannot be read." in spoilt
