"""A player: somebody of the exercise world whom the service itself makes, and who goes when the play is over."""

from dataclasses import dataclass, field
from uuid import UUID

from backend.kernel.vocabulary import Role

#: No mail is ever delivered under `.invalid` (RFC 2606), so no real person has such an address.
DRILL = "@drill.invalid"
CANARY = "@canary.invalid"


@dataclass(frozen=True, slots=True)
class Player:
    """Who is to play, and as what; certificates do not run out during a play."""

    email: str
    name: str
    roles: frozenset[Role] = frozenset()
    teams: frozenset[str] = frozenset()
    skills: frozenset[str] = field(default=frozenset())
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Mustered:
    """A player who is signed in; `token` is told once."""

    id: UUID
    email: str
    token: str
