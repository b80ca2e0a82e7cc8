"""A line to Redis that may be lost: two native threads say and hear, and nobody who says anything ever waits."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import closing
from queue import Empty, SimpleQueue

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = structlog.get_logger(__name__)

#: An answer that takes longer is none.
PATIENCE_S = 1.0

#: Said by either thread when there is nothing else to say: a connection that is established and dead is found out
#: within this and the patience together.
PING_S = 0.5

#: More than these waiting to be said, and the next is dropped: whoever did not hear of it looks by themselves.
MOST_WAITING = 1000

#: What waited longer is not said any more: the polls have been round.
STALE_S = 2.0

#: Between two tries to connect: the first, and what it grows to.
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 1.0

#: Said in one go.
MOST_TOGETHER = 100

#: How long a thread may take to end.
ENDS_WITHIN_S = 3.0


class RedisLine:
    """
    One channel of Redis, for bytes in both directions.

    `hear` and `joined` are called on the line's own thread; `joined` each time
    it begins to hear, as something may have been said before.
    """

    def __init__(self, url: str, channel: str, *, hear: Callable[[bytes], None], joined: Callable[[], None]) -> None:
        self._url = url
        self._channel = channel
        self._hear = hear
        self._joined = joined
        self._waiting: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self.said = self.heard = self.dropped = 0
        self.speaks = self.hears = False

    def start(self) -> None:
        for name, work in (("saying", self._say), ("hearing", self._listen)):
            thread = threading.Thread(target=self._keep, args=(name, work), name=f"redis-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """What has not been said by now is not."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(ENDS_WITHIN_S)

    def say(self, told: bytes) -> None:
        """Returns at once, whatever Redis does; from any thread."""
        if self._waiting.qsize() >= MOST_WAITING:
            self.dropped += 1
        else:
            self._waiting.put((time.monotonic(), told))

    def _keep(self, name: str, work: Callable[[Redis, Callable[[], None]], None]) -> None:
        """Connect, and connect again: sooner at first, and not all processes at the same moment."""
        pause, was_up = SHORTEST_PAUSE_S, True

        def works() -> None:
            nonlocal pause, was_up
            if not was_up:
                log.warning("redis.is_back", thread=name)
            pause, was_up = SHORTEST_PAUSE_S, True

        while not self._stopping.is_set():
            try:
                with closing(self._connected()) as client:
                    work(client, works)
            except (RedisError, OSError) as fault:
                if was_up:
                    log.warning("redis.is_away", thread=name, fault=type(fault).__name__)
                was_up = False
                self._stopping.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311
                pause = min(2 * pause, LONGEST_PAUSE_S)

    def _connected(self) -> Redis:
        return Redis.from_url(
            self._url,
            protocol=2,
            socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
        )

    def _say(self, client: Redis, works: Callable[[], None]) -> None:
        try:
            client.ping()
            while not self._stopping.is_set():
                together = self._next()
                if together:
                    with client.pipeline(transaction=False) as pipe:
                        for told in together:
                            pipe.publish(self._channel, told)
                        pipe.execute()
                    self.said += len(together)
                else:
                    client.ping()
                self.speaks = True
                works()
        finally:
            self.speaks = False

    def _next(self) -> list[bytes]:
        """What waits to be said now, or nothing after a while."""
        found: list[bytes] = []
        try:
            found += self._fresh(*self._waiting.get(timeout=PING_S))
            while len(found) < MOST_TOGETHER:
                found += self._fresh(*self._waiting.get_nowait())
        except Empty:
            pass
        return found

    def _fresh(self, since: float, told: bytes) -> list[bytes]:
        if time.monotonic() - since <= STALE_S:
            return [told]
        self.dropped += 1
        return []

    def _listen(self, client: Redis, works: Callable[[], None]) -> None:
        try:
            with closing(client.pubsub()) as pubsub:  # type: ignore[no-untyped-call]
                pubsub.subscribe(self._channel)
                alive_at = pinged_at = time.monotonic()
                while not self._stopping.is_set():
                    message = pubsub.get_message(timeout=PING_S)
                    now = time.monotonic()
                    if message is not None:
                        alive_at = now
                        self._take(message["type"], message["data"], works)
                    if now - alive_at > PATIENCE_S + PING_S:
                        raise ConnectionError("nothing is heard")
                    if now - pinged_at >= PING_S:
                        pinged_at = now
                        pubsub.ping()
        finally:
            self.hears = False

    def _take(self, kind: str, data: bytes, works: Callable[[], None]) -> None:
        if kind == "subscribe":
            self.hears = True
            works()
            self._joined()
        elif kind == "message":
            self.heard += 1
            self._hear(data)
