"""`bluelight prevent`: an adviser's key is made and used without the server, and no secret is ever printed."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.concerns import key_store
from backend.concerns.sealing import key_id_of, new_private_key, public_of
from backend.concerns.words import Attachment
from infra.prevent.key_file import KeyFile, public_text, spoken
from infra.prevent.shares import split
from infra.settings import Settings
from tests.campus import CampusStage
from tests.journeys.command_line import CampusDesk, run
from tests.journeys.sealed_concerns import adviser, id_of, lodged, recovery_key

PASSPHRASE = "walrus on a bicycle"


@dataclass
class Home:
    """An adviser's own machine: no store, and a data directory that was never made."""

    settings: Settings

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.chdir(tmp_path)
    return Home(Settings(data_dir=tmp_path / "server"))


def test_a_key_is_made_without_server_or_network(home: Home, tmp_path: Path) -> None:
    """
    What is printed is public; the file opens by the passphrase, for its owner alone.
    """
    status, told = run(
        home, "prevent", "keygen", typed=["too short", PASSPHRASE, "another one", PASSPHRASE, PASSPHRASE]
    )

    (file,) = tmp_path.iterdir()
    made = KeyFile.read(file.read_text())
    private_key = made.private_key(lambda: PASSPHRASE)
    assert (0, 0o600, f"bluelight-adviser-{made.fingerprint}.key") == (status, file.stat().st_mode & 0o777, file.name)
    assert f"Public key    {public_text(made.public_key)}" in told
    assert f"Fingerprint   {spoken(key_id_of(made.public_key))}" in told
    assert {"That is shorter than 15 signs.", "These were not the same."} <= {line.strip() for line in told}
    shown = "\n".join(told)
    assert not [one for one in (PASSPHRASE, private_key.hex(), public_text(private_key)) if one in shown]


def test_nothing_is_written_over_and_nothing_into_the_servers_data(home: Home, tmp_path: Path) -> None:
    """
    Before a passphrase is asked for; a link does not help.
    """
    (tmp_path / "server").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "server")
    (tmp_path / "mine.key").write_text("older")

    refused = [run(home, "prevent", "keygen", "--out", out) for out in ("mine.key", "server/a.key", "link/a.key")]

    assert [1] * 3 == [status for status, _ in refused]
    assert "mine.key is there already, and nothing is written over." == refused[0][1][-1]
    assert ["older"] == [file.read_text() for file in tmp_path.rglob("*.key")]


def test_a_concern_is_read_with_the_passphrase_and_its_photo_saved(campus: CampusStage, tmp_path: Path) -> None:
    """
    From the desk's own answer.
    """
    desk, key = CampusDesk(campus), tmp_path / "mine.key"
    made = KeyFile.made(PASSPHRASE, today=campus.clock.now.date())
    key.write_text(made.text())
    ann = adviser(campus, "Ann", made.private_key(lambda: PASSPHRASE))
    mailbox = lodged(campus, "He says\nfarewell", attachments=[Attachment("1.png", "image/png", b"PNG")])
    campus.skips(days=1)
    file = ann.downloads(id_of(campus, mailbox), tmp_path)

    wrong = run(desk, "prevent", "open", file, "--key", key, typed=["walrus on a tricycle"])
    status, told = run(desk, "prevent", "open", file, "--key", key, "--save", tmp_path, typed=[PASSPHRASE])

    assert (1, "That is not its passphrase.") == (wrong[0], wrong[1][-1])
    assert (0, ["  He says", "  farewell"]) == (status, told[-3:-1])
    assert b"PNG" == Path(told[-1].strip()).read_bytes()


def test_another_advisers_key_opens_nothing(campus: CampusStage, tmp_path: Path) -> None:
    """
    One sentence, status 1.
    """
    ann, ben, desk = adviser(campus, "Ann"), adviser(campus, "Ben"), CampusDesk(campus)
    mailbox = lodged(campus, "words", without=(key_id_of(ben.public_key),))
    campus.skips(days=1)
    file = ann.downloads(id_of(campus, mailbox), tmp_path)

    status, told = run(desk, "prevent", "open", file, "--key", ben.key_file(tmp_path))

    assert (1, "This key opens nothing of it.") == (status, told[-1])


def test_shares_are_shown_on_a_screen_only(campus: CampusStage) -> None:
    """
    Not into a pipe, where a file or a log would have them; and nothing is registered.
    """
    status, told = run(CampusDesk(campus), "prevent", "recovery-key", typed=["y"])

    assert (1, "Shares are shown on a screen and read from a keyboard only: not in a pipe, not in a file.") == (
        status,
        told[-1],
    )
    assert campus.database.read(key_store.recovery) is None


def test_a_recovery_key_made_elsewhere_is_registered_and_replaced_on_asking(campus: CampusStage) -> None:
    """
    Only its public half comes to the server.
    """
    desk, (first, second) = CampusDesk(campus), (public_of(new_private_key()), public_of(new_private_key()))

    made = run(desk, "prevent", "recovery-key", "--public-key", public_text(first))
    kept = run(desk, "prevent", "recovery-key", "--public-key", public_text(second), typed=["n"])
    between = campus.database.read(key_store.recovery).id
    replaced = run(desk, "prevent", "recovery-key", "--public-key", public_text(second), typed=["y"])

    assert [0, 1, 0] == [status for status, _ in (made, kept, replaced)]
    assert [key_id_of(first), key_id_of(second)] == [between, campus.database.read(key_store.recovery).id]
    assert f"There is a recovery key already: {spoken(key_id_of(first))}, of 2026-11-23." in kept[1]


def test_a_rehearsal_says_which_key_the_pages_make(campus: CampusStage) -> None:
    """
    Without opening anything; two pages that do not fit are told.
    """
    private_key, shares = recovery_key(campus)
    desk, others = CampusDesk(campus), split(new_private_key())

    status, told = run(desk, "prevent", "recover", typed=shares[:2])
    unfit = run(desk, "prevent", "recover", typed=[shares[0], others[1]])

    fingerprint = spoken(key_id_of(public_of(private_key)))
    assert (0, f"These shares make the recovery key {fingerprint}.") == (status, told[-1])
    assert (1, "These shares are of two different keys.") == (unfit[0], unfit[1][-1])


@pytest.mark.parametrize("command", ["open", "reseal", "recover"])
def test_a_file_that_is_something_else_is_refused(home: Home, tmp_path: Path, command: str) -> None:
    """
    In a sentence, not with a trace.
    """
    key = tmp_path / "mine.key"
    key.write_text(KeyFile.in_the_open(new_private_key(), today=home.now().date()).text())
    file = tmp_path / "concern.json"
    file.write_text(json.dumps({"id": "x", "entries": [], "copies": []}))
    with_key: list[str | Path] = [] if command == "recover" else ["--key", key]
    more = ["--to", "x", "--out", "y"] if command == "reseal" else []

    status, told = run(home, "prevent", command, file, *with_key, *more)

    assert 1 == status
    assert told[-1].endswith(".")
