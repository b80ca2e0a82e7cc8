"""`bluelight backup` and `bluelight restore`: a copy that is proved at once, and the way back from it."""

import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import click

from infra.backup.keys import FOLDER
from infra.backup.making import Made, back_up
from infra.backup.restoring import Restored, Wishes, restore
from infra.cli_desk import Refused, count, refusing
from infra.settings import Settings

SHELF = click.Path(file_okay=False, path_type=Path)

#: A backup gives way to whoever serves a tap on the same machine.
BEHIND_EVERYBODY = 10


class Desk(Protocol):
    """What these two commands work with: they open stores by themselves."""

    @property
    def settings(self) -> Settings: ...

    def now(self) -> datetime: ...


@click.command("backup")
@click.argument("directory", type=SHELF)
@click.option("--without-keys", is_flag=True, help="Leave the keys out; a restore then needs them from elsewhere.")
@click.pass_obj
@refusing
def backup(desk: Desk, directory: Path, *, without_keys: bool) -> None:
    """
    Copy the store into a dated folder under DIRECTORY while it is served from.

    The copy is proved at once; status 1 when something is wrong with it. Backups
    older than the campus's `[keeping] backups_days` are removed once a good new
    one stands; a folder that cannot be read as a backup is left alone.
    """
    os.nice(BEHIND_EVERYBODY)
    began = time.monotonic()
    made = back_up(desk.settings, directory, with_keys=not without_keys, clock=desk.now)
    _tell_made(made, seconds=time.monotonic() - began, keys=not without_keys)
    if made.manifest.faults:
        raise Refused(*made.manifest.faults, "The backup is kept, and no older one was removed.")


@click.command("restore")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--data", type=SHELF, help="The data directory to restore into.")
@click.option("--keys", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where the keys are kept.")
@click.option("--replace", "replaces", is_flag=True, help="Move aside what is there.")
@click.option("--end-sign-ins", is_flag=True, help="Everybody signs in again; a tap stays possible without.")
@click.pass_obj
@refusing
def restore_(
    desk: Desk, directory: Path, data: Path | None, keys: Path | None, *, replaces: bool, end_sign_ins: bool
) -> None:
    """
    Bring back the newest backup of DIRECTORY, or the one that DIRECTORY is, into an empty place.

    It is loaded and proved beside that place before it is put there.
    """
    began = time.monotonic()
    settings = replace(desk.settings, data_dir=data) if data else desk.settings
    restored = restore(settings, directory, Wishes(keys, replaces, end_sign_ins), clock=desk.now)
    _tell_restored(restored, seconds=time.monotonic() - began)
    if restored.faults:
        raise Refused(*restored.faults, "It is in place all the same: a store with a flaw is better than none.")


def _tell_made(made: Made, *, seconds: float, keys: bool) -> None:
    manifest = made.manifest
    rows = sum(manifest.contents.rows.values())
    lost = (manifest.ended_at - manifest.taken_at).total_seconds()
    head = manifest.head.place if manifest.head else 0
    click.echo(f"{made.folder}: {rows:,} rows of {len(manifest.contents.rows)} tables, in {seconds:.1f} s.")
    click.echo(
        f"RPO {lost:.1f} s: what was written after {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC is not in it. "
        f"Its newest row is of {_moment(manifest.newest_row_at)}."
    )
    if not manifest.faults:
        click.echo(f"Proved: its files, {head:,} audit lines against the anchor, and what must be true of every store.")
    for name in made.pruned:
        click.echo(f"{name} was removed: it was too old.")
    if keys:
        click.echo(f"Who has this folder can read it: move {made.folder / FOLDER} to a place of its own.")
    else:
        click.echo("The keys are not in it: without them neither the audit can be proved nor a profile opened.")


def _tell_restored(restored: Restored, *, seconds: float) -> None:
    manifest = restored.manifest
    rows = sum(manifest.contents.rows.values())
    click.echo(f"{restored.folder.name} is back: {rows:,} rows. RTO {seconds:.1f} s, and what a start takes.")
    click.echo(
        f"Nothing after {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC is in it: no case, no sign-out, no change of a role "
        "or a password. Ask who called since; end again what was ended (infra/runbook.md)."
    )
    click.echo(f"{count(restored.sign_ins_ended, 'sign-in has', 'sign-ins have')} run out; every phone can still tap.")
    if restored.aside:
        click.echo(f"What was there is in {restored.aside}.")
    if not restored.faults:
        click.echo("Proved: its files, the audit against the anchor, and what must be true of every store.")


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at else "no time at all"
