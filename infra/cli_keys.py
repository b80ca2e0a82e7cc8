"""`bluelight keys`: the keys that seal profiles and second factors."""

import time
from typing import Protocol

import click

from backend.people import rewrapping, sealed_store
from backend.people.sealed import keyring_of
from infra.cli_desk import Desk, count, refusing
from infra.keyring_file import NAME, add_key, remove_key
from infra.settings import Settings

#: Rows in one transaction, and seconds between two: a tap meanwhile waits for some hundredths of a second.
TOGETHER = 20
PAUSE_S = 0.03


class KeyDesk(Desk, Protocol):
    """A desk that also knows where the keys are."""

    @property
    def settings(self) -> Settings: ...


@click.group()
def keys() -> None:
    """The keys that seal what people tell of themselves."""


@keys.command("list")
@click.pass_obj
@refusing
def list_(desk: KeyDesk) -> None:
    """Each key by its id, the newest last, and how much it seals."""
    ring, pieces = desk.database.read(keyring_of), desk.database.read(sealed_store.pieces_by_key)
    for key_id in [*ring.keys, *sorted(pieces.keys() - ring.keys.keys())]:
        what = "newest" if key_id == ring.newest else "older" if key_id in ring.keys else "LOST"
        click.echo(f"{key_id}  {what:7} {count(pieces.get(key_id, 0), 'piece', 'pieces')}")


@keys.command("rotate")
@click.pass_obj
@refusing
def rotate(desk: KeyDesk) -> None:
    """
    Draw a new key and bring everything sealed under it, while the servers run.

    If it is ended half-way, everything still opens, and the same command goes
    on where it was with the key that was drawn.
    """
    ring, pieces = desk.database.read(keyring_of), desk.database.read(sealed_store.pieces_by_key)
    if rewrapping.under_way(ring, pieces):
        click.echo(f"The key {ring.newest} was drawn before and has not got everything yet: going on.")
    else:
        drawn = add_key(desk.settings.data_dir)
        desk.database.write(rewrapping.note_drawn, drawn, now=desk.now())
        click.echo(f"The key {drawn} is drawn.")
    rewrapped, unreadable = rewrap_all(desk)
    desk.database.write(rewrapping.note_rewrapped, pieces=rewrapped, unreadable=unreadable, now=desk.now())
    click.echo(f"{count(rewrapped, 'piece is', 'pieces are')} under it now.")
    if unreadable:
        click.echo(f"{count(unreadable, 'piece opens', 'pieces open')} by no key that is here: left as they were.")
    ring = desk.database.read(keyring_of)
    for older in ring.keys.keys() - {ring.newest}:
        click.echo(f"In a minute, and once a backup is made, the older key can go: bluelight keys retire {older}")


@keys.command("retire")
@click.argument("key_id")
@click.pass_obj
@refusing
def retire(desk: KeyDesk, key_id: str) -> None:
    """Take a key that seals nothing any more off the ring. Backups from before need it still."""
    desk.database.read(rewrapping.must_be_done_with, key_id, now=desk.now())
    desk.database.write(rewrapping.note_retired, key_id, now=desk.now())
    remove_key(desk.settings.data_dir, key_id)
    click.echo(f"The key {key_id} is gone from {NAME}. A backup from before it was replaced opens only with it.")


def rewrap_all(desk: Desk) -> tuple[int, int]:
    """How many pieces were wrapped anew, and how many no key opens; in small transactions."""
    rewrapped = unreadable = 0
    for kept in sealed_store.KEPT:
        after = None
        while True:
            portion = desk.database.write(rewrapping.rewrap, kept, after=after, most=TOGETHER)
            rewrapped, unreadable = rewrapped + portion.rewrapped, unreadable + portion.unreadable
            after = portion.after
            if after is None:
                break
            # Another process waits for SQLite's lock by asking again and again: it shall find it free.
            time.sleep(PAUSE_S)
    return rewrapped, unreadable
