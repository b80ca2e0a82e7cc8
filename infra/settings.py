"""Every setting, read from the environment once; a wrong value stops the start with one line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from backend.kernel.errors import FieldFault, Invalid
from infra.service_account import is_safe_address, read_service_account

PREFIX = "BLUELIGHT_"

LOG_LEVELS = ("debug", "info", "warning", "error")

#: Where pushes go, unless something stands in for it.
GOOGLE = "https://fcm.googleapis.com"

#: A secret shorter than this was typed, not drawn.
SHORTEST_SECRET = 32


#: What is kept of the embedded form's disk for calls for help (MiB): some thousands of them.
RESERVE_MB = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What this process was told; None for a channel or part that is off.

    `data_dir` holds the database, the keys and the anchor of the embedded form,
    and a reserve of `reserve_mb` MiB for the day its disk is full.
    """

    data_dir: Path = Path("var/bluelight")
    database_url: str | None = None
    secret_key: str | None = None
    public_url: str | None = None
    metrics_token: str | None = None
    audit_anchor: Path | None = None
    log_level: str = "info"
    failpoints: str = ""
    reserve_mb: int = RESERVE_MB
    firebase_account: dict[str, Any] | None = field(default=None, repr=False)
    fcm_endpoint: str = GOOGLE

    @property
    def anchor(self) -> Path:
        """Where the audit's head is written: outside the database, best on another disk."""
        return self.audit_anchor or self.data_dir / "audit.anchor"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """
    The settings of `BLUELIGHT_*`, or of the file that `BLUELIGHT_*_FILE` names (for secrets).

    Raises Invalid naming every value that cannot be used.
    """
    faults: list[FieldFault] = []

    def value(name: str) -> str | None:
        plain, file = environment.get(PREFIX + name), environment.get(f"{PREFIX}{name}_FILE")
        if plain and file:
            faults.append(FieldFault(PREFIX + name, "is given twice: by value and by file"))
        if file and not plain:
            try:
                return Path(file).read_text(encoding="utf-8").strip() or None
            except (OSError, UnicodeDecodeError):
                faults.append(FieldFault(f"{PREFIX}{name}_FILE", "names a file that cannot be read"))
        return plain or None

    url, public, secret = value("DATABASE_URL"), value("PUBLIC_URL"), value("SECRET_KEY")
    level = (value("LOG_LEVEL") or "info").lower()
    if url and not _is_address(url, ("postgresql", "postgresql+psycopg")):
        faults.append(FieldFault(PREFIX + "DATABASE_URL", "must begin with postgresql://"))
    if public and not _is_address(public, ("http", "https")):
        faults.append(FieldFault(PREFIX + "PUBLIC_URL", "must begin with http:// or https://"))
    if secret and len(secret) < SHORTEST_SECRET:
        faults.append(FieldFault(PREFIX + "SECRET_KEY", f"must have at least {SHORTEST_SECRET} characters"))
    if level not in LOG_LEVELS:
        faults.append(FieldFault(PREFIX + "LOG_LEVEL", f"must be one of {', '.join(LOG_LEVELS)}"))
    reserve = value("RESERVE_MB") or str(RESERVE_MB)
    if not reserve.isascii() or not reserve.isdigit():
        faults.append(FieldFault(PREFIX + "RESERVE_MB", "must be a number of MiB, 0 for none"))
    data_dir, anchor = value("DATA_DIR"), value("AUDIT_ANCHOR")
    metrics_token, failpoints = value("METRICS_TOKEN"), value("FAILPOINTS")
    firebase, endpoint = value("FIREBASE_CREDENTIALS"), value("FCM_ENDPOINT") or GOOGLE
    account = None
    try:
        account = read_service_account(firebase) if firebase else None
    except ValueError as fault:
        faults.append(FieldFault(PREFIX + "FIREBASE_CREDENTIALS", str(fault)))
    if not is_safe_address(endpoint):
        faults.append(FieldFault(PREFIX + "FCM_ENDPOINT", "must begin with https:// (http:// on this machine only)"))
    if faults:
        raise Invalid("These settings cannot be used.", faults)
    return Settings(
        data_dir=Path(data_dir) if data_dir else Path("var/bluelight"),
        database_url=url,
        secret_key=secret,
        public_url=public,
        metrics_token=metrics_token,
        audit_anchor=Path(anchor) if anchor else None,
        log_level=level,
        failpoints=failpoints or "",
        reserve_mb=int(reserve),
        firebase_account=account,
        fcm_endpoint=endpoint.rstrip("/"),
    )


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    """Whether it begins with one of these and holds together; its port is a number if it has one."""
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
