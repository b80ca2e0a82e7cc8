"""One open socket, and how far it has been shown what is its person's."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.inbox.message import Recipient
from backend.kernel.rooms import CONSOLE
from backend.kernel.vocabulary import Role
from backend.people.handset import OpenSocket

#: No console is shown a picture of one kind more often (contract: "at most one each a second").
PICTURE_EVERY = timedelta(seconds=1)


@dataclass(slots=True, eq=False)
class Connection:
    """
    One open socket and how far its recipient's stream has been put on it.

    `behind` while what was missed is being read; what is handed over meanwhile
    only sets `again`, so that one place alone writes to the socket. `airs` while
    what is on air is owed to it, and `is_new` until it has caught up; `aired` is how far it was shown each broadcast,
    and `looked_at` how far that is known to be all, as far as its world has not noted the same of everybody; `number`
    is its place in its world, and `was` how far it was shown each when it asked for what is on air.
    """

    sid: str
    namespace: str
    recipient: Recipient
    token_hash: str
    cursor: int
    roles: frozenset[Role] = frozenset()
    behind: bool = True
    again: bool = False
    shown: dict[str, tuple[dict[str, Any], datetime]] = field(default_factory=dict)
    exercise: bool = False
    airs: bool = True
    is_new: bool = True
    aired: dict[UUID, int] = field(default_factory=dict)
    looked_at: dict[UUID, int] = field(default_factory=dict)
    number: int = 0
    was: dict[UUID, int] = field(default_factory=dict)

    def waits(self, event: str, data: dict[str, Any], at: datetime) -> bool:
        """Whether it shows another picture than this one, and has shown it long enough."""
        last, since = self.shown.get(event, (None, None))
        return last != data and (since is None or at - since >= PICTURE_EVERY)

    @property
    def as_open(self) -> OpenSocket:
        return OpenSocket(self.sid, self.recipient.person_id, self.recipient.face, self.token_hash)

    @property
    def watches(self) -> bool:
        """Whether it is shown all broadcasts of its world: a controller's console."""
        return self.namespace == CONSOLE and Role.CONTROLLER in self.roles
