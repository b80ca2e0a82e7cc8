"""Firebase Cloud Messaging by Google's own client, with its hidden retries and two-minute waits off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import firebase_admin
from firebase_admin import credentials, exceptions, messaging

from notifications.channels.fcm_answer import answer_of, verdict_of
from notifications.channels.fcm_message import message_of, payload_check
from notifications.channels.fcm_pass import HeldPass
from notifications.channels.one_try import OneTry
from notifications.channels.push import Answer, Push

ENDPOINT = "https://fcm.googleapis.com"

#: Pushes at once; a connection is kept for each.
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a connection stands, and until an answer begins."""

    connect_s: float = 2.0
    read_s: float = 4.0


class _ByPass(credentials.Base):  # type: ignore[misc]
    """The client's own wrapping of credentials."""

    def __init__(self, held: HeldPass) -> None:
        self._held = held

    def get_credential(self) -> HeldPass:
        return self._held


class Fcm:
    """
    One project at Google; `send` may be called by many threads at once.

    Each push is one request: whether it is tried again is the delivery's to say.
    """

    def __init__(self, account: Mapping[str, Any], *, endpoint: str = ENDPOINT, patience: Patience | None = None):
        """Raises ValueError for an account that is none."""
        waits = patience or Patience()
        self.held_pass = HeldPass(account, timeout_s=waits.read_s)
        self._app = app_of(account, self.held_pass, waits)
        session = service_of(self._app, endpoint)._client.session
        # Its adapters retry five times inside one call. A test holds the figures, so that an upgrade cannot undo this.
        for prefix in tuple(session.adapters):
            session.mount(prefix, OneTry(AT_ONCE))
        self.held_pass.keep()

    def send(self, push: Push) -> Answer:
        """One try; nothing is raised."""
        now = datetime.now(UTC)
        fault = self._try(message_of(push, now=now), dry_run=False)
        if isinstance(fault, exceptions.InvalidArgumentError):
            return verdict_of(self._try(payload_check(push, now=now), dry_run=True), now=now)
        return answer_of(fault, now=now)

    def close(self) -> None:
        firebase_admin.delete_app(self._app)

    def _try(self, message: messaging.Message, *, dry_run: bool) -> BaseException | None:
        """What sending it raised: an answer nobody foresaw must not end the thread that reads it."""
        try:
            messaging.send(message, dry_run=dry_run, app=self._app)
        except Exception as fault:  # noqa: BLE001 - every one of them is an answer, read by `answer_of`
            return fault
        return None


def app_of(account: Mapping[str, Any], held_pass: HeldPass, patience: Patience) -> firebase_admin.App:
    """Google's client for this account, by an access token that it does not fetch itself."""
    options = {"projectId": account["project_id"], "httpTimeout": (patience.connect_s, patience.read_s)}
    return firebase_admin.initialize_app(_ByPass(held_pass), options, name=str(uuid4()))


def service_of(app: firebase_admin.App, endpoint: str) -> Any:
    """The part of it that pushes, at this address: the client has its own as a constant and offers no other."""
    service = messaging._get_messaging_service(app)
    service._fcm_url = f"{endpoint}/v1/projects/{app.project_id}/messages:send"
    return service
