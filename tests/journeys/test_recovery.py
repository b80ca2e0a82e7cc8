"""Both advisers are gone: two pages of paper and a new adviser are the road back, and there is no other."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from backend.concerns import assigning, concern_store, handing_over, keeping_keys, recovering, recusing
from backend.concerns.concern import Stage
from backend.concerns.recovering import Copies
from backend.concerns.sealing import COPY_BYTES, key_id_of, public_of
from backend.kernel.errors import Conflict, Invalid, NotFound
from infra.prevent.key_file import public_text
from tests.campus import CampusStage
from tests.journeys.command_line import CampusDesk, run
from tests.journeys.console import API, lines
from tests.journeys.sealed_concerns import Adviser, adviser, id_of, lodged, recovery_key, stage_of, today

WORDS = "He gives his books away"


def leaves(campus: CampusStage, *advisers: Adviser) -> None:
    """
    Who is no adviser any more.
    """
    for one in advisers:
        campus.database.write(keeping_keys.retire_of, one.person.id, by=None, today=today(campus), now=campus.clock.now)


def assigned(campus: CampusStage, concern_id: UUID, first: Adviser, second: Adviser) -> None:
    campus.database.write(
        assigning.assign,
        concern_id,
        [first.person.id, second.person.id],
        {},
        by=first.person.id,
        at_once=False,
        today=today(campus),
        now=campus.clock.now,
    )


def resealed(desk: CampusDesk, shares: list[str], to: bytes, folder: Path, *asked: str) -> list[Path]:
    """
    The holders of two shares make copies for a new key, away from the server, of what the server gave out.
    """
    out, copies = folder / "sealed", folder / "copies"
    for one in (out, copies):
        one.mkdir()
    status, told = run(desk, "prevent", "sealed", "--out", out, *asked)
    assert status == 0, told
    status, told = run(
        desk,
        "prevent",
        "recover",
        *sorted(out.iterdir()),
        "--to",
        public_text(to),
        "--out",
        copies,
        typed=["y", *shares],
    )
    assert status == 0, told
    assert not [share for share in shares if " ".join(share.split()[4:7]) in " ".join(told)]
    return sorted(copies.iterdir())


@pytest.mark.parametrize("was_assigned", [True, False])
def test_a_new_adviser_reads_what_two_who_are_gone_read(
    campus: CampusStage, tmp_path: Path, was_assigned: bool
) -> None:
    """
    Sealed out of the server, resealed with two shares elsewhere, copies in: and the desk goes on.
    """
    ann, ben = adviser(campus, "Ann"), adviser(campus, "Ben")
    _, shares = recovery_key(campus)
    concern_id = id_of(campus, lodged(campus, WORDS))
    campus.skips(days=1)
    if was_assigned:
        assigned(campus, concern_id, ann, ben)
    leaves(campus, ann, ben)
    eve, desk = adviser(campus, "Eve"), CampusDesk(campus)
    before = eve.person.asks("GET", f"{API}/concerns/{concern_id}").status_code

    documents = resealed(desk, shares[1:], eve.public_key, tmp_path)
    status, told = run(desk, "prevent", "bring", *documents)

    assert (404, 0) == (before, status)
    assert ["1 copy brought, of 1 concern."] == told
    file = eve.downloads(concern_id, tmp_path)
    _, shown = run(desk, "prevent", "open", file, "--key", eve.key_file(tmp_path))
    assert f"  {WORDS}" in shown
    expected = (Stage.ASSIGNED, {eve.person.id}) if was_assigned else (Stage.WAITING, set())
    assert expected == stage_of(campus, concern_id)
    actions = [line.action for line in lines(campus, about="concern", about_id=str(concern_id))]
    assert ["concern.taken_out", "concern.copies_brought", "concern.viewed"] == actions[-3:]


def test_the_second_place_is_handed_over_at_the_desk(campus: CampusStage, tmp_path: Path) -> None:
    """
    With the copies that `bluelight prevent reseal` makes; the door takes them as they are.
    """
    ann, ben = adviser(campus, "Ann"), adviser(campus, "Ben")
    _, shares = recovery_key(campus)
    concern_id = id_of(campus, lodged(campus, WORDS))
    campus.skips(days=1)
    assigned(campus, concern_id, ann, ben)
    leaves(campus, ann, ben)
    eve, fay, desk = adviser(campus, "Eve"), adviser(campus, "Fay"), CampusDesk(campus)
    run(desk, "prevent", "bring", *resealed(desk, shares[:2], eve.public_key, tmp_path))
    out = tmp_path / "for-fay.json"
    words = ("reseal", eve.downloads(concern_id, tmp_path), "--key", eve.key_file(tmp_path))

    status, _ = run(desk, "prevent", *words, "--to", public_text(fay.public_key), "--out", out, typed=["y"])

    assert 0 == status
    copies = {UUID(one): decoded(some) for one, some in json.loads(out.read_text())["copies"].items()}
    hands_over(campus, concern_id, copies, by=eve, to=fay)
    _, shown = run(desk, "prevent", "open", fay.downloads(concern_id, tmp_path), "--key", fay.key_file(tmp_path))
    assert f"  {WORDS}" in shown
    assert (Stage.ASSIGNED, {eve.person.id, fay.person.id}) == stage_of(campus, concern_id)


def test_a_lost_passphrase_is_a_new_key_and_copies_for_it(campus: CampusStage, tmp_path: Path) -> None:
    """
    Both still have their places, and the keys of both are in use: `sealed --all` gives out what was lodged.
    """
    ann, ben = adviser(campus, "Ann"), adviser(campus, "Ben")
    _, shares = recovery_key(campus)
    concern_id = id_of(campus, lodged(campus, WORDS))
    campus.skips(days=1)
    assigned(campus, concern_id, ann, ben)
    fresh = Adviser(ann.person, bytes(range(32)))
    registers(campus, fresh)
    desk = CampusDesk(campus)

    documents = resealed(desk, [shares[2], shares[0]], fresh.public_key, tmp_path, "--all")
    status, _ = run(desk, "prevent", "bring", *documents)

    _, again = run(desk, "prevent", "bring", *documents)
    _, shown = run(desk, "prevent", "open", fresh.downloads(concern_id, tmp_path), "--key", fresh.key_file(tmp_path))
    assert (0, ["0 copies brought, of 1 concern."]) == (status, again)
    assert f"  {WORDS}" in shown
    assert (Stage.ASSIGNED, {ann.person.id, ben.person.id}) == stage_of(campus, concern_id)


def test_who_must_not_read_it_is_brought_no_copy(campus: CampusStage) -> None:
    """
    Struck out by the reporter, aside by themselves, a third one, a retired key, or nobody's: the paper opens no door.
    """
    ann, ben, subject = adviser(campus, "Ann"), adviser(campus, "Ben"), adviser(campus, "Subject")
    recovery, _ = recovery_key(campus)
    waiting = id_of(campus, lodged(campus, WORDS, without=(key_id_of(subject.public_key),)))
    given = id_of(campus, lodged(campus, "another"))
    campus.skips(days=1)
    assigned(campus, given, ann, ben)
    campus.database.write(
        recusing.recuse, waiting, by=ben.person.id, at_once=False, today=today(campus), now=campus.clock.now
    )
    gone = adviser(campus, "Gone")
    leaves(campus, gone)

    refused = [
        brought(campus, waiting, key_id_of(subject.public_key)),
        brought(campus, waiting, key_id_of(ben.public_key)),
        brought(campus, given, key_id_of(adviser(campus, "Third").public_key)),
        brought(campus, given, key_id_of(gone.public_key)),
        brought(campus, given, key_id_of(public_of(recovery))),
        brought(campus, UUID(int=1), key_id_of(ann.public_key)),
        brought(campus, given, key_id_of(ann.public_key), {UUID(int=2): bytes(COPY_BYTES)}),
        brought(campus, given, key_id_of(ann.public_key), size=3),
    ]

    assert [Conflict] * 5 + [NotFound, Invalid, Invalid] == refused


def test_what_came_today_is_not_taken_out(campus: CampusStage, tmp_path: Path) -> None:
    """
    The audit line of it would tell the hour within a day.
    """
    adviser(campus, "Ann")
    recovery_key(campus)
    desk, concern_id = CampusDesk(campus), id_of(campus, lodged(campus, WORDS))

    status, told = run(desk, "prevent", "sealed", "--out", tmp_path, "--all")
    by_name = run(desk, "prevent", "sealed", "--out", tmp_path, "--concern", str(concern_id))

    assert (1, ["There is no such concern of an earlier day."]) == by_name
    assert (0, [f"0 concerns written to {tmp_path}, sealed to the recovery key."]) == (status, told)


def test_without_a_recovery_key_nobody_comes_back(campus: CampusStage, tmp_path: Path) -> None:
    """
    It is said as it is, with status 1.
    """
    adviser(campus, "Ann")
    lodged(campus, WORDS)
    campus.skips(days=1)

    status, told = run(CampusDesk(campus), "prevent", "sealed", "--out", tmp_path, "--all")

    assert 1 == status
    assert "1 concern is sealed to no recovery key: nobody can open them." == told[-1]
    assert [] == [one for one in tmp_path.iterdir() if one.suffix == ".json"]


def decoded(some: dict[str, str]) -> dict[str, bytes]:
    """
    As the door hands them to its use case.
    """
    return {key_id: base64.b64decode(copy) for key_id, copy in some.items()}


def hands_over(campus: CampusStage, concern_id: UUID, copies: Any, *, by: Adviser, to: Adviser) -> None:
    campus.database.write(
        handing_over.hand_over,
        concern_id,
        None,
        to.person.id,
        copies,
        by=by.person.id,
        at_once=False,
        today=today(campus),
        now=campus.clock.now,
    )


def registers(campus: CampusStage, one: Adviser) -> None:
    person, at = one.person, campus.clock.now
    campus.database.write(
        keeping_keys.register, person.id, person.name, one.public_key, by=person.id, today=today(campus), now=at
    )


def brought(
    campus: CampusStage, concern_id: UUID, key_id: str, copies: dict[UUID, bytes] | None = None, *, size: int = 0
) -> type | None:
    """
    What it is refused with.
    """
    given = copies or {
        one: bytes(size or COPY_BYTES) for one in campus.database.read(concern_store.entry_ids, concern_id)
    }
    try:
        campus.database.write(
            recovering.bring, Copies(concern_id, key_id, given), today=today(campus), now=campus.clock.now
        )
    except (Conflict, Invalid, NotFound) as refusal:
        return type(refusal)
    return None
