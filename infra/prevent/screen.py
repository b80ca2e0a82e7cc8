"""What is asked and shown so that neither a log, a shell's history nor a screen's scroll-back keeps it."""

import secrets
import sys
from collections.abc import Sequence

import click

from infra.prevent.key_file import SHORTEST_PASSPHRASE
from infra.prevent.shares import WORDS, Unfit, as_written

#: A screen of its own that leaves nothing to scroll back to, and the way out of it (DEC private mode 1049).
ASIDE, BACK = "\033[?1049h\033[2J\033[H", "\033[?1049l"

#: How many of its words are asked back from each share.
ASKED_BACK = 3

IN_A_LINE = 4


def new_passphrase() -> str:
    """Asked for twice, unseen."""
    click.echo(
        f"Choose a passphrase: five words or more that nobody would guess, {SHORTEST_PASSPHRASE} signs at least."
    )
    while True:
        typed: str = click.prompt("Passphrase (it is not shown)", hide_input=True)
        if len(typed) < SHORTEST_PASSPHRASE:
            click.echo(f"That is shorter than {SHORTEST_PASSPHRASE} signs.")
        elif click.prompt("Once more", hide_input=True) != typed:
            click.echo("These were not the same.")
        else:
            return typed


def passphrase() -> str:
    typed: str = click.prompt("Passphrase (it is not shown)", hide_input=True)
    return typed


def typed_share(number: int) -> str:
    """One share as it stands on its page, unseen."""
    typed: str = click.prompt(
        f"Share {number}: its {WORDS} words, with blanks between (they are not shown)", hide_input=True
    )
    return as_written(typed)


def is_a_screen() -> bool:
    """Whether what is shown goes to eyes alone, and not into a file or another program."""
    return sys.stdout.isatty() and sys.stdin.isatty()


def show_share(share: str, number: int, of: int, fingerprint: str) -> None:
    """
    One share on a screen of its own, until its holder has proved that it is written down.

    Raises Unfit after three wrong tries.
    """
    words = share.split()
    click.echo(ASIDE, nl=False)
    try:
        click.echo(
            f"Recovery key {fingerprint}: share {number} of {of}. Write it down on a page of its own, by hand.\n"
        )
        for start in range(0, len(words), IN_A_LINE):
            line = enumerate(words[start : start + IN_A_LINE], start=start + 1)
            click.echo("  ".join(f"{nth:2} {word:12}" for nth, word in line))
        click.prompt(
            "\nWritten down? Press Enter, and it is shown no more", default="", show_default=False, prompt_suffix=""
        )
    finally:
        click.echo(BACK, nl=False)
    for _ in range(3):
        if _knows(words, sorted(secrets.SystemRandom().sample(range(WORDS), ASKED_BACK)), number):
            return
        click.echo("No: look at your page again.")
    raise Unfit(f"Share {number} was not written down as it was shown.")


def _knows(words: Sequence[str], asked: Sequence[int], number: int) -> bool:
    named = ", ".join(str(nth + 1) for nth in asked)
    typed = click.prompt(f"From the page of share {number}, the words {named} (they are not shown)", hide_input=True)
    return as_written(typed).split() == [words[nth] for nth in asked]
