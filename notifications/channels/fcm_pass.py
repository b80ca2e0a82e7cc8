"""Google's access token: fetched beside the pushes, so that none of them waits for it, or fetches it again, itself."""

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import service_account
from requests import Session
from requests.adapters import HTTPAdapter

from notifications.channels.fcm_answer import NoPass

#: All a sender of pushes may do.
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"

#: Seconds a push waits for the first token; between two looks for one; and before its end that it is renewed.
PATIENCE_S, LONGEST_WAIT_S, EARLY_S = 2.0, 30.0, 300.0


class HeldPass(Credentials):
    """
    Credentials for Google's own session, which it may use and not renew.

    A session of Google's would fetch a token in each of thirty-two threads, and
    answer a 401 by fetching and sending twice more. Here one thread fetches; a
    401 ends that push's try and asks the thread for another token.
    """

    def __init__(self, account: Mapping[str, Any], *, timeout_s: float) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        read = service_account.Credentials.from_service_account_info
        self._account: Any = read(account, scopes=[SCOPE])  # type: ignore[no-untyped-call]
        session = Session()
        for prefix in ("https://", "http://"):
            session.mount(prefix, HTTPAdapter(max_retries=0))
        self._request = Request(session)
        self._timeout_s = timeout_s
        self._is_good = threading.Event()
        self._is_wanted = threading.Event()
        self._refused = False

    def keep(self) -> None:
        """Start fetching; the thread ends with its process."""
        threading.Thread(target=self._keep, name="access-token", daemon=True).start()

    def before_request(self, request: object, method: str, url: str, headers: dict[str, str]) -> None:
        """Raises NoPass when there is no token within a moment."""
        if not self._is_good.wait(PATIENCE_S):
            raise NoPass(refused=self._refused)
        self.apply(headers)  # type: ignore[no-untyped-call]

    def refresh(self, request: object) -> None:
        """What the session asks for after a 401. Raises NoPass: whether to try again is the delivery's to say."""
        raise self.refused_with(self.token)

    @property
    def in_hand(self) -> str | None:
        """The token of this moment, for who cannot wait."""
        return self.token if self._is_good.is_set() else None

    @property
    def missing(self) -> NoPass:
        """Why there is none."""
        return NoPass(refused=self._refused)

    def refused_with(self, token: str | None) -> NoPass:
        """Google did not take this token: another is fetched, unless that has been done since."""
        if token == self.token:
            self._is_good.clear()
            self._is_wanted.set()
        return NoPass(refused=True)

    def _keep(self) -> None:
        failures = 0
        while True:
            failures = 0 if self._fetch() else failures + 1
            wait = min(LONGEST_WAIT_S, 2.0 ** (failures - 1)) if failures else self._good_for()
            self._is_wanted.wait(wait)
            if self._is_wanted.is_set() and not failures:
                # Tokens that are refused one after the other are not fetched as fast as pushes fail.
                time.sleep(1)
            self._is_wanted.clear()

    def _fetch(self) -> bool:
        try:
            self._account.refresh(_within(self._request, self._timeout_s))
        except RefreshError as fault:
            self._refused = not fault.retryable
            return False
        except GoogleAuthError:
            self._refused = False
            return False
        self.token = self._account.token
        self._is_good.set()
        return True

    def _good_for(self) -> float:
        expiry = self._account.expiry
        if expiry is None:
            return LONGEST_WAIT_S * 60
        left: float = (expiry.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()
        return max(LONGEST_WAIT_S, left - EARLY_S)


def _within(request: Request, timeout_s: float) -> Any:
    """Google's own default is two minutes."""

    def ask(**what: Any) -> Any:
        return request(**{**what, "timeout": timeout_s})

    return ask
