"""`bluelight run --lan`: the same service by https on every address of this machine, for trying it on phones."""

import fcntl
import ipaddress
import socket
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask, Response

from infra.lan_certificate import Authority, certificate_of
from infra.serving import listen, tls_context

#: Every IPv4 address. Phones of a campus network have one, and of IPv6 ones half are of a link and none can be typed.
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what was asked for by --lan

#: Where a phone fetches the authority it is to trust.
TRUST = "/trust.crt"

#: "Which address has this interface?", by the kernel's number for the question.
SIOCGIFADDR = 0xC0206921 if sys.platform == "darwin" else 0x8915


class Lan:
    """A listener with a certificate for the addresses that this machine has now."""

    def __init__(self, data_dir: Path, port: int, *, now: datetime) -> None:
        """Raises Unavailable without a certificate, OSError when the port is taken."""
        self.addresses = addresses()
        secured = certificate_of(data_dir, self.addresses, now=now)
        self.authority: Authority = secured.authority
        self.tls: Any = tls_context(secured.certificate, secured.key)
        self.listener: Any = listen(EVERYWHERE, port)
        self.port: int = self.listener.getsockname()[1]

    def offer_trust(self, app: Flask) -> None:
        """The authority's certificate, which is no secret, for phones to install."""
        told = self.authority.for_phones

        def trust() -> Response:
            response = Response(told, content_type="application/x-x509-ca-cert")
            response.headers["Content-Disposition"] = 'attachment; filename="bluelight-trial.crt"'
            return response

        app.add_url_rule(TRUST, "trust", trust)

    def greet(self, *, demo: bool) -> None:
        """Where phones find it, how they come to trust it, and what this is not."""
        for line in self.told(demo=demo):
            click.echo(line)

    def told(self, *, demo: bool) -> Sequence[str]:
        places = [f"https://{one}:{self.port}" for one in self.addresses or ["127.0.0.1"]]
        passwords = " Everybody on this network can sign in with the demonstration's passwords." if demo else ""
        return [
            "",
            "FOR TRYING ONLY: this machine's network can reach it." + passwords,
            *(f"  On a phone open {place}/app" for place in places),
            "  The first time, the phone has to trust this machine (without that: no installing, no push):",
            f"  1. open {places[0]}{TRUST} on the phone, past the warning, and install what comes:",
            "     Android: Settings, search for 'CA certificate', install from storage",
            "     iPhone (Safari): Settings, Profile downloaded, install;",
            "       then General, About, Certificate Trust Settings: switch it on",
            "  2. before you agree, compare its SHA-256 fingerprint:",
            *(f"     {line}" for line in _in_two(self.authority.fingerprint)),
            "  It vouches for numbers and for no site with a name. Take it off the phone when you have tried.",
            "",
        ]


def addresses() -> list[str]:
    """This machine's IPv4 addresses that others can reach, the one that leads out first."""
    first = _way_out()
    found = dict.fromkeys([*([first] if first else []), *_of_interfaces()])
    return [one for one in found if not ipaddress.ip_address(one).is_loopback]


def _way_out() -> str | None:
    """Nothing is sent: a datagram socket only asks the kernel from where it would be."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking, suppress(OSError):
        asking.connect(("198.51.100.1", 9))
        told: str = asking.getsockname()[0]
        return told
    return None


def _of_interfaces() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            # One that is down or has no such address says so.
            with suppress(OSError):
                answer = fcntl.ioctl(asking, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                yield socket.inet_ntoa(answer[20:24])


def _in_two(fingerprint: str) -> tuple[str, str]:
    """Short enough to hold beside a phone."""
    middle = len(fingerprint) // 2
    return fingerprint[:middle], fingerprint[middle + 1 :]
