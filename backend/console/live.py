"""The control room's socket: /console."""

from typing import Any

from flask import request

from backend.kernel.vocabulary import Face
from backend.people.account import Principal
from backend.web import console_cookie
from backend.web.access import known_by_cookie
from backend.web.context import now
from backend.web.live import StreamNamespace


class ConsoleNamespace(StreamNamespace):
    """Open to controllers, advisers and auditors; what each is told is the recipes' to say."""

    face = Face.CONSOLE

    def may_open(self, person: Principal) -> bool:
        return person.may_watch_console

    def recognises(self, told: dict[str, Any]) -> Principal:
        """By the token; without one by the cookie, if it is a page of ours that opens the socket."""
        secret = console_cookie.presented() if told.get("token") is None else None
        # A handshake has no token of a page beside it: its Origin, which no script can set, stands for that.
        if secret is None or not console_cookie.is_ours(request.headers.get("Origin")):
            return super().recognises(told)
        return known_by_cookie(secret, now=now())
