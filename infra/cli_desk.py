"""What a command is given to work with, and how it says no."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import IO, Any, ParamSpec, Protocol, TypeVar

import click

from backend.kernel.database import Database
from backend.kernel.errors import FieldFault, Refusal

P = ParamSpec("P")
T = TypeVar("T")


class Desk(Protocol):
    """The object of the command line's context; the store is opened by who first asks for it."""

    @property
    def database(self) -> Database: ...

    def now(self) -> datetime: ...


class AnchoredDesk(Desk, Protocol):
    """The same, with the file in which the heads of the audit log are written down."""

    @property
    def anchor(self) -> Path: ...


class Refused(click.ClickException):
    """Ends the command with status 1 and a line for every reason, on standard error."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


def refusing(command: Callable[P, T]) -> Callable[P, T]:
    """Whatever a use case refuses becomes its sentence and its faults, a line each."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except Refusal as refusal:
            raise Refused(refusal.title, *lines_of(refusal.errors)) from refusal

    return run


def lines_of(faults: Sequence[FieldFault]) -> list[str]:
    """As they are read: where, then what."""
    return [f"{fault.field}: {fault.message}" for fault in faults]


def count(number: int, one: str, many: str) -> str:
    """`1 person`, `2,000 people`."""
    return f"{number:,} {one if number == 1 else many}"
