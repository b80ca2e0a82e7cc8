"""`bluelight prevent keygen …`: an adviser's key and what it opens, on the adviser's own machine."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

import click

from backend.concerns.sealing import Unopenable, key_id_of
from infra.cli_desk import Refused, count
from infra.prevent import screen
from infra.prevent.key_file import KeyFile, Unreadable, public_text, read_public_key, spoken, write_new
from infra.prevent.sealed_case import (
    NoCase,
    SealedCase,
    count_attachments,
    lines_of,
    read_cases,
    save_attachments,
    shown,
)
from infra.prevent.shares import Unfit
from infra.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

#: More than the largest concern with its attachments.
MOST_BYTES = 200 << 20


class PaperDesk(Protocol):
    """A desk without a store: a clock, and where the server's data is, to keep private halves out of it."""

    @property
    def settings(self) -> Settings: ...

    def now(self) -> datetime: ...


def telling(command: Callable[P, T]) -> Callable[P, T]:
    """Whatever key, share or file is not what it should be becomes its sentence."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (Unreadable, Unfit, NoCase) as fault:
            raise Refused(str(fault)) from fault
        except Unopenable as fault:
            raise Refused("This key opens nothing of it.") from fault
        except FileExistsError as fault:
            raise Refused(f"{fault.filename} is there already, and nothing is written over.") from fault
        except OSError as fault:
            raise Refused(f"{fault.filename}: {fault.strerror}.") from fault

    return run


@click.command("keygen")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; it must not be there yet.")
@click.pass_obj
@telling
def keygen(desk: PaperDesk, out: Path | None) -> None:
    """
    Make your key pair, on your own machine; no network is needed.

    The private half is kept in a file under a passphrase. If either is lost,
    nobody can bring it back.
    """
    if out is not None:
        must_be_outside(desk, out)
        if out.exists():
            raise Refused(f"{out} is there already, and nothing is written over.")
    made = KeyFile.made(screen.new_passphrase(), today=desk.now().date())
    file = out or Path(f"bluelight-adviser-{made.fingerprint}.key")
    must_be_outside(desk, file)
    write_new(file, made.text().encode())
    click.echo(f"\nPublic key    {public_text(made.public_key)}")
    click.echo(f"Fingerprint   {spoken(made.fingerprint)}")
    click.echo(f"Private half  {file} (under your passphrase; readable by you alone)\n")
    click.echo("1. Give the public key to the advisers' desk, under your own sign-in.")
    click.echo("2. Ring the Prevent lead and read out the fingerprint: the desk must show the same.")
    click.echo(
        "3. Keep a copy of the file on a stick that is locked away. The server never needs it: send it to nobody."
    )


@click.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "key_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--save", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder for the images.")
@telling
def open_(file: Path, key_file: Path, save: Path | None) -> None:
    """Read a concern, as the desk answered it into FILE, with your key."""
    case = only_one(file)
    show(case, private_key_of(key_file), save)


@click.command("reseal")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "key_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "public_key", required=True, help="The other adviser's public key.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The copies, as a new file."
)
@telling
def reseal(file: Path, key_file: Path, public_key: str, out: Path) -> None:
    """Make copies for another adviser of all that your key opens in FILE: the document that the desk takes."""
    case, to = only_one(file), asked_whether_theirs(public_key)
    write_copies(case, private_key_of(key_file), [to], out)


def must_be_outside(desk: PaperDesk, file: Path) -> None:
    """A private half in the server's data directory would be in its backups as well."""
    if file.resolve().is_relative_to(desk.settings.data_dir.resolve()):
        raise Refused(f"{desk.settings.data_dir} is the server's: a private half must not lie there.")


def read_file(file: Path) -> tuple[SealedCase, ...]:
    if file.stat().st_size > MOST_BYTES:
        raise NoCase(f"{file} is larger than any concern.")
    return read_cases(file.read_text(encoding="utf-8", errors="replace"))


def only_one(file: Path) -> SealedCase:
    found = read_file(file)
    if len(found) != 1:
        raise NoCase(f"{file} is a list: open one concern at the desk, and save that.")
    return found[0]


def private_key_of(file: Path) -> bytes:
    return KeyFile.read(file.read_text(encoding="utf-8", errors="replace")).private_key(screen.passphrase)


def asked_whether_theirs(told: str) -> bytes:
    """The public key, once somebody has said that it is whose it should be: a server could hand over its own."""
    public_key = read_public_key(told)
    click.echo(f"Fingerprint of that key: {spoken(key_id_of(public_key))}")
    click.confirm("Did its owner read out the same to you?", abort=True)
    return public_key


def show(case: SealedCase, private_key: bytes, save: Path | None) -> None:
    """Every entry that this key opens; images into the folder `save`, if there is one."""
    click.echo(f"Concern {shown(case.id)}")
    opened = 0
    for nth, entry in enumerate(case.entries, start=1):
        told = entry.opened(private_key)
        click.echo(f"\n{nth}. {shown(entry.kind)}, {shown(entry.day)}")
        if told is None:
            click.echo("  (sealed to others)")
            continue
        opened += 1
        for line in lines_of(told):
            click.echo(line)
        tell_attachments(told, save, f"{case.id}-{nth}")
    if not opened:
        raise Unopenable


def tell_attachments(told: dict[str, object], save: Path | None, beginning: str) -> None:
    number = count_attachments(told)
    if number and save is None:
        click.echo(f"  ({count(number, 'image', 'images')}: --save FOLDER writes them there)")
    elif number and save is not None:
        for file in save_attachments(told, save, beginning=beginning):
            click.echo(f"  {file}")


def write_copies(case: SealedCase, private_key: bytes, to: Sequence[bytes], out: Path) -> None:
    """The document for the desk; an entry that this key does not open is said to be left out."""
    document = case.copies_for(to, private_key)
    write_new(out, json.dumps(document, indent=2).encode())
    made = len(document["copies"])
    whom = " and ".join(spoken(key_id_of(one)) for one in to)
    click.echo(f"{out}: {count(made, 'entry', 'entries')} for {whom}.")
    if left := len(case.entries) - made:
        click.echo(f"{count(left, 'entry is', 'entries are')} sealed to others and left out.")
