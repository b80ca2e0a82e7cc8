"""What contract tests share: a push service for browsers, and Google as thousands are sent to it."""

from collections.abc import Iterator

import pytest

from notifications.channels.fcm_crowd import FcmCrowd
from tests.browser_pushes import PushService, PushServiceMissing, running_push_service
from tests.contract.crowd import IMPATIENT
from tests.google_by_http2 import GoogleByHttp2, google_by_http2


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


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoogleByHttp2]:
    """
    Google by HTTP/2: one for all tests of a file.
    """
    with google_by_http2(tmp_path_factory.mktemp("google")) as one:
        yield one


@pytest.fixture(scope="module")
def trusted(stand_in: GoogleByHttp2) -> Iterator[None]:
    """
    Its authority is believed, as an operator would say it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(stand_in.authority))
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield


@pytest.fixture(scope="module")
def crowd(stand_in: GoogleByHttp2, trusted: None) -> FcmCrowd:
    """
    The sender, with its connections kept from test to test.
    """
    return FcmCrowd(stand_in.account, endpoint=stand_in.endpoint, patience=IMPATIENT)
