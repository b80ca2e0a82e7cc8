"""Structured logs: an event with ids a line; a field that could hold somebody's data is never written."""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import IO, Any, TextIO, cast

import structlog

#: Names under which personal data might be handed to a log by mistake; what they hold is dropped.
FORBIDDEN = frozenset(
    {
        "accuracy_m",
        "address",
        "body",
        "email",
        "latitude",
        "longitude",
        "mobile",
        "name",
        "note",
        "password",
        "position",
        "push_value",
        "target",
        "targets_list",
        "text",
        "token",
        "words",
    }
)


def redact(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what must not be in a log, whoever put it there; a log line is flat, so what is nested is dropped too."""
    for name, value in line.items():
        if name in FORBIDDEN or isinstance(value, dict | list | tuple | set):
            line[name] = "[not logged]"
    return line


def places_only(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its kind and the places it passed; its words may quote what a person wrote."""
    fault = line.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()[1]
    elif isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        line["fault"] = type(fault).__name__
        trace, places = fault.__traceback__, []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 2)[-2:][-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        line["at"] = " < ".join(reversed(places[-8:]))
    return line


class Patient:
    """A stream that loses what it cannot write: a log on a full disk must not stop a tap."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def set_up(level: str, *, pretty: bool) -> None:
    """JSON a line on stderr, or coloured for a person at a terminal."""
    renderer: Any = structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="when"),
            redact,
            places_only,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Patient(sys.stderr))),
        cache_logger_on_first_use=True,
    )
