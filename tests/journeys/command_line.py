"""An operator who types, and reads what the machine says back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from click.testing import CliRunner

from backend.kernel.database import Database
from backend.people.account import Account
from infra.cli_campus import campus
from infra.cli_devices import devices
from infra.cli_keys import keys
from infra.cli_people import people
from infra.cli_prevent import prevent
from infra.settings import Settings
from tests.campus import CampusStage
from tests.journeys.empty_stores import Office

GROUPS = {"people": people, "campus": campus, "devices": devices, "keys": keys, "prevent": prevent}


@dataclass
class CampusDesk:
    """The command line on a journey's own campus, beside its server."""

    campus: CampusStage

    @property
    def database(self) -> Database:
        found: Database = self.campus.database
        return found

    @property
    def settings(self) -> Settings:
        return self.campus.settings

    def now(self) -> datetime:
        return self.campus.clock()


def run(desk: object, *words: str | Path, typed: Sequence[str] = ()) -> tuple[int, list[str]]:
    """The exit status and the lines of `bluelight people …`, `prevent …`, …; `typed` answers its questions."""
    group = GROUPS[str(words[0])]
    answers = "".join(f"{line}\n" for line in typed)
    result = CliRunner().invoke(group, [str(word) for word in words[1:]], answers, obj=desk, catch_exceptions=False)
    return result.exit_code, result.output.splitlines()


def how_many_people(office: Office) -> int:
    return office.database.read(lambda session: session.scalars(sa.select(sa.func.count(Account.id))).one())
