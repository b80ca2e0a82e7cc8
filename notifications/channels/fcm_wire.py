"""What goes over the wire to Firebase and what its answers mean, both by Google's own client."""

import json
from collections.abc import Mapping
from typing import Any

import requests
from certifi import where
from firebase_admin import _http_client, exceptions, messaging

from notifications.channels.many_requests import Broken, Reply

#: Said by libcurl itself, or of no meaning to HTTP/2.
_NOT_OURS = frozenset({"connection", "content-length", "accept-encoding", "authorization"})

_BROKEN = {
    Broken.LATE: exceptions.DeadlineExceededError("no answer in time"),
    Broken.CUT: exceptions.UnavailableError("the connection broke"),
    Broken.REFUSED: exceptions.UnavailableError("the connection was about to end"),
}


class Wire:
    """
    Google's client, asked what it would send and what it would raise.

    `service` is its own messaging service; its private names are taken here and
    in `fcm`, and a test holds every byte against what it sends by itself.
    """

    def __init__(self, service: Any) -> None:
        self._service = service
        self._session = requests.Session()
        self.url: str = service._fcm_url

    @property
    def headers(self) -> dict[str, str]:
        """What it says of itself with each request."""
        told = self._prepared({}).headers
        return {name: value for name, value in told.items() if name.lower() not in _NOT_OURS}

    @property
    def trust(self) -> str:
        """The file of authorities that it believes."""
        found = self._session.merge_environment_settings(self.url, {}, None, None, None)["verify"]
        return found if isinstance(found, str) else where()

    def body(self, message: messaging.Message, *, dry_run: bool = False) -> bytes:
        """Raises ValueError for a message that is none."""
        told = self._prepared(self._service._message_data(message, dry_run)).body
        assert isinstance(told, bytes)
        return told

    def fault(self, reply: Reply) -> BaseException | None:
        """What it would raise at this reply; None when the push was taken."""
        if reply.broken is not None:
            broken: BaseException = _BROKEN[reply.broken]
            return broken
        if reply.status == requests.codes.ok and _names_it(reply.body):
            return None
        try:
            self._raise_for(_response(reply))
        except Exception as fault:  # noqa: BLE001 - every one of them is an answer, read by `answer_of`
            return fault
        return None

    def _raise_for(self, response: requests.Response) -> None:
        try:
            response.raise_for_status()
            self._service._client.parse_body(response)["name"]
        except requests.exceptions.RequestException as fault:
            raise self._service._handle_fcm_error(fault) from fault

    def _prepared(self, told: Mapping[str, Any]) -> requests.PreparedRequest:
        headers = {**self._service._fcm_headers, **_http_client.METRICS_HEADERS}
        return self._session.prepare_request(requests.Request("POST", self.url, headers=headers, json=told))


def _names_it(body: bytes) -> bool:
    """The usual answer, read without the client's ceremony."""
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and "name" in told


def _response(reply: Reply) -> requests.Response:
    response = requests.Response()
    response.status_code = reply.status
    response._content = reply.body
    if reply.retry_after_s:
        response.headers["Retry-After"] = str(reply.retry_after_s)
    return response
