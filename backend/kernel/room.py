"""What the store may ask about the room on its disk; where that disk is, it does not know."""

from typing import Protocol


class Room(Protocol):
    """
    A reserve on the disk, given up once so that calls for help can still be written.

    The disk is *tight* from then on, until there is room to put it back.
    """

    def is_tight(self) -> bool:
        """Whether the reserve has been given up: only what cannot wait is written now."""
        ...

    def give_up(self) -> bool:
        """Free the reserve; False when there was none left to free. May be called from any thread."""
        ...

    def look(self) -> None:
        """Put the reserve in its place, if it is not there and there is room for it."""
        ...

    def free_bytes(self) -> int | None:
        """What is left beside the reserve; None for a disk that is not ours to measure."""
        ...

    def is_kept(self) -> bool:
        """Whether the reserve stands."""
        ...

    def can_take_a_tap(self) -> bool:
        """Whether there is room for one more, on the disk or in the reserve."""
        ...


class NoRoom:
    """For a store whose disk is another machine's affair, and for commands: nothing is kept, nothing is refused."""

    def is_tight(self) -> bool:
        return False

    def give_up(self) -> bool:
        return False

    def look(self) -> None: ...

    def free_bytes(self) -> int | None:
        return None

    def is_kept(self) -> bool:
        return False

    def can_take_a_tap(self) -> bool:
        return True
