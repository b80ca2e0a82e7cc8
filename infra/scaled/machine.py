"""The whole of the scaled form on this machine, from the first file to the last process that is gone."""

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import requests

from backend.kernel.threads import PlainThreads
from infra import demo_keys
from infra.demo import load_demo
from infra.migrating import migrate
from infra.running import DEMO_CAMPUS
from infra.scaled.child import Child
from infra.scaled.front import Front
from infra.scaled.programs import free_port, unprivileged
from infra.scaled.stores import Postgres, RedisServer
from infra.settings import PREFIX, Settings
from infra.wiring import open_database, open_engines, utc_now

#: As `pip` puts it beside this Python.
BLUELIGHT = Path(sys.executable).parent / "bluelight"


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is to run, and where; `more` are settings of every process.

    `in_a_hurry` is for tests, and so is `kind`: how our own processes are born.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8080
    webs: int = 2
    workers: int = 2
    more: Mapping[str, str] | None = None
    in_a_hurry: bool = False
    kind: type[Child] = Child


class Machine:
    """The processes of one scaled service; each can be killed and started again by who tries it."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        wanted.folder.mkdir(parents=True, exist_ok=True)
        # Short, as the name of a socket has about a hundred characters.
        self.sockets = Path(tempfile.mkdtemp(prefix="bluelight-"))
        if (user := unprivileged()) is not None:
            shutil.chown(self.sockets, user)
        self.postgres = Postgres(wanted.folder, self.sockets, in_a_hurry=wanted.in_a_hurry)
        self.redis = RedisServer(wanted.folder, self.sockets)
        self.ports = [free_port() for _ in range(wanted.webs + wanted.workers)]
        self.webs = [self._web(number, port) for number, port in enumerate(self.ports[: wanted.webs], 1)]
        self.workers = [self._worker(number, port) for number, port in enumerate(self.ports[wanted.webs :], 1)]
        self.front = Front(wanted.folder, f"{wanted.host}:{wanted.port}", self.ports[: wanted.webs])
        #: What there is to say about the demo advisers' keys, once it has begun.
        self.on_keys = ""

    @property
    def url(self) -> str:
        return f"http://{self.wanted.host}:{self.wanted.port}"

    @property
    def settings(self) -> Settings:
        """As the processes have them; a command beside them needs no more."""
        return replace(Settings(), data_dir=self.data_dir, database_url=self.postgres.url, reserve_mb=0)

    @property
    def data_dir(self) -> Path:
        return self.wanted.folder / "data"

    @property
    def environment(self) -> Path:
        """For a command beside them: `set -a; . FILE`."""
        return self.wanted.folder / "environment"

    def url_of(self, child: Child) -> str:
        """Where this very process answers."""
        return f"http://127.0.0.1:{self.ports[[*self.webs, *self.workers].index(child)]}"

    def begin(self) -> None:
        """Everything up and answering. Raises Unavailable; whoever calls ends what was begun."""
        self.postgres.begin()
        self.redis.begin()
        self._fill()
        for child in (*self.webs, *self.workers):
            child.start()
        for child in (*self.webs, *self.workers):
            self.wait_for(child)
        told = self._told()
        lines = [f"{name}='{told[name]}'" for name in (PREFIX + "DATA_DIR", PREFIX + "DATABASE_URL")]
        self.environment.write_text("\n".join([*lines, ""]))
        self.front.start()
        self.front.wait_until(lambda: answers(f"{self.url}/readyz"))

    def wait_for(self, child: Child) -> None:
        """Until this web process or worker says that it can work."""
        child.wait_until(lambda: answers(f"{self.url_of(child)}/readyz"))

    def end(self) -> None:
        """Who is asked first, ends first: nobody new comes in, what was begun is finished, the stores go last."""
        for together in ([self.front], [*self.webs, *self.workers], [self.redis], [self.postgres]):
            enders = [threading.Thread(target=child.end) for child in together]
            for thread in enders:
                thread.start()
            for thread in enders:
                thread.join()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def dead(self) -> Iterator[Child]:
        """Those that have ended by themselves."""
        everyone: list[Child] = [self.postgres, self.redis, *self.webs, *self.workers, self.front]
        return (child for child in everyone if not child.is_running)

    def _fill(self) -> None:
        engine, _ = open_engines(self.settings)
        migrate(engine)
        engine.dispose()
        database = open_database(self.settings, PlainThreads(), lambda _: None)
        load_demo(database, DEMO_CAMPUS, now=utc_now())
        self.on_keys = demo_keys.greeting(database, demo_keys.folder_of(self.data_dir), now=utc_now())
        database.close()

    def _web(self, number: int, port: int) -> Child:
        return self._bluelight(f"web{number}", "web", "--demo", "--port", str(port))

    def _worker(self, number: int, port: int) -> Child:
        return self._bluelight(f"worker{number}", "worker", "--demo", "--health-port", str(port))

    def _bluelight(self, name: str, *words: str) -> Child:
        told = {**os.environ, PREFIX + "LOG_LEVEL": "warning", **(self.wanted.more or {}), **self._told()}
        command = [str(BLUELIGHT), *words]
        return self.wanted.kind(name, command, self.wanted.folder, environment=told, ends_within_s=20)

    def _told(self) -> dict[str, str]:
        return {
            PREFIX + "DATA_DIR": str(self.data_dir),
            PREFIX + "DATABASE_URL": self.postgres.url,
            PREFIX + "REDIS_URL": self.redis.url,
        }


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False
