"""nginx with the configuration we ship, before a running server; only ports and files are put in their places."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from infra.scaled.programs import program
from tests.mail_server import make_certificate
from tests.server import ROOT, free_port

SHIPPED = ROOT / "infra" / "deploy" / "nginx" / "bluelight.conf"

#: What Debian's own nginx.conf has around it, in this test's folder; every request is written down that may be.
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
    log_format everything '$remote_addr $http_x_forwarded_for "$request" "$http_user_agent" $http_cookie $http_referer';
    access_log {folder}/access.log everything;
    client_body_temp_path {folder}/bodies 1 2;
    proxy_temp_path {folder}/answers 1 2;
    fastcgi_temp_path {folder}/other;
    uwsgi_temp_path {folder}/other;
    scgi_temp_path {folder}/other;
    include {folder}/bluelight.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """Where it listens, whose certificate it has, and the folder of all that it writes."""

    url: str
    certificate: Path
    folder: Path

    @property
    def buffered(self) -> list[Path]:
        """What it ever put into a file on its way."""
        return [one for name in ("bodies", "answers") for one in (self.folder / name).rglob("*")]


@contextmanager
def nginx_before(port: int, folder: Path) -> Iterator[Front]:
    """It runs until the end of the block. Raises Unavailable, with what to install, where there is no nginx."""
    nginx = program("nginx", "nginx-light")
    folder.mkdir(parents=True)
    secure, plain = free_port(), free_port()
    certificate = make_certificate(folder)
    shipped = SHIPPED.read_text()
    for before, after in (
        (r"server 127\.0\.0\.1:8080;", f"server 127.0.0.1:{port};"),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"/etc/ssl/bluelight/\w+\.pem", str(certificate)),
        (r"/var/log/nginx", str(folder)),
    ):
        shipped, found = re.subn(before, after, shipped)
        assert found, f"{before} is not in the shipped configuration any more"
    (folder / "bluelight.conf").write_text(shipped)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    with (folder / "streams.log").open("wb") as streams:
        process = subprocess.Popen(
            [nginx, "-p", folder, "-c", folder / "nginx.conf"],
            stdout=streams,
            stderr=streams,
            stdin=subprocess.DEVNULL,
        )
    front = Front(f"https://127.0.0.1:{secure}", certificate, folder)
    try:
        _wait(front, process)
        yield front
    finally:
        process.terminate()
        process.wait(10)


def _wait(front: Front, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 15
    while process.poll() is None and time.monotonic() < until:
        try:
            if requests.get(f"{front.url}/readyz", timeout=5, verify=str(front.certificate)).ok:
                return
        except requests.RequestException:
            time.sleep(0.05)
    raise AssertionError(f"nginx does not answer: {(front.folder / 'streams.log').read_text()}")
