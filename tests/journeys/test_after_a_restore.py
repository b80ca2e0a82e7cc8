"""What a campus that was brought back owes to those who saw more than its backup did."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from backend.inbox.inbox_store import StreamRow
from infra.backup.making import back_up
from infra.backup.restoring import Wishes, restore
from notifications.delivery import Delivery
from tests.campus import CampusStage
from tests.campus_people import Person

Goes = Callable[..., CampusStage]

#: What is one and the same statement on both stores is shown on one.
on_one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def goes_back(campus: CampusStage, tmp_path: Path) -> Iterator[Goes]:
    """
    Back to the moment at which this was asked for: `goes_back(meanwhile, **wishes)` is the campus brought back.
    """
    found: list[CampusStage] = []

    def go(meanwhile: Callable[[], Any] = lambda: None, **wishes: Any) -> CampusStage:
        back_up(campus.settings, tmp_path / "shelf", with_keys=True, clock=campus.clock)
        meanwhile()
        campus.closes()
        restore(campus.settings, tmp_path / "shelf", Wishes(replace=True, **wishes), clock=campus.clock)
        found.append(CampusStage(campus.settings, campus.clock))
        return found[0]

    yield go
    for one in found:
        one.closes()


def status(campus: CampusStage, token: str, path: str = "/v1/me", method: str = "GET") -> int:
    answer = campus.client.open(path, method=method, json={}, headers={"Authorization": f"Bearer {token}"})
    return int(answer.status_code)


def taps(campus: CampusStage, token: str) -> tuple[int, dict[str, Any]]:
    answer = campus.client.post("/v1/taps", json={"kind": "help"}, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json


@on_one_store
def test_members_and_officers_stay_signed_in_and_desks_do_not(campus: CampusStage, goes_back: Goes) -> None:
    """
    A sign-out that the restore undoes opens no desk; everybody can tap, also from there.
    """
    member, officer, desk = campus.student(), campus.officer(), campus.controller()

    other = campus.controller("other")

    there = goes_back(lambda: other.posts(f"/console/api/sessions/{desk.id}/end"))

    assert [status(there, one.token) for one in (member, officer, desk)] == [200, 200, 401]
    assert [taps(there, one.token)[0] for one in (member, desk)] == [201, 201]


@on_one_store
def test_everybody_signs_in_again_if_that_is_asked_for(campus: CampusStage, goes_back: Goes) -> None:
    """
    And a tap is taken all the same.
    """
    member, officer = campus.student(), campus.officer()

    there = goes_back(end_sign_ins=True)

    assert [status(there, one.token) for one in (member, officer)] == [401, 401]
    assert taps(there, member.token)[0] == 201


def test_a_phone_that_is_ahead_of_its_stream_misses_nothing(campus: CampusStage, goes_back: Goes) -> None:
    """
    It is told to begin again, and gets every message once more, contiguous, the new ones among them.
    """
    officer = campus.officer()
    campus.student("one").taps("help", at=campus.LIBRARY)
    campus.settles()
    kept = officer.messages()

    def more() -> None:
        for number in range(3):
            campus.student(f"later{number}").taps("help", at=campus.LIBRARY)
            campus.settles()

    there = goes_back(more)
    ahead = kept[-1]["seq"] + 3
    # As many as it had before the restore, and more: by number alone it could take them for those.
    for number in range(6):
        there.student(f"new{number}").taps("help", at=there.LIBRARY)
        there.settles()
    headers = {"Authorization": f"Bearer {officer.token}"}
    told = there.client.get(f"/v1/stream?after={ahead}", headers=headers)
    again = there.client.get("/v1/stream?after=0", headers=headers).json["items"]

    assert (told.status_code, told.json["type"]) == (410, "/problems/stream-too-old")
    assert [one["id"] for one in again][: len(kept)] == [one["id"] for one in kept]
    assert len(again) >= len(kept) + 6
    assert [one["seq"] for one in again] == list(range(again[0]["seq"], again[0]["seq"] + len(again)))


@on_one_store
def test_a_stream_rises_with_every_restore(campus: CampusStage, goes_back: Goes, tmp_path: Path) -> None:
    """
    Also when the same old backup is brought back twice: the second time begins above the first.
    """
    officer = campus.officer()
    campus.student("one").taps("help", at=campus.LIBRARY)
    campus.settles()
    there = goes_back()
    first = _last_seq(there, officer)
    there.closes()
    campus.clock.now += timedelta(minutes=10)

    restore(campus.settings, tmp_path / "shelf", Wishes(replace=True), clock=campus.clock)

    again = CampusStage(campus.settings, campus.clock)
    assert _last_seq(again, officer) >= first + 600
    again.closes()


def test_no_reference_is_given_twice(campus: CampusStage, goes_back: Goes) -> None:
    """
    A case that was lost may be on somebody's note paper under its number.
    """
    campus.student("one").taps("help")
    lost: list[str] = []

    there = goes_back(lambda: lost.append(campus.student("two").taps("help")["reference"]))

    new = there.student("three").taps("help")["reference"]
    assert lost == ["H-2026-0002"]
    assert int(new.rpartition("-")[2]) > 1000


@on_one_store
def test_what_was_being_sent_is_due_again(campus: CampusStage, goes_back: Goes) -> None:
    """
    Its sender is gone, and nobody waits for the end of its lease.
    """
    campus.officer()
    campus.student().taps("emergency", at=campus.LIBRARY)
    campus.database.write(
        lambda session: session.execute(
            sa.update(Delivery).values(finished_at=None, outcome=None, lease="somebody", lease_until=_soon(campus))
        )
    )

    there = goes_back()

    leased = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.lease.is_not(None))
    assert there.database.read(lambda session: session.scalar(leased)) == 0
    there.settles()
    assert None not in {one.finished_at for one in there.deliveries("push")}


def _soon(campus: CampusStage) -> datetime:
    return campus.clock() + timedelta(seconds=10)


def _last_seq(campus: CampusStage, person: Person) -> int:
    wanted = sa.select(StreamRow.last_seq).where(StreamRow.person_id == person.id)
    return int(campus.database.read(lambda session: session.scalars(wanted).one()))
