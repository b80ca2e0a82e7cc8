"""`bluelight forget`: what is past its day, and let it go."""

from collections.abc import Sequence
from datetime import timedelta

import click

from backend.kernel.chaining import Head, anchor_line
from infra.cli_desk import AnchoredDesk, Refused, count, refusing
from infra.forgetting import Finding, Forgetting

HEADINGS = ("kind of data", "kept for", "after", "past it", "spared")


@click.command("forget")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option(
    "--rewrite",
    is_flag=True,
    help="PostgreSQL: also make the tables' files anew, so that no byte of it is left in them. Whoever needs a table "
    "waits while it is rewritten: for the quiet hour.",
)
@click.pass_obj
@refusing
def forget(desk: AnchoredDesk, *, dry_run: bool, rewrite: bool) -> None:
    """
    Let go what the campus keeps no longer ([keeping] in campus.toml).

    The service does so by itself every hour. Cases that are open or held are
    spared, with all that is about them.
    """

    def announce(head: Head) -> None:
        with desk.anchor.open("a", encoding="utf-8") as file:
            file.write(anchor_line(head, at=desk.now()))

    forgetting = Forgetting(desk.database, announce)
    if dry_run:
        findings = forgetting.look(now=desk.now())
        table(findings)
        due = sum(finding.count.due for finding in findings)
        click.echo(f"{due:,} would be forgotten. Nothing was changed.")
        return
    findings = forgetting.forget(now=desk.now())
    table(findings)
    scrubbed = forgetting.scrub(rewrite=rewrite)
    if failed := [finding.rule.what for finding in findings if finding.failed]:
        raise Refused(*(f"Not all {what} could be forgotten: see the log." for what in failed))
    if not scrubbed:
        raise Refused("Forgotten; but somebody was reading, so that some of it is still in the files. Run it again.")
    click.echo(f"{sum(finding.count.due for finding in findings):,} were forgotten.")


def table(findings: Sequence[Finding]) -> None:
    """A line for each kind of data."""
    rows = [
        (one.rule.what, _age(one.age), one.rule.since, f"{one.count.due:,}", f"{one.count.spared:,}")
        for one in findings
    ]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    for row in (HEADINGS, *rows):
        told = [cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True)]
        counted = [cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True)]
        click.echo("  ".join((*told, *counted)))


def _age(age: timedelta | None) -> str:
    if age is None:
        return "its own day"
    hours = int(age.total_seconds()) // 3600
    return count(hours, "hour", "hours") if hours % 24 or hours <= 72 else count(hours // 24, "day", "days")
