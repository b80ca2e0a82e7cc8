"""A use case that waits for its commit, who waits with it, and what is committed together."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Receiver(Protocol[T_contra]):
    """Who is told what came of a use case, once."""

    def keep(self, value: T_contra) -> None: ...

    def break_(self, fault: BaseException) -> None: ...


class Promise(Receiver[T], Protocol[T]):
    """A result that another thread will bring; waited for once."""

    def wait(self) -> T: ...


Job = Callable[[Session], Any]


class Errand(NamedTuple):
    """
    A use case that waits for its commit; one that `can_wait` is refused on a full disk, and frees no reserve.

    `rung` are the bells it asked for, known once it has run.
    """

    job: Job
    promise: Receiver[Any]
    can_wait: bool = False
    rung: Set[str] = frozenset()


#: What the use cases that have just run ask for in their own commit.
TakeAlong = Callable[[Set[str]], list[Errand]]


def nothing(_bells: Set[str]) -> list[Errand]:
    return []


@dataclass(slots=True)
class Batch:
    """Errands of one commit; `along` is what was taken along behind them, noted before it is tried."""

    errands: list[Errand]
    take_along: TakeAlong = nothing
    along: list[Errand] = field(default_factory=list)


class Outcome(NamedTuple):
    """What came of an errand, for whoever waits for it."""

    promise: Receiver[Any]
    value: Any = None
    fault: BaseException | None = None

    def tell(self) -> None:
        if self.fault is None:
            self.promise.keep(self.value)
        else:
            self.promise.break_(self.fault)
