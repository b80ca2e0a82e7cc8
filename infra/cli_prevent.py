"""`bluelight prevent`: the keys of concerns, most of it for machines that are not the server."""

import click

from infra.cli_adviser import keygen, open_, reseal
from infra.cli_recovery import recover, recovery_key, sealed


@click.group()
def prevent() -> None:
    """Keys of the Prevent advisers. Private halves never reach the server."""


for command in (keygen, open_, reseal, recovery_key, recover, sealed):
    prevent.add_command(command)
