"""The round that draws: pictures for the consoles that are connected here, once for all of them."""

from collections.abc import Callable, Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from uuid import UUID

import structlog

from backend.kernel.database import Database
from notifications import picturing, picturing_desk, picturing_tallies
from notifications.channels.sockets import Sockets
from notifications.picturing import Picture

log = structlog.get_logger(__name__)

Draw = Callable[..., list[Picture]]

#: Each event and how its pictures are drawn.
PICTURES: tuple[tuple[str, Draw], ...] = (
    (picturing.POSITION, picturing.pictures),
    (picturing_tallies.TALLY, picturing_tallies.tallies),
    (picturing_desk.DESK, picturing_desk.desks),
)

#: A hair more than a second: a timer that is early would make consoles wait for two.
EVERY_S = 1.02

#: Drawing takes at most a fourth of the time, so that it stands in no tap's way however much there is to draw.
RESTS, LONGEST_REST_S = 3, 5.0


@dataclass(frozen=True)
class PictureRounds:
    """What drawing works with. Nobody is told that a picture is due: it shows what is, and misses nothing."""

    database: Database
    clock: Callable[[], datetime]
    sockets: Sockets

    def draw(self) -> None:
        """Draw all for whoever looks, and nothing for nobody; one that cannot be drawn holds up no other."""
        looking = self.sockets.watchers
        if not looking:
            return
        began = perf_counter()
        for event, draw in PICTURES:
            try:
                self._draw(event, draw, looking)
            except Exception:
                log.exception("picture.failed", picture=event)
        took = perf_counter() - began
        if took * RESTS > EVERY_S:
            self.database.give_way(min(took * RESTS, LONGEST_REST_S))

    def _draw(self, event: str, draw: Draw, looking: AbstractSet[UUID]) -> None:
        now = self.clock()
        for one in self.database.read(draw, looking, now=now):
            self.sockets.show(event, one.data, one.viewers, at=now)
