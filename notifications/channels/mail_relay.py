"""The mail server that takes our mail, and as whom we speak to it."""

from dataclasses import asdict, dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from typing import Any, Self


class Secrecy(StrEnum):
    """How it is kept from others what is said: from the first byte, from STARTTLS on, or (this machine) not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Relay:
    """`sender` is what stands under From: a bare address, or a name with one."""

    host: str
    port: int
    secrecy: Secrecy
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def mailbox(self) -> str:
        """The sender's bare address."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        return self.mailbox.rpartition("@")[2]

    def told(self) -> dict[str, Any]:
        """As it goes to the sender of letters."""
        return asdict(self)

    @classmethod
    def from_told(cls, told: dict[str, Any]) -> Self:
        return cls(**{**told, "secrecy": Secrecy(told["secrecy"])})
