"""`bluelight prevent recovery-key …`: the recovery key in three shares, and the road back by two of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import click

from backend.concerns import keeping_keys, key_store, recovery_store, taking_out
from backend.concerns.sealing import key_id_of, new_private_key, public_of
from backend.kernel.database import Database
from infra.cli_adviser import (
    PaperDesk,
    asked_whether_theirs,
    read_file,
    show,
    telling,
    write_copies,
)
from infra.cli_desk import Refused, count, refusing
from infra.prevent import screen
from infra.prevent.key_file import public_text, read_public_key, spoken, write_new
from infra.prevent.shares import MADE, NEEDED, join, split


class StoreDesk(PaperDesk, Protocol):
    """The same at the server, with its store."""

    @property
    def database(self) -> Database: ...


@click.command("recovery-key")
@click.option(
    "--offline", is_flag=True, help="Only make it, on a machine that is not the server; register it there later."
)
@click.option("--public-key", help="Only register this one, which was made elsewhere.")
@click.pass_obj
@refusing
@telling
def recovery_key(desk: StoreDesk, offline: bool, public_key: str | None) -> None:
    """
    Make the recovery key: three shares on paper, any two of which open every concern.

    Only its public half is kept here. Best made with --offline on a machine
    without a network, and registered with --public-key on the server.
    """
    if offline and public_key:
        raise Refused("Either make a key (--offline) or register one (--public-key).")
    if not offline:
        ask_whether_to_replace(desk)
    made = read_public_key(public_key) if public_key else made_on_paper(on_the_server=not offline)
    if offline:
        click.echo(f"\nOn the server: bluelight prevent recovery-key --public-key {public_text(made)}")
        click.echo(f"Fingerprint {spoken(key_id_of(made))}: write it on all three pages.")
        return
    desk.database.write(keeping_keys.set_recovery, made, now=desk.now())
    click.echo(f"From now on every concern is sealed to the recovery key {spoken(key_id_of(made))} too.")


@click.command("recover")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "public_keys", multiple=True, help="Whom copies are made for: given twice, for two advisers.")
@click.option("--out", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The folder for the copies.")
@click.option("--save", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder for the images.")
@telling
def recover(files: Sequence[Path], public_keys: Sequence[str], out: Path | None, save: Path | None) -> None:
    """
    Two shares make copies for new advisers (--to) of what was left behind, or read what `prevent sealed` wrote.

    FILES are either. Without them it is a rehearsal: it says which key the
    shares make. Not to be done on the server.
    """
    if bool(public_keys) != (out is not None):
        raise Refused("--to and --out belong together: whom copies are for, and the folder they are written into.")
    cases = [case for file in files for case in read_file(file)]
    to = [asked_whether_theirs(one) for one in public_keys]
    private_key = join([screen.typed_share(number) for number in range(1, NEEDED + 1)])
    click.echo(f"These shares make the recovery key {spoken(key_id_of(public_of(private_key)))}.")
    for case in cases:
        if out is not None:
            write_copies(case, private_key, to, out / f"{case.id}.copies.json")
        else:
            click.echo()
            show(case, private_key, save)


@click.command("sealed")
@click.option("--out", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--concern", "only", multiple=True, type=click.UUID, help="Only this one. May be given several times.")
@click.pass_obj
@refusing
@telling
def sealed(desk: StoreDesk, out: Path, only: Sequence[UUID]) -> None:
    """At the server: write out the concerns of earlier days, sealed as they are, for two holders of shares to read."""
    at = desk.now()
    found = only or desk.database.read(recovery_store.lodged_before, at.date())
    closed = 0
    for concern_id in found:
        told: dict[str, Any] | None = desk.database.write(taking_out.take_out, concern_id, today=at.date(), now=at)
        if told is None:
            closed += 1
        else:
            write_new(out / f"{concern_id}.json", json.dumps(told).encode())
    click.echo(f"{count(len(found) - closed, 'concern', 'concerns')} written to {out}, sealed to the recovery key.")
    if closed:
        raise Refused(f"{count(closed, 'concern is', 'concerns are')} sealed to no recovery key: nobody can open them.")


def ask_whether_to_replace(desk: StoreDesk) -> None:
    before = desk.database.read(key_store.recovery)
    if before is None:
        return
    click.echo(f"There is a recovery key already: {spoken(before.id)}, of {before.made_on}.")
    click.echo("What was lodged until now opens with its shares alone: keep those until the last of it is destroyed.")
    click.confirm("Replace it for what is lodged from now on?", abort=True)


def made_on_paper(*, on_the_server: bool) -> bytes:
    """The public half of a new pair, once all shares were written down and some of their words given back."""
    if not screen.is_a_screen():
        raise Refused("Shares are shown on a screen and read from a keyboard only: not in a pipe, not in a file.")
    if on_the_server:
        click.echo("This machine will know the whole key for as long as this takes. If it may be watched: --offline.")
    click.echo(f"{MADE} people, {MADE} pages, {NEEDED} of them open everything. One page alone opens nothing.")
    click.echo("No two of them in one hand, one building or one safe. Nobody can bring a lost page back.")
    click.confirm("Are all three here, with paper?", abort=True)
    private_key = new_private_key()
    fingerprint = spoken(key_id_of(public_of(private_key)))
    for number, share in enumerate(split(private_key), start=1):
        screen.show_share(share, number, MADE, fingerprint)
    return public_of(private_key)
