"""The mail server's address and the key for browsers are read once, and a wrong one stops the start with one line."""

import base64
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backend.kernel.errors import Invalid, Unavailable
from infra.posting import NOBODY, post_greeting, subject_of
from infra.settings import PREFIX, Settings, read_settings
from infra.vapid_key import NAME, public_half, read_vapid, vapid_of
from infra.wiring import vapid_private
from notifications.channels.mail_relay import Relay, Secrecy
from notifications.channels.push_channel import BROWSERS
from notifications.channels.web_push_letter import MAKERS

FROM = "safety@campus.example"


def read(**values: str) -> Settings:
    return read_settings({PREFIX + name: value for name, value in values.items()})


def fault(**values: str) -> str:
    with pytest.raises(Invalid) as refused:
        read(**values)
    (found,) = refused.value.errors
    return f"{found.field} {found.message}"


def pem(key: Any) -> str:
    told: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return told.decode()


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        (
            "smtp://blue:p%40ss%3A@mail.example",
            Relay("mail.example", 587, Secrecy.STARTTLS, FROM, "blue", "p@ss:"),
        ),
        ("smtps://mail.example:4650/", Relay("mail.example", 4650, Secrecy.TLS, FROM)),
        ("smtps://mail.example", Relay("mail.example", 465, Secrecy.TLS, FROM)),
        ("smtp://127.0.0.1:2525", Relay("127.0.0.1", 2525, Secrecy.NONE, FROM)),
        ("smtp://localhost", Relay("localhost", 25, Secrecy.NONE, FROM)),
        (
            "smtp://mail.example?from=Campus%20Safety%20<other@campus.example>",
            Relay("mail.example", 587, Secrecy.STARTTLS, "Campus Safety <other@campus.example>"),
        ),
    ],
)
def test_a_mail_server_is_spoken_to_behind_tls_but_on_this_machine(url: str, relay: Relay) -> None:
    """
    With the usual ports, a password whose signs are written as in any address, and a sender.
    """
    found = read(SMTP_URL=url, MAIL_FROM=FROM).mail

    assert relay == found
    assert relay == Relay.from_told(relay.told())
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example", "must begin with smtp://"),
        ("smtp://", "must begin with smtp://"),
        ("smtp://mail.example:99999", "is no address"),
        ("smtp://mail.example/inbox", "must begin with smtp://"),
        ("smtp://blue@mail.example", "names a user and a password, or neither"),
        ("smtp://blue:secret@mail.example?tls=no", "knows nothing after the host but ?from="),
        ("smtp://mail.example?from=nobody", "must be an address"),
        ("smtp://blue:se%0D%0Acret@mail.example", "cannot be printed"),
        ("smtp://mail.example?from=a@b.example%0D%0ABcc:c@d.example", "must be an address"),
    ],
)
def test_a_wrong_address_is_named_in_one_line_without_its_password(url: str, said: str) -> None:
    """
    The start ends there: nobody finds out on the day of the gas leak.
    """
    found = fault(SMTP_URL=url, MAIL_FROM=FROM)

    assert found.startswith("BLUELIGHT_SMTP_URL ")
    assert said in found
    assert "secret" not in found


def test_mail_needs_a_sender() -> None:
    """
    In the address or by itself; one that is none is named.
    """
    assert "BLUELIGHT_MAIL_FROM" in fault(SMTP_URL="smtp://mail.example")
    assert fault(MAIL_FROM="safety").startswith("BLUELIGHT_MAIL_FROM must be an address")


def test_a_key_for_browsers_is_taken_as_pem_or_in_base64url() -> None:
    """
    Both mean the same key; a browser subscribes with its public half, 65 bytes.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    raw = base64.urlsafe_b64encode(key.private_numbers().private_value.to_bytes(32)).decode()

    found = {read(VAPID_PRIVATE_KEY=told).vapid_private_key for told in (pem(key), raw, raw.rstrip("="))}

    assert {raw.rstrip("=")} == found
    assert 65 == len(base64.urlsafe_b64decode(public_half(raw.rstrip("=")) + "="))


@pytest.mark.parametrize(
    "told",
    [
        "short",
        "a" * 43 + "!",
        base64.urlsafe_b64encode(b"\0" * 32).decode(),
        base64.urlsafe_b64encode(b"\xff" * 32).decode(),
        "-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)),
    ],
)
def test_a_key_that_is_none_stops_the_start(told: str) -> None:
    """
    In a sentence that does not hold it.
    """
    found = fault(VAPID_PRIVATE_KEY=told)

    assert found.startswith("BLUELIGHT_VAPID_PRIVATE_KEY ")
    assert told not in found


def test_a_key_is_drawn_once_for_its_owner_alone(tmp_path: Path) -> None:
    """
    Another start finds the same one; one that cannot be read is never replaced.
    """
    first, second = vapid_of(tmp_path), vapid_of(tmp_path)
    mode = (tmp_path / NAME).stat().st_mode & 0o777
    left = [file.name for file in tmp_path.iterdir()]
    (tmp_path / NAME).write_text("spoiled")

    with pytest.raises(Unavailable, match=NAME):
        vapid_of(tmp_path)

    assert first == second == read_vapid(first)
    assert (0o600, [NAME]) == (mode, left)


def test_a_key_that_cannot_be_used_stops_no_start(tmp_path: Path) -> None:
    """
    No browser is rung and `doctor` says so; everything else goes on.
    """
    (tmp_path / NAME).write_text("not a key")
    settings = Settings(data_dir=tmp_path, secret_key="a secret of thirty-two characters or more")

    private = vapid_private(settings)

    assert private is None
    assert post_greeting(settings, private)[BROWSERS] is None


def test_only_browsers_makers_are_called_unless_told(tmp_path: Path) -> None:
    """
    Other hosts by name; a dot in front stands for those below it.
    """
    assert MAKERS == Settings().web_push_hosts
    assert (".push.example.org", "127.0.0.1") == read(WEB_PUSH_HOSTS=".push.example.org, 127.0.0.1").web_push_hosts
    assert "names of hosts" in fault(WEB_PUSH_HOSTS="https://push.example.org")
    assert "names of hosts" in fault(WEB_PUSH_HOSTS=".")


def test_browsers_makers_are_told_whom_to_write_to() -> None:
    """
    The institution's address, else that of its mail, else nobody.
    """
    mail = Relay("mail.example", 587, Secrecy.STARTTLS, f"Campus Safety <{FROM}>")

    found = [
        subject_of(Settings(public_url="https://safe.campus.example:8443/x", mail=mail)),
        subject_of(Settings(public_url="http://127.0.0.1:8080", mail=mail)),
        subject_of(Settings()),
    ]

    assert ["https://safe.campus.example", f"mailto:{FROM}", NOBODY] == found
