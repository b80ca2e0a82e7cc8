"""Serving HTTP and WebSockets on the hub, from the first accept to an orderly stop."""

import signal
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from socket import AF_INET, AF_INET6, IPPROTO_TCP, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, TCP_NODELAY
from typing import TYPE_CHECKING, Any

import gevent
from gevent import pywsgi, ssl
from gevent.event import Event
from gevent.socket import socket
from wsproto.frame_protocol import CloseReason

from infra.http_connection import HttpConnection, Patience
from infra.unhandled import DiscreetStream, quiet_the_hub
from infra.upgrade import Upgraded

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: A campus that lost its network comes back all at once; what overflows here waits a second and more.
BACKLOG = 4096
#: How long the greenlets of connections that were cut off have to notice it.
CUT_SECONDS = 0.3


def listen(host: str, port: int) -> Any:
    """
    A listening gevent socket, on a numeric address; port 0 takes a free one.

    Raises OSError when the address is taken.
    """
    listener = socket(AF_INET6 if ":" in host else AF_INET, SOCK_STREAM)
    listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    # Accepted sockets inherit it. pywsgi writes head and body apart, and Nagle would hold the body back for 40 ms.
    listener.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def tls_context(certificate: Path, key: Path) -> Any:
    """What `tls=` takes: gevent's own context, as the standard library's would stop the hub."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def serve(app: "WSGIApplication", *, host: str, port: int, **how: Any) -> None:
    """Listen, and `serve_on` it with the same keywords."""
    serve_on(listen(host, port), app, **how)


def serve_on(
    listener: Any,
    app: "WSGIApplication",
    *,
    on_ready: Callable[[int], None] | None = None,
    on_stop: Callable[[], None] | None = None,
    tls: Any = None,
    beside: Sequence[tuple[Any, Any]] = (),
    patience: Patience | None = None,
) -> None:
    """
    Serve until SIGTERM or SIGINT, then let what was begun end, and return.

    `on_ready` gets the port once connections are accepted. `on_stop` is called
    when the stop is asked for, while everything still works. `beside` are more
    listeners for the same application, each with its TLS. Main thread only.
    """
    quiet_the_hub()
    doors = [(listener, tls), *beside]
    servers = [Server(one, app, patience or Patience(), secure) for one, secure in doors]
    asked = Event()
    signals = [gevent.signal_handler(number, asked.set) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        for server in servers:
            server.start()
        if on_ready is not None:
            on_ready(servers[0].server_port)
        asked.wait()
        if on_stop is not None:
            on_stop()
        gevent.joinall([gevent.spawn(server.retire) for server in servers])
    finally:
        for server in servers:
            server.close()
        for watcher in signals:
            watcher.cancel()


def stand() -> None:
    """Serve nobody until SIGTERM or SIGINT. Main thread only."""
    quiet_the_hub()
    asked = Event()
    signals = [gevent.signal_handler(number, asked.set) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        asked.wait()
    finally:
        for watcher in signals:
            watcher.cancel()


class Server(pywsgi.WSGIServer):
    """pywsgi's server without its logs, that knows its connections and can retire."""

    handler_class = HttpConnection

    def __init__(self, listener: Any, app: "WSGIApplication", patience: Patience, tls: Any = None) -> None:
        # Named here, or pywsgi asks the name service who we are.
        environ = {"SERVER_NAME": listener.getsockname()[0]}
        secure = {} if tls is None else {"ssl_context": tls}
        super().__init__(listener, app, log=None, error_log=DiscreetStream(), environ=environ, **secure)
        self.patience = patience
        self.connections: set[HttpConnection] = set()
        self.upgraded: set[Upgraded] = set()
        self.is_stopping = False

    def retire(self) -> None:
        """
        Accept nobody, answer what was asked, say goodbye to the WebSockets.

        Takes at most `patience.stop` for the requests and `patience.goodbye` for
        the WebSockets. They go last: an answer in the making may still send on them.
        """
        self.is_stopping = True
        self.close()
        for connection in self.connections.copy():
            if not connection.is_busy:
                connection.cut()
        self._wait(self.connections, self.patience.stop)
        for websocket in self.upgraded.copy():
            websocket.close(CloseReason.GOING_AWAY)
        self._wait(self.upgraded, self.patience.goodbye)
        for rest in (self.connections, self.upgraded):
            for one in rest.copy():
                one.cut()
        self._wait(self.connections, CUT_SECONDS)
        self._wait(self.upgraded, CUT_SECONDS)

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        """Handle a TLS connection; who stalls or spoils the handshake is let go without a word."""
        client_socket.settimeout(self.patience.head)
        try:
            secured = self.wrap_socket(client_socket, **self.ssl_args)
        except OSError:
            return
        with secured:
            self.handle(secured, address)

    def _wait(self, rest: Collection[Any], seconds: float) -> None:
        with gevent.Timeout(seconds, False):
            while rest:
                gevent.sleep(0.02)
