"""What nobody caught: logged by its kind and its place, never by its words."""

import sys
from types import TracebackType
from typing import Any

import gevent
import structlog

#: The innermost callers are enough to find the line; more would only make the log line long.
PLACES = 6

log = structlog.get_logger()


def report(kind: type[BaseException], trace: TracebackType | None) -> None:
    """
    Log an unforeseen error.

    Its message stays out: a driver quotes the statement's values in it, a
    parser the bytes it choked on, a dictionary the key it missed.
    """
    log.error("unhandled.error", error=kind.__name__, where=_places(trace))


def quiet_the_hub() -> None:
    """Have greenlets that die reported here; gevent would print their words and their arguments."""
    gevent.get_hub().print_exception = _from_the_hub


class DiscreetLog:
    """
    The logger for engineio and socketio, which quote origins, session ids and packets.

    Their words are dropped; only an exception they caught is reported. Not for
    a manager that reaches Redis: its complaints are worth hearing.
    """

    def debug(self, *words: object) -> None: ...

    def info(self, *words: object) -> None: ...

    def warning(self, *words: object) -> None: ...

    def error(self, *words: object) -> None: ...

    def exception(self, *words: object) -> None:
        """Report the exception that is being handled."""
        kind, _, trace = sys.exc_info()
        if kind is not None:
            report(kind, trace)


class DiscreetStream:
    """What stands in `wsgi.errors`: tells that something was written there, and not what."""

    def write(self, text: str) -> None:
        """Drop the text; libraries put whole requests into it."""
        log.error("wsgi.errors.written", characters=len(text))

    def writelines(self, lines: list[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None: ...


def _from_the_hub(context: Any, kind: type[BaseException], error: Any, trace: TracebackType | None) -> None:
    report(kind, trace)


def _places(trace: TracebackType | None) -> str:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{trace.tb_frame.f_globals.get('__name__')}.{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-PLACES:])
