"""Settings are read once, and a wrong one stops the start with one line."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from backend.kernel.errors import Invalid
from infra.settings import PREFIX, Settings, read_settings

NAMES = (
    "DATABASE_URL",
    "SECRET_KEY",
    "PUBLIC_URL",
    "DATA_DIR",
    "LOG_LEVEL",
    "METRICS_TOKEN",
    "AUDIT_ANCHOR",
    "FIREBASE_CREDENTIALS",
    "FCM_ENDPOINT",
    "FCM_PER_SECOND",
    "CANARY_SECONDS",
    "DEADMAN_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "VAPID_PRIVATE_KEY",
    "WEB_PUSH_HOSTS",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM",
    "TWILIO_ENDPOINT",
)
SECRET = "s" * 32


def read(**values: str) -> Settings:
    return read_settings({PREFIX + name: value for name, value in values.items()})


def faults(**values: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        read(**values)
    return {fault.field.removeprefix(PREFIX): fault.message for fault in refused.value.errors}


def test_nothing_need_be_set() -> None:
    """
    The embedded form starts with what is safe for development.
    """
    assert read_settings({}) == Settings()
    assert Settings().anchor == Path("var/bluelight/audit.anchor")


def test_every_value_arrives_in_its_place() -> None:
    """
    Under its name, and with the type that the code wants.
    """
    found = read(
        DATABASE_URL="postgresql://h/d",
        SECRET_KEY=SECRET,
        PUBLIC_URL="https://example.org",
        DATA_DIR="/srv/x",
        LOG_LEVEL="WARNING",
        METRICS_TOKEN="t",
        AUDIT_ANCHOR="/srv/anchor",
        RESERVE_MB="8",
        CANARY_SECONDS="300",
        DEADMAN_URL="https://watcher.example/ping",
    )

    assert found == Settings(
        Path("/srv/x"),
        "postgresql://h/d",
        SECRET,
        "https://example.org",
        "t",
        Path("/srv/anchor"),
        "warning",
        reserve_mb=8,
        canary_seconds=300,
        deadman_url="https://watcher.example/ping",
    )
    assert found.anchor == Path("/srv/anchor")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://h/d"),
        ("DATABASE_URL", "sqlite:///x"),
        ("DATABASE_URL", "postgresql://[half"),
        ("DATABASE_URL", "postgresql://host:port/d"),
        ("PUBLIC_URL", "example.org"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("PUBLIC_URL", "http://[::1"),
        ("SECRET_KEY", "s" * 31),
        ("LOG_LEVEL", "loud"),
        ("RESERVE_MB", "much"),
        ("RESERVE_MB", "-1"),
        ("FCM_ENDPOINT", "fcm.example"),
        ("FCM_ENDPOINT", "http://fcm.example"),
        ("FCM_ENDPOINT", "https://host:port"),
        ("FCM_PER_SECOND", "none"),
        ("FCM_PER_SECOND", "10777"),
        ("FIREBASE_CREDENTIALS", "/nowhere/firebase.json"),
        ("FIREBASE_CREDENTIALS", "{half"),
        ("FIREBASE_CREDENTIALS", '{"type": "authorized_user"}'),
        ("FIREBASE_CREDENTIALS", '{"type": "service_account", "project_id": "p"}'),
        ("CANARY_SECONDS", "soon"),
        ("CANARY_SECONDS", "-5"),
        ("CANARY_SECONDS", "9" * 5000),
        ("DEADMAN_URL", "watcher.example"),
        ("DEADMAN_URL", "file:///etc/passwd"),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32),
        ("TWILIO_AUTH_TOKEN", "too short"),
        ("TWILIO_FROM", "02071234567"),
        ("TWILIO_FROM", "Bluelight"),
        ("TWILIO_FROM", "+442071234567,+442071234568"),
        ("TWILIO_FROM", "+442079460000,"),
        ("TWILIO_ENDPOINT", "http://api.twilio.example"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(name: str, value: str) -> None:
    """
    The line says which setting it is; a secret does not end up in a log.
    """
    told = faults(**{name: value})

    assert set(told) == {name}
    assert value not in told[name]


def test_all_wrong_values_are_named_at_once() -> None:
    """
    Nobody starts five times to find five faults.
    """
    assert set(faults(DATABASE_URL="x", PUBLIC_URL="x", SECRET_KEY="x", LOG_LEVEL="x")) == {
        "DATABASE_URL",
        "PUBLIC_URL",
        "SECRET_KEY",
        "LOG_LEVEL",
    }


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """
    Its blanks and its line's end are no part of it.
    """
    file = tmp_path / "secret"
    file.write_text(f"  {SECRET}\n")

    assert read(SECRET_KEY_FILE=str(file)).secret_key == SECRET


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None) -> None:
    """
    Whether it is not there or not text.
    """
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)

    assert set(faults(**{f"{name}_FILE": str(file)})) == {f"{name}_FILE"}


def test_a_value_given_twice_is_refused(tmp_path: Path) -> None:
    """
    Nobody could say which of them counts.
    """
    file = tmp_path / "secret"
    file.write_text(SECRET)

    assert set(faults(SECRET_KEY=SECRET, SECRET_KEY_FILE=str(file))) == {"SECRET_KEY"}


@given(st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(exclude_characters="\x00"), max_size=60)))
def test_no_value_ends_in_a_traceback(values: dict[str, str]) -> None:
    """
    Settings or Invalid, whatever somebody typed.
    """
    try:
        found = read(**values)
    except Invalid:
        found = None

    assert found is None or found.log_level in ("debug", "info", "warning", "error")
