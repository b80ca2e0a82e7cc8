"""The two forms as people meet them: one process with its file, or several behind one address on one database."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.demo_keys import folder_of
from infra.running import DEMO_CAMPUS
from tests.phone import Phone
from tests.scaled_form import Door, scaled_form
from tests.server import FORKS, PREFIX, live, running_server, told_nothing

#: The ladder of "help" as the demonstration's campus has it, and as one who waits for its rungs would like it.
AS_IT_IS = (
    '{ after_s = 120, ask = "team_at_site", on_duty = true }',
    '{ after_s = 300, ask = "team", on_duty = true, and_tell = "control-room" }',
)
IN_A_HURRY = (
    '{ after_s = 2, ask = "team_at_site", on_duty = true }',
    '{ after_s = 3, ask = "team", on_duty = true, and_tell = "control-room" }',
)


@dataclass(frozen=True)
class Form:
    """
    A service that runs. `here` and `there` are two ways into it: two web processes, where there are several.

    `front` is the address that everybody knows; `settings` are a command's
    beside the processes.
    """

    front: Door
    here: Door
    there: Door
    data_dir: Path
    settings: Mapping[str, str]

    def phone(self, name: str, door: Door | None = None, *, face: str = "handset") -> Phone:
        """Somebody's device at this door, signed in once however many they have."""
        phone = Phone(door or self.front, name, face=face)
        if name not in self.front.tokens:
            self.front.tokens[name] = phone.sign_in()["access_token"]
        phone.token = self.front.tokens[name]
        return phone

    def command(self, *words: str) -> str:
        """What another `bluelight` command beside the processes says; it must succeed."""
        told = {**told_nothing(), **{PREFIX + name: value for name, value in self.settings.items()}}
        with tempfile.TemporaryDirectory() as name:
            written = Path(name) / "out"
            process = FORKS.Process(target=live, args=(words, told, written))
            process.start()
            process.join(60)
            said = written.read_text(encoding="utf-8", errors="replace")
        assert 0 == process.exitcode, said
        return said

    def key_of(self, adviser: str) -> str:
        """The file of a demo adviser's throw-away key."""
        return (folder_of(self.data_dir) / f"{adviser}.key").read_text(encoding="utf-8")


def climb_faster(form: Form) -> None:
    """Import the campus again with a ladder of "help" in a hurry, as its operator would: while everything runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "campus"
        # Its people are there already.
        shutil.copytree(DEMO_CAMPUS, folder, ignore=shutil.ignore_patterns("people.csv"))
        written = (folder / "campus.toml").read_text(encoding="utf-8")
        for is_now, shall_be in zip(AS_IT_IS, IN_A_HURRY, strict=True):
            assert 1 == written.count(is_now), is_now
            written = written.replace(is_now, shall_be)
        (folder / "campus.toml").write_text(written, encoding="utf-8")
        form.command("campus", "import", str(folder))


@contextmanager
def embedded(folder: Path) -> Iterator[Form]:
    """`bluelight run` on SQLite: every door is the same."""
    data = folder / "data"
    with running_server(data) as server:
        door = Door(server.url, server.tokens, server.clients)
        yield Form(door, door, door, data, {"DATA_DIR": str(data)})


@contextmanager
def scaled(*, redis: bool = True) -> Iterator[Form]:
    """Two web processes and two workers behind nginx, on PostgreSQL; without Redis when it has died."""
    with scaled_form() as it:
        if not redis:
            it.machine.redis.kill()
        here, there = it.doors
        settings = it.machine.settings
        told = {"DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url or ""}
        yield Form(it.front, here, there, settings.data_dir, told)
