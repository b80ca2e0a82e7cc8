"""Connections to a provider that are kept, probed while idle, and never tried twice."""

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection

#: Seconds of quiet before a probe, between probes, and how many of them may stay unanswered.
PROBED = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *(
        (socket.IPPROTO_TCP, getattr(socket, name), value)
        for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 2))
        if hasattr(socket, name)
    ),
]


class OneTry(HTTPAdapter):
    """
    Connections that are kept and never tried twice.

    Probed while idle: a campus's firewall forgets them within minutes, and the
    first call after a quiet hour would wait for an answer that cannot come.
    """

    def __init__(self, at_once: int) -> None:
        """A connection is kept for each request that may be on its way at once."""
        super().__init__(pool_connections=4, pool_maxsize=at_once, max_retries=0)

    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:
        super().init_poolmanager(*sizes, socket_options=[*HTTPConnection.default_socket_options, *PROBED], **more)
