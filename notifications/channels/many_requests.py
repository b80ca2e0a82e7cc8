"""Many requests at once over few connections: libcurl's HTTP/2, one try each, driven by one thread."""

import select
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any

import pycurl

#: Connections where each carries a hundred requests, and where each carries one.
WIDE, NARROW = 8, 32

#: Requests at once on each of the first: what HTTP/2 servers commonly allow.
STREAMS = 100

#: As much of an answer as is read (bytes).
MOST_READ = 16384

#: Seconds for which answers gather while there are many.
GATHER_S = 0.002

#: Seconds of quiet before a connection is probed, and between probes: a firewall forgets quiet ones.
IDLE_S, BETWEEN_S = 30, 5


class Broken(Enum):
    """Why there is no answer. REFUSED alone was certainly not taken."""

    REFUSED = "refused"
    LATE = "late"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status with what came with it, or why there is none."""

    status: int = 0
    body: bytes = b""
    retry_after_s: int = 0
    broken: Broken | None = None


class ManyRequests:
    """
    POSTs to one address, all of them in one thread: `begin`, then `turn` again and again.

    libcurl by itself sends once more what a broken connection may have carried.
    It is given no way to read a body a second time, so that whoever asked is
    told instead, and what the server refused unread is told apart.
    """

    def __init__(self, url: str, headers: Mapping[str, str], *, trust: str, connect_s: float, answer_s: float) -> None:
        """`trust` is the file of authorities; `answer_s` is all a request may take."""
        self._url = url
        self._headers = [f"{name}: {value}" for name, value in headers.items()]
        self._trust = trust
        self._connect_s, self._answer_s = connect_s, answer_s
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, STREAMS)
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, WIDE)
        self._idle: list[_Handle] = []
        self._busy: dict[pycurl.Curl, _Handle] = {}
        self._most = WIDE
        self._version: int | None = None

    @property
    def room(self) -> int:
        """How many more may begin: few until it is known what the server speaks."""
        return self._most - len(self._busy)

    @property
    def under_way(self) -> int:
        return len(self._busy)

    def begin(self, body: bytes, bearer: str, what: Any, *, within_s: float | None = None) -> None:
        """One request; `what` comes back with its reply."""
        handle = self._idle.pop() if self._idle else self._new()
        if bearer != handle.bearer:
            handle.curl.setopt(pycurl.HTTPHEADER, [*self._headers, f"Authorization: Bearer {bearer}"])
            handle.bearer = bearer
        handle.give(body, within_s or self._answer_s, what)
        self._busy[handle.curl] = handle
        self._multi.add_handle(handle.curl)

    def wait(self, most_s: float, others: Sequence[int] = ()) -> bool:
        """Until a request can go on, one of `others` (descriptors) can be read, or so long; True for these."""
        if len(self._busy) > STREAMS:
            # What comes meanwhile is read together: half the turns, and a fifth less of processor a request.
            time.sleep(GATHER_S)
        reading, writing, odd = self._multi.fdset()
        timer = self._multi.timeout()
        wait = most_s if timer < 0 else min(most_s, timer / 1000)
        ready, _, _ = select.select([*reading, *others], writing, odd, wait)
        return any(one in ready for one in others)

    def turn(self) -> Iterator[tuple[Any, Reply]]:
        """Do what can be done without waiting; what has ended."""
        self._multi.perform()
        more = 1
        while more:
            more, good, bad = self._multi.info_read()
            for curl in good:
                handle = self._end(curl)
                self._learn(curl.getinfo(pycurl.INFO_HTTP_VERSION))
                after = int(curl.getinfo(pycurl.RETRY_AFTER))
                yield handle.what, Reply(curl.getinfo(pycurl.RESPONSE_CODE), handle.down.getvalue(), after)
            for curl, code, words in bad:
                yield self._end(curl).what, Reply(broken=_why(code, words))

    def _end(self, curl: pycurl.Curl) -> "_Handle":
        handle = self._busy.pop(curl)
        self._multi.remove_handle(curl)
        self._idle.append(handle)
        return handle

    def _learn(self, version: int) -> None:
        """A proxy, or a server that speaks nothing newer, gets one request a connection and more of those."""
        if version == self._version:
            return
        self._version = version
        wide = version == pycurl.CURL_HTTP_VERSION_2
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, WIDE if wide else NARROW)
        self._most = WIDE * STREAMS if wide else NARROW

    def _new(self) -> "_Handle":
        curl = pycurl.Curl()
        for option, value in (
            (pycurl.URL, self._url),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
            (pycurl.PIPEWAIT, 1),
            (pycurl.POST, 1),
            (pycurl.NOSIGNAL, 1),
            (pycurl.CAINFO, self._trust),
            (pycurl.FOLLOWLOCATION, 0),
            (pycurl.CONNECTTIMEOUT_MS, int(1000 * self._connect_s)),
            (pycurl.TCP_KEEPALIVE, 1),
            (pycurl.TCP_KEEPIDLE, IDLE_S),
            (pycurl.TCP_KEEPINTVL, BETWEEN_S),
        ):
            curl.setopt(option, value)
        return _Handle(curl)


class _Handle:
    """One of libcurl's, used again and again: the connection behind it is not its own."""

    __slots__ = ("_answer_s", "_up", "bearer", "curl", "down", "what")

    def __init__(self, curl: pycurl.Curl) -> None:
        self.curl = curl
        self.down = BytesIO()
        self.what: Any = None
        self.bearer: str | None = None
        self._up = BytesIO()
        self._answer_s = 0.0
        # A function that reads, and none that goes back: see `ManyRequests`.
        curl.setopt(pycurl.READFUNCTION, self._read)
        curl.setopt(pycurl.WRITEFUNCTION, self._write)

    def give(self, body: bytes, answer_s: float, what: Any) -> None:
        self.what = what
        self.down = BytesIO()
        self._up = BytesIO(body)
        self.curl.setopt(pycurl.POSTFIELDSIZE, len(body))
        if answer_s != self._answer_s:
            self.curl.setopt(pycurl.TIMEOUT_MS, int(1000 * answer_s))
            self._answer_s = answer_s

    def _read(self, size: int) -> bytes:
        return self._up.read(size)

    def _write(self, part: bytes) -> int | None:
        return self.down.write(part) if self.down.tell() < MOST_READ else None


def _why(code: int, words: str) -> Broken:
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return Broken.LATE
    # Its words tell the first thing that went wrong: where nothing did before, the server had refused the request.
    if code == pycurl.E_SEND_FAIL_REWIND and "rewind" in words:
        return Broken.REFUSED
    return Broken.CUT
