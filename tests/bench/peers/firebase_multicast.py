"""Google's own client as its manual uses it for thousands: batches of 500, a thread for each push."""

import json
import sys
import time
import warnings
from pathlib import Path

import firebase_admin
import requests
from firebase_admin import _http_client, credentials, messaging

BATCH = 500


def main(account: str, endpoint: str) -> None:
    """For each number that comes in a line, so many pushes; how long they took, what they cost and how many went."""
    warnings.simplefilter("ignore", DeprecationWarning)
    # Its address is a constant, and its pool of connections is for that address.
    messaging._MessagingService.FCM_URL = endpoint + "/v1/projects/{0}/messages:send"
    app = firebase_admin.initialize_app(credentials.Certificate(json.loads(Path(account).read_text(encoding="utf-8"))))
    session = messaging._get_messaging_service(app)._client.session
    retries = _http_client.DEFAULT_RETRY_CONFIG
    pool = requests.adapters.HTTPAdapter(pool_connections=100, pool_maxsize=100, max_retries=retries)
    session.mount(endpoint, pool)
    for line in sys.stdin:
        tokens = [f"d{number:06d}:{'x' * 140}" for number in range(int(line))]
        began, cpu = time.perf_counter(), time.process_time()
        went = sum(
            messaging.send_each_for_multicast(words(tokens[first : first + BATCH])).success_count
            for first in range(0, len(tokens), BATCH)
        )
        told = {"s": time.perf_counter() - began, "cpu_s": time.process_time() - cpu, "went": went}
        print(json.dumps(told), flush=True)


def words(tokens: list[str]) -> messaging.MulticastMessage:
    return messaging.MulticastMessage(
        tokens=tokens,
        data={"broadcast_id": "1", "version": "1", "hash": "0123456789abcdef", "severity": "severe"},
        notification=messaging.Notification(title="Fire at Beit", body="Leave Beit now by the nearest exit."),
        android=messaging.AndroidConfig(priority="high", ttl=3600),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
