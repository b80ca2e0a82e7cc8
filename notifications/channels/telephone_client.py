"""Twilio's own client, with one try, short waits, no log of whom it writes to, and no state that threads share."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from notifications.channels.one_try import OneTry
from notifications.channels.telephone_account import TWILIO, TelephoneAccount
from notifications.channels.telephone_answer import Said, Verdict, verdict_of
from notifications.parcel import Outcome

#: Requests at once, for texts and for calls.
AT_ONCE = 32

#: A text that calls somebody is of no use after this; Twilio then throws it away itself.
CALL_KEPT_S = 120

#: So long it rings: a network's voicemail answers later than this.
RINGS_S = 20

#: An environment that tells the client nothing: it would read one of its own.
NOTHING_TOLD = {"": ""}

NO_ANSWER = Verdict(Outcome.RETRY, "no answer from the provider")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a connection stands, and until an answer begins."""

    connect_s: float = 2.0
    read_s: float = 4.0


class TelephoneClient:
    """One account; many threads may use it at once. Nothing is raised, and nothing is tried twice."""

    def __init__(self, account: TelephoneAccount, *, patience: Patience | None = None) -> None:
        self._account = account
        self._http = _Http(account.endpoint, patience or Patience())
        self._client = Client(
            account.account_sid, account.auth_token, http_client=self._http, environment=dict(NOTHING_TOLD)
        )

    def text(self, number: str, words: str, *, status_url: str, urgent: bool) -> Verdict | None:
        """One text message; None when Twilio has taken it."""
        account = self._account
        sender = {"messaging_service_sid": account.service} if account.service else {"from_": account.number}
        kept = {"validity_period": CALL_KEPT_S} if urgent else {}
        create = self._client.messages.create
        return self._try(lambda: create(to=number, body=words, status_callback=status_url, **sender, **kept))

    def ring(self, number: str, twiml: str, *, status_url: str) -> Verdict | None:
        """One call, which reads out what is told; None when Twilio has taken it."""
        create = self._client.calls.create
        sender = self._account.number or ""
        return self._try(
            lambda: create(to=number, from_=sender, twiml=twiml, timeout=RINGS_S, status_callback=status_url)
        )

    def _try(self, create: Callable[[], Any]) -> Verdict | None:
        """What came of it: an answer nobody foresaw must not end the thread that reads it."""
        try:
            return None if create().sid else Verdict(Outcome.RETRY, "unknown answer: no sid", alarming=True)
        except requests.RequestException:
            return NO_ANSWER
        except TwilioException as fault:
            status, code = getattr(fault, "status", 0), getattr(fault, "code", None)
            return verdict_of(Said(status, None if code == status else code, self._http.retry_after_s()))
        except Exception as fault:  # noqa: BLE001 - every one of them is an answer
            return Verdict(Outcome.RETRY, f"unknown answer: {type(fault).__name__}", alarming=True)


class _Http(HttpClient):  # type: ignore[misc]
    """
    What the client sends by.

    The one that comes with it answers from a field that all threads share, so
    that one of them may read another's answer; and it writes bodies to the log.
    """

    def __init__(self, endpoint: str, patience: Patience) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False)
        self._endpoint = endpoint
        self._waits = (patience.connect_s, patience.read_s)
        self._session = requests.Session()
        for prefix in ("https://", "http://"):
            self._session.mount(prefix, OneTry(AT_ONCE))
        self._own = threading.local()

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        self._own.headers = {}
        found = self._session.request(
            method,
            uri.replace(TWILIO, self._endpoint, 1),
            params=params,  # type: ignore[arg-type]
            data=data,
            headers=headers,
            auth=auth,
            timeout=self._waits,
            allow_redirects=False,
        )
        self._own.headers = found.headers
        return Response(found.status_code, found.text, found.headers)

    def retry_after_s(self) -> float | None:
        """What the last answer to this thread asked for."""
        told = self._own.headers.get("Retry-After")
        if told is None or told.strip().isdecimal():
            return None if told is None else float(told)
        try:
            at = parsedate_to_datetime(told)
        except ValueError:
            return None
        return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
