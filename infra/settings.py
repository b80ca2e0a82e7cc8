"""Every setting, read from the environment once; a wrong value stops the start with one line."""

import os
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from backend.console.map_tiles import MapTiles
from backend.kernel.errors import FieldFault, Invalid
from infra import telephone_settings
from infra.mail_settings import read_relay, read_sender
from infra.map_tile_settings import read_tiles_url
from infra.service_account import is_safe_address, read_service_account
from infra.vapid_key import read_vapid
from notifications.channels.mail_relay import Relay
from notifications.channels.telephone_account import TWILIO, TelephoneAccount
from notifications.channels.web_push_letter import MAKERS

T = TypeVar("T")

PREFIX = "BLUELIGHT_"

DATA_DIR = Path("var/bluelight")

LOG_LEVELS = ("debug", "info", "warning", "error")

#: Where pushes go, unless something stands in for it.
GOOGLE = "https://fcm.googleapis.com"

#: What Google takes in a second, 600,000 a minute for a project, and how much of it a broadcast uses.
FCM_QUOTA, FCM_PER_SECOND = 10_000, 9_000

#: What the name of a host is made of.
HOST_SIGNS = frozenset(string.ascii_lowercase + string.digits + ".-")

#: A secret shorter than this was typed, not drawn.
SHORTEST_SECRET = 32

#: What is kept of the embedded form's disk for calls for help (MiB): some thousands of them.
RESERVE_MB = 64

#: The canary presses this often, in seconds, unless it is told otherwise; an hour is the longest it may be silent.
CANARY_SECONDS = 60
LONGEST_SILENCE_S = 3600


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What this process was told; None for a channel or part that is off.

    `data_dir` holds the database, the keys and the anchor of the embedded form,
    and a reserve of `reserve_mb` MiB for the day its disk is full.
    """

    data_dir: Path = DATA_DIR
    database_url: str | None = None
    secret_key: str | None = None
    public_url: str | None = None
    metrics_token: str | None = None
    audit_anchor: Path | None = None
    log_level: str = "info"
    failpoints: str = ""
    reserve_mb: int = RESERVE_MB
    canary_seconds: int = CANARY_SECONDS
    deadman_url: str | None = None
    firebase_account: dict[str, Any] | None = field(default=None, repr=False)
    fcm_endpoint: str = GOOGLE
    fcm_per_second: int = FCM_PER_SECOND
    mail: Relay | None = None
    vapid_private_key: str | None = field(default=None, repr=False)
    web_push_hosts: tuple[str, ...] = MAKERS
    telephone: TelephoneAccount | None = None
    map_tiles: MapTiles | None = None
    redis_url: str | None = field(default=None, repr=False)

    @property
    def anchor(self) -> Path:
        """Where the audit's head is written: outside the database, best on another disk."""
        return self.audit_anchor or self.data_dir / "audit.anchor"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """
    The settings of `BLUELIGHT_*`, or of the file that `BLUELIGHT_*_FILE` names (for secrets).

    Raises Invalid naming every value that cannot be used.
    """
    told = Reading(environment)
    public_url = told.parsed("PUBLIC_URL", _web_address, None)
    settings = Settings(
        data_dir=told.parsed("DATA_DIR", Path, DATA_DIR),
        database_url=told.parsed("DATABASE_URL", _store, None),
        redis_url=told.parsed("REDIS_URL", _redis, None),
        secret_key=told.parsed("SECRET_KEY", _secret, None),
        public_url=public_url,
        metrics_token=told.text("METRICS_TOKEN"),
        audit_anchor=told.parsed("AUDIT_ANCHOR", Path, None),
        log_level=told.parsed("LOG_LEVEL", _level, "info"),
        failpoints=told.text("FAILPOINTS") or "",
        reserve_mb=told.parsed("RESERVE_MB", _megabytes, RESERVE_MB),
        canary_seconds=told.parsed("CANARY_SECONDS", _interval, CANARY_SECONDS),
        deadman_url=told.parsed("DEADMAN_URL", _web_address, None),
        firebase_account=told.parsed("FIREBASE_CREDENTIALS", read_service_account, None),
        fcm_endpoint=told.parsed("FCM_ENDPOINT", _provider, GOOGLE),
        fcm_per_second=told.parsed("FCM_PER_SECOND", _pace, FCM_PER_SECOND),
        mail=told.parsed("SMTP_URL", partial(read_relay, sender=told.parsed("MAIL_FROM", read_sender, None)), None),
        vapid_private_key=told.parsed("VAPID_PRIVATE_KEY", read_vapid, None),
        web_push_hosts=told.parsed("WEB_PUSH_HOSTS", _hosts, MAKERS),
        telephone=_telephone(told, public_url),
        map_tiles=_map_tiles(told),
    )
    if told.faults:
        raise Invalid("These settings cannot be used.", told.faults)
    return settings


class Reading:
    """The environment as it is read: what cannot be used is gathered, so that all of it is named at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.faults: list[FieldFault] = []

    def text(self, name: str) -> str | None:
        """What this setting says, by value or by file; None when it is empty or absent."""
        plain, file = self._environment.get(PREFIX + name), self._environment.get(f"{PREFIX}{name}_FILE")
        if plain and file:
            self.faults.append(FieldFault(PREFIX + name, "is given twice: by value and by file"))
        if file and not plain:
            try:
                return Path(file).read_text(encoding="utf-8").strip() or None
            except (OSError, UnicodeDecodeError):
                self.faults.append(FieldFault(f"{PREFIX}{name}_FILE", "names a file that cannot be read"))
        return plain or None

    def parsed(self, name: str, parse: Callable[[str], T], default: T) -> T:
        """The setting as `parse` reads it, whose ValueError continues "BLUELIGHT_NAME …"."""
        text = self.text(name)
        if text is None:
            return default
        try:
            return parse(text)
        except ValueError as fault:
            self.faults.append(FieldFault(PREFIX + name, str(fault)))
            return default


def _map_tiles(told: Reading) -> MapTiles | None:
    url = told.parsed("TILES_URL", read_tiles_url, None)
    return MapTiles(url, told.text("TILES_ATTRIBUTION") or "") if url else None


def _telephone(told: Reading, public_url: str | None) -> TelephoneAccount | None:
    """Twilio's part: all of it or nothing, and the address at which it can answer us."""
    sid = told.parsed("TWILIO_ACCOUNT_SID", telephone_settings.account_sid, None)
    token = told.parsed("TWILIO_AUTH_TOKEN", telephone_settings.auth_token, None)
    senders = told.parsed("TWILIO_FROM", telephone_settings.senders, None)
    endpoint = told.parsed("TWILIO_ENDPOINT", _provider, TWILIO)
    if sid and token and senders and public_url:
        return TelephoneAccount(sid, token, public_url.rstrip("/"), endpoint=endpoint, **senders)
    if sid or token or senders:
        needed = {
            "TWILIO_ACCOUNT_SID": sid,
            "TWILIO_AUTH_TOKEN": token,
            "TWILIO_FROM": senders,
            "PUBLIC_URL": public_url,
        }
        named = [fault.field for fault in told.faults]
        for name in [name for name, value in needed.items() if not value]:
            if not any(field in (PREFIX + name, f"{PREFIX}{name}_FILE") for field in named):
                told.faults.append(FieldFault(PREFIX + name, "is needed for SMS and voice"))
    return None


def _store(text: str) -> str:
    return _address(text, ("postgresql", "postgresql+psycopg"), "must begin with postgresql://")


def _redis(text: str) -> str:
    return _address(text, ("redis", "rediss", "unix"), "must begin with redis://, rediss:// or unix://")


def _web_address(text: str) -> str:
    return _address(text, ("http", "https"), "must begin with http:// or https://")


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return text


def _level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def _megabytes(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("must be a number of MiB, 0 for none")
    return int(text)


def _pace(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(FCM_QUOTA)) and 0 < int(text) <= FCM_QUOTA):
        raise ValueError(f"must be from 1 to {FCM_QUOTA}, which is Google's quota a second")
    return int(text)


def _interval(text: str) -> int:
    whole = text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST_SILENCE_S))
    if not whole or not 1 <= int(text) <= LONGEST_SILENCE_S:
        raise ValueError(f"must be from 1 to {LONGEST_SILENCE_S}")
    return int(text)


def _provider(text: str) -> str:
    if not is_safe_address(text):
        raise ValueError("must begin with https:// (http:// on this machine only)")
    return text.rstrip("/")


def _hosts(text: str) -> tuple[str, ...]:
    """Names of hosts, with commas between them; a dot in front stands for every host below."""
    names = tuple(one.strip().lower() for one in text.split(","))
    if not all(name.strip(".") and set(name) <= HOST_SIGNS for name in names):
        raise ValueError("must be names of hosts with commas between them: push.example.org, .push.example.net")
    return names


def _address(text: str, schemes: tuple[str, ...], rule: str) -> str:
    """It begins with one of these and holds together; its port is a number if it has one. Raises ValueError."""
    try:
        parts = urlsplit(text)
        if parts.scheme in schemes and (parts.port is None or parts.port > 0):
            return text
    except ValueError as fault:
        raise ValueError(rule) from fault
    raise ValueError(rule)
