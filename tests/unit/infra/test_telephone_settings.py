"""The telephone's settings: all of them or none, and the start says which is missing."""

from pathlib import Path

import pytest

from backend.kernel.errors import Invalid
from infra.doctor import examine
from infra.settings import PREFIX, Settings, read_settings
from notifications.channels.telephone_account import TWILIO, TelephoneAccount

SID, TOKEN, NUMBER, SERVICE = "AC" + "0" * 32, "t" * 32, "+442071234567", "MG" + "0" * 32
WHOLE = {
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO_FROM": NUMBER,
    "PUBLIC_URL": "https://blue.example/",
}


def read(values: dict[str, str]) -> Settings:
    return read_settings({PREFIX + name: value for name, value in values.items()})


def said_of(settings: Settings) -> list[tuple[str, bool]]:
    """What the doctor says of it."""
    words = ("SMS", "voice", "Twilio")
    return [(one.what, one.well) for one in examine(settings) if one.what.startswith(words)]


def test_a_whole_account_is_read() -> None:
    """
    Without the address's last stroke; its token stands in no repr.
    """
    account = read(WHOLE).telephone

    assert TelephoneAccount(SID, TOKEN, "https://blue.example", number=NUMBER, endpoint=TWILIO) == account
    assert TOKEN not in repr(read(WHOLE))


@pytest.mark.parametrize(
    ("told", "number", "service"),
    [(NUMBER, NUMBER, None), (SERVICE, None, SERVICE), (f"{SERVICE}, {NUMBER}", NUMBER, SERVICE)],
)
def test_a_number_a_service_or_both_may_send(told: str, number: str | None, service: str | None) -> None:
    """
    In any order.
    """
    account = read({**WHOLE, "TWILIO_FROM": told}).telephone

    assert account is not None
    assert (number, service) == (account.number, account.service)


def test_a_token_may_stand_in_a_file(tmp_path: Path) -> None:
    """
    As every secret may.
    """
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    told = {**WHOLE, "TWILIO_AUTH_TOKEN_FILE": str(file)}
    del told["TWILIO_AUTH_TOKEN"]

    account = read(told).telephone

    assert account is not None
    assert TOKEN == account.auth_token


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_what_is_missing_is_named(missing: str) -> None:
    """
    Once, and nothing else is.
    """
    with pytest.raises(Invalid) as refused:
        read({name: value for name, value in WHOLE.items() if name != missing})

    assert [(PREFIX + missing, "is needed for SMS and voice")] == [
        (fault.field, fault.message) for fault in refused.value.errors
    ]


def test_what_is_wrong_is_not_called_missing() -> None:
    """
    One line a setting.
    """
    with pytest.raises(Invalid) as refused:
        read({**WHOLE, "PUBLIC_URL": "blue.example", "TWILIO_FROM": "Bluelight"})

    assert [PREFIX + "PUBLIC_URL", PREFIX + "TWILIO_FROM"] == sorted(fault.field for fault in refused.value.errors)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, [("SMS and voice: off, played by the recorder", True)]),
        (
            WHOLE,
            [
                (f"SMS and voice: set up, by the Twilio account {SID}", True),
                ("Twilio answers at https://blue.example", True),
            ],
        ),
        (
            {**WHOLE, "TWILIO_FROM": SERVICE, "PUBLIC_URL": "http://blue.example"},
            [
                (f"SMS: set up, by the Twilio account {SID}", True),
                ("voice: off, there is no number to ring from", True),
                ("Twilio answers at http://blue.example", False),
            ],
        ),
    ],
)
def test_the_doctor_says_what_goes_out_and_comes_in(
    tmp_path: Path, told: dict[str, str], said: list[tuple[str, bool]]
) -> None:
    """
    Answers come by https, or not at all.
    """
    settings = read({**told, "DATA_DIR": str(tmp_path)})

    assert said == said_of(settings)
