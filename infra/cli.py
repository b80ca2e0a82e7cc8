"""The command line: `bluelight …`."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import click

from backend.kernel import chaining
from backend.kernel.database import Database
from backend.kernel.errors import Refusal
from backend.kernel.threads import PlainThreads
from infra import logs
from infra.cli_backup import backup, restore_
from infra.cli_campus import campus
from infra.cli_desk import Refused, lines_of, refusing
from infra.cli_devices import devices
from infra.cli_drill import drill
from infra.cli_forget import forget
from infra.cli_keys import keys
from infra.cli_people import people
from infra.cli_prevent import prevent
from infra.cli_processes import web, worker
from infra.doctor import examine
from infra.migrating import migrate
from infra.running import Form, assemble, run
from infra.settings import Settings, read_settings
from infra.watch import Watch
from infra.wiring import open_database, open_engines, utc_now


class CommandDesk:
    """What every command works with; the store is opened by the first that asks."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def database(self) -> Database:
        return open_database(self.settings, PlainThreads(), lambda _: None)

    @property
    def anchor(self) -> Path:
        return self.settings.anchor

    def now(self) -> datetime:
        return utc_now()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Where the embedded form keeps its data."
)
@click.pass_context
def bluelight(context: click.Context, data: Path | None) -> None:
    """Campus safety: one press reaches the right officers. Not a replacement for 999."""
    try:
        settings = read_settings()
    except Refusal as refusal:
        raise Refused(refusal.title, *lines_of(refusal.errors)) from refusal
    logs.set_up(settings.log_level, pretty=sys.stderr.isatty())
    context.obj = CommandDesk(replace(settings, data_dir=data) if data else settings)


@bluelight.command("run")
@click.option("--demo", is_flag=True, help="The demonstration campus and people, on loopback only.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where the data is kept.")
@click.option("--lan", is_flag=True, help="For trying on phones: also https on every address of this machine.")
@click.option("--lan-port", default=8443, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--canary/--no-canary",
    default=None,
    help="A test press every minute, missed with an alarm; on unless it is a demonstration.",
)
@click.pass_obj
@refusing
def run_(
    desk: CommandDesk,
    demo: bool,
    host: str,
    port: int,
    data: Path | None,
    lan: bool,
    lan_port: int,
    canary: bool | None,
) -> None:
    """The embedded form: one process and its canary, SQLite under DIR, no setting needed."""
    settings = replace(desk.settings, database_url=None)
    sings = not demo if canary is None else canary
    run(
        replace(settings, data_dir=data) if data else settings, Form(host, port, demo, sings, lan_port if lan else None)
    )


@bluelight.command("migrate")
@click.pass_obj
@refusing
def migrate_(desk: CommandDesk) -> None:
    """Bring the database's tables up to date."""
    engine, _ = open_engines(desk.settings)
    migrate(engine)
    click.echo("The tables are up to date.")


@bluelight.command("doctor")
@click.pass_obj
def doctor(desk: CommandDesk) -> None:
    """Every start-up check, each with its remedy; status 1 when one is not well."""
    findings = list(examine(desk.settings))
    for finding in findings:
        remedy = f": {finding.remedy}" if finding.remedy and not finding.well else ""
        click.echo(f"{'ok ' if finding.well else 'BAD'}  {finding.what}{remedy}")
    if not all(finding.well for finding in findings):
        raise click.exceptions.Exit(1)


@bluelight.group("audit")
def audit() -> None:
    """The audit log."""


@audit.command("verify")
@click.option("--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Heads kept elsewhere.")
@click.pass_obj
@refusing
def verify(desk: CommandDesk, anchor: Path | None) -> None:
    """Prove that no line was edited, deleted, inserted, moved or, with the anchor, cut off; status 1 if one was."""
    file = anchor or desk.settings.anchor
    anchors = chaining.read_anchors(file.read_text(encoding="utf-8")) if file.exists() else []
    faults = desk.database.read(lambda session: list(chaining.faults_of(session, anchors=anchors)))
    if faults:
        raise Refused(*faults)
    head = desk.database.read(chaining.head_of)
    click.echo(f"The audit stands: {head.place if head else 0:,} lines linked, {len(anchors):,} anchors met.")


@bluelight.command("openapi")
@click.pass_obj
@refusing
def openapi(desk: CommandDesk) -> None:
    """The API's document, on standard output."""
    service = assemble(desk.settings, Watch())
    with service.app.test_client() as client:
        click.echo(json.dumps(client.get("/v1/openapi.json").get_json(), indent=2))


bluelight.add_command(backup)
bluelight.add_command(restore_)
bluelight.add_command(campus)
bluelight.add_command(forget)
bluelight.add_command(keys)
bluelight.add_command(people)
bluelight.add_command(prevent)
bluelight.add_command(devices)
bluelight.add_command(drill)
bluelight.add_command(web)
bluelight.add_command(worker)


def main() -> None:
    """The console script."""
    bluelight()
