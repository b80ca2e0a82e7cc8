"""Whoever did not write a share down does not get past it."""

import click
import pytest
from click.testing import CliRunner

from backend.concerns.sealing import new_private_key
from infra.prevent.screen import show_share
from infra.prevent.shares import Unfit, split


def test_three_wrong_tries_end_it() -> None:
    """
    Then there is no recovery key, and not one of which a page is missing.
    """
    share = split(new_private_key())[0]

    @click.command()
    def showing() -> None:
        with pytest.raises(Unfit, match="Share 1 was not written down"):
            show_share(share, 1, 3, "0000")
        click.echo("ended")

    told = CliRunner().invoke(showing, input="\nI do not know\nno\nreally not\n")

    assert "ended" == told.output.splitlines()[-1]
    assert 3 == told.output.count("look at your page again")
