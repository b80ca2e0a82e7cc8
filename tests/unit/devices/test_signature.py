"""Only who knows the secret signs, only this body, and only now."""

from uuid import UUID

import pytest

from backend.devices.signature import WINDOW_S, Signature, secret_of, sign, verified

SECRET = secret_of(b"k" * 32, UUID(int=1), 1)
BODY = b'{"press_id": 1}'
AT = 1_795_352_417
GOOD = sign(SECRET, BODY, at=AT)
MAC = GOOD.partition("v1=")[2]


def test_the_recipe_is_the_published_one() -> None:
    """
    A maker computes it with any tool: HMAC-SHA-256 over the time, a dot and the body's bytes, in hexadecimal.
    """
    # As `printf '5.{}' | openssl dgst -sha256 -hmac secret` tells it.
    told = "f18d2fcd9a24151471e3e2d71bc7ce901fb7b89b341918a08f95e9ffc497ea26"

    assert f"t=5,v1={told}" == sign("secret", b"{}", at=5)


@pytest.mark.parametrize(
    "header",
    [GOOD, f"v1={MAC},t={AT}", f"t={AT}, v1={MAC}", f"t={AT},v1=0000,v1={MAC}", f"t={AT},v0=x,v1={MAC}"],
)
def test_a_good_signature_is_the_same_however_it_is_written(header: str) -> None:
    """
    So that a request caught and written anew is still the same press.
    """
    assert Signature(AT, MAC) == verified(SECRET, header, BODY)


@pytest.mark.parametrize(
    "header",
    [
        "",
        MAC,
        f"v1={MAC}",
        f"t={AT}",
        f"t={AT},v1=",
        f"t={AT},v1={MAC.upper()}",
        f"t={AT},v1={MAC[:-1]}",
        f"t={AT + 1},v1={MAC}",
        f"t={AT},t={AT},v1={MAC}",
        f"t=-{AT},v1={MAC}",
        f"t=+{AT},v1={MAC}",
        f"t= {AT},v1={MAC}",
        f"t={AT}.0,v1={MAC}",
        f"t=1{'0' * 400},v1={MAC}",
        "t=٣,v1=\ud800",
        sign("another", BODY, at=AT),
        sign(SECRET, BODY + b" ", at=AT),
    ],
)
def test_anything_else_is_no_signature(header: str) -> None:
    """
    Another time, another body, another secret, or no sense at all.
    """
    assert verified(SECRET, header, BODY) is None


@pytest.mark.parametrize(
    ("off_s", "fresh"), [(0, True), (WINDOW_S, True), (-WINDOW_S, True), (WINDOW_S + 1, False), (-WINDOW_S - 1, False)]
)
def test_it_is_good_for_a_quarter_of_an_hour(off_s: int, fresh: bool) -> None:
    """
    Either way: a device's clock is rarely right.
    """
    assert fresh is Signature(AT, MAC).is_fresh(now=AT + off_s)


def test_every_device_and_generation_has_a_secret_of_its_own() -> None:
    """
    And none of them can be made without the service's key.
    """
    secrets = {
        secret_of(key, UUID(int=device), generation)
        for key in (b"k" * 32, b"q" * 32)
        for device in (1, 2)
        for generation in (1, 2)
    }

    assert 8 == len(secrets)
