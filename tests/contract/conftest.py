"""What contract tests share: a push service for browsers."""

from collections.abc import Iterator

import pytest

from tests.browser_pushes import PushService, PushServiceMissing, running_push_service


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushService]:
    """
    One that really decrypts; a test that needs it fails with one line where it is not installed.
    """
    try:
        with running_push_service() as one:
            yield one
    except PushServiceMissing as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None
