"""An operator registers a button, reads its secret once, and takes it away again."""

import pytest
import sqlalchemy as sa

from backend.devices.signature import sign
from infra.tables import METADATA
from tests.campus import CampusStage
from tests.journeys.command_line import CampusDesk, run


def added(campus: CampusStage, *words: str) -> tuple[str, str]:
    """The address it posts to and its secret, as they are printed."""
    status, lines = run(CampusDesk(campus), "devices", "add", "--name", "Library desk", *words)
    assert status == 0, lines
    return lines[0].partition("posts to ")[2].partition(" ")[0], lines[-1]


def presses(campus: CampusStage, path: str, secret: str) -> int:
    at = int(campus.clock().timestamp())
    headers = {"Bluelight-Signature": sign(secret, b"{}", at=at)}
    status: int = campus.client.post(path, data=b"{}", headers=headers).status_code
    return status


def test_what_is_printed_is_all_a_maker_needs(campus: CampusStage) -> None:
    """
    An address and a secret; the secret is in no row.
    """
    path, secret = added(campus, "--zone", "sherfield", "--kind", "help")

    status = presses(campus, path, secret)

    assert 201 == status
    rows = [
        campus.database.read(lambda s, t=table: str(s.execute(sa.select(t)).all())) for table in METADATA.sorted_tables
    ]
    assert [] == [row for row in rows if secret in row]


def test_the_list_says_where_each_is_and_when_it_was_heard_of(campus: CampusStage) -> None:
    """
    A button nobody has heard of for a year is a button without a battery.
    """
    campus.student("olga")
    added(campus, "--person", "olga@journeys.example", "--exercise")
    path, secret = added(campus, "--at", "51.4982,-0.1784")
    presses(campus, path, secret)

    status, lines = run(CampusDesk(campus), "devices", "list")

    assert 0 == status
    assert ["(olga)  never heard of; exercise"] == [one.partition("desk  ")[2] for one in lines if "olga" in one]
    placed = [one.partition("desk  ")[2] for one in lines if "51.4982" in one]
    assert ["(51.4982,-0.1784)  heard of 2026-11-23 14:00 UTC"] == placed


def test_another_secret_and_the_end(campus: CampusStage) -> None:
    """
    What was printed before is good for nothing; what was removed cannot be renewed.
    """
    path, before = added(campus, "--zone", "sherfield")
    id_ = path.split("/")[3]
    desk = CampusDesk(campus)

    renewed = run(desk, "devices", "rotate", id_)[1][-1]
    after_rotate = [presses(campus, path, before), presses(campus, path, renewed)]
    removed = run(desk, "devices", "remove", id_)
    again = run(desk, "devices", "rotate", id_)

    assert [401, 201] == after_rotate
    assert (0, 401) == (removed[0], presses(campus, path, renewed))
    assert (1, ["There is no such device."]) == again
    assert run(desk, "devices", "list")[1][0].endswith("removed")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "give one of the three"),
        (("--zone", "sherfield", "--at", "51,0"), "give one of the three"),
        (("--zone", "moon"), "There is no such zone."),
        (("--person", "nobody@journeys.example"), "Nobody has this address."),
        (("--at", "51.4"), "latitude,longitude"),
        (("--at", "91,0"), "there is no place"),
        (("--at", "nan,nan"), "there is no place"),
    ],
)
def test_what_does_not_fit_is_said(campus: CampusStage, words: tuple[str, ...], told: str) -> None:
    """
    In a sentence, and nothing is registered.
    """
    desk = CampusDesk(campus)

    status, lines = run(desk, "devices", "add", "--name", "Library desk", *words)

    assert 1 == status
    assert told in lines[0]
    assert (0, ["There is no device."]) == run(desk, "devices", "list")
