"""HAProxy with the configuration that we ship, before servers of this machine."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

from infra.scaled.programs import program
from tests.mail_server import make_certificate
from tests.phone import eventually
from tests.server import ROOT, free_port

HAPROXY = ROOT / "infra" / "deploy" / "haproxy" / "haproxy.cfg"
SECURE, OPEN = "bind :443 ssl crt /etc/ssl/bluelight/bluelight.pem alpn http/1.1", "bind :80"
SERVERS = "    server web1 127.0.0.1:8080\n    server web2 127.0.0.1:8090\n"


@contextmanager
def haproxy_before(ports: Sequence[int], folder: Path, *, in_the_clear: bool = False) -> Iterator[str]:
    """Where it is reached; `in_the_clear` for clients that would not know the certificate of this test."""
    port, plain = free_port(), free_port()
    secure = SECURE.replace(":443", f"127.0.0.1:{port}")
    places = {
        "maxconn 40000": "maxconn 100",
        SECURE: f"bind 127.0.0.1:{port}" if in_the_clear else secure,
        OPEN: f"bind 127.0.0.1:{plain}",
        SERVERS: "".join(f"    server web{number} 127.0.0.1:{one}\n" for number, one in enumerate(ports, 1)),
    }
    command = [program("haproxy", "haproxy"), "-db", "-q", "-f", str(written(folder, places))]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    url = f"{'http' if in_the_clear else 'https'}://127.0.0.1:{port}"
    try:
        assert eventually(lambda: _answers(url, folder), within_s=15)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def written(folder: Path, places: Mapping[str, str]) -> Path:
    """The shipped configuration with these words in the place of those, and a certificate of this test's own."""
    told = HAPROXY.read_text()
    certificate = {"/etc/ssl/bluelight/bluelight.pem": str(make_certificate(folder))}
    for old, new in {**places, **certificate}.items():
        assert told.count(old) == 1 or old in certificate, old
        told = told.replace(old, new)
    (folder / "haproxy.cfg").write_text(told)
    return folder / "haproxy.cfg"


def certificate_of(folder: Path) -> Path:
    return folder / "mail-certificate.txt"


def _answers(url: str, folder: Path) -> bool:
    try:
        return requests.get(f"{url}/readyz", verify=str(certificate_of(folder)), timeout=5).ok
    except requests.RequestException:
        return False
