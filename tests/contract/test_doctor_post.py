"""The doctor really calls the mail server, up to the sign-in, and has a remedy for each way it can go wrong."""

from pathlib import Path

import pytest

from infra.doctor_post import examine_post
from infra.finding import Finding
from infra.settings import Settings
from infra.vapid_key import NAME, vapid_of
from notifications.channels.mail_relay import Relay, Secrecy
from tests.mail_server import PASSWORD, USER, make_certificate, running_mail_server
from tests.server import free_port

FROM = "safety@campus.example"


def of_mail(port: int, secrecy: Secrecy, folder: Path, *, password: str | None = None) -> Finding:
    user = USER if password else None
    mail = Relay("127.0.0.1", port, secrecy, FROM, user, password)
    found, *_ = examine_post(Settings(data_dir=folder, mail=mail))
    return found


def test_each_fault_of_the_mail_server_has_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Not there, no STARTTLS, a certificate of its own making, a wrong password; and well when all is well.
    """
    certificate = make_certificate(tmp_path)

    absent = of_mail(free_port(), Secrecy.NONE, tmp_path)
    with running_mail_server() as server:
        well = of_mail(server.port, Secrecy.NONE, tmp_path)
        open_only = of_mail(server.port, Secrecy.STARTTLS, tmp_path, password=PASSWORD)
        no_tls = of_mail(server.port, Secrecy.TLS, tmp_path)
    with running_mail_server(certificate=certificate, signing_in=True) as server:
        doubted = of_mail(server.port, Secrecy.STARTTLS, tmp_path, password=PASSWORD)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        believed = of_mail(server.port, Secrecy.STARTTLS, tmp_path, password=PASSWORD)
        refused = of_mail(server.port, Secrecy.STARTTLS, tmp_path, password="wrong")

    assert [True, True] == [well.well, believed.well]
    faults = {
        "may this machine call": absent,
        "use smtps://": open_only,
        "use smtp:// for STARTTLS": no_tls,
        "SSL_CERT_FILE": doubted,
        "check user and password": refused,
    }
    assert dict.fromkeys(faults, False) == {word: one.well for word, one in faults.items()}
    assert {} == {word: one.remedy for word, one in faults.items() if word not in one.remedy}
    assert "wrong" not in refused.what + refused.remedy


def test_the_key_for_browsers_is_looked_at(tmp_path: Path) -> None:
    """
    Not drawn yet is well; open to others, or spoiled, is not.
    """
    settings = Settings(data_dir=tmp_path)

    before = list(examine_post(settings))
    vapid_of(tmp_path)
    drawn = list(examine_post(settings))
    (tmp_path / NAME).chmod(0o644)
    open_to_others = list(examine_post(settings))
    (tmp_path / NAME).write_text("spoiled")
    spoiled = list(examine_post(settings))

    assert [True] * 3 == [one.well for one in before] == [one.well for one in drawn]
    assert ["e-mail: off, played by the recorder", True] == [before[0].what, before[0].well]
    assert (False, f"chmod 600 {tmp_path / NAME}") == (open_to_others[1].well, open_to_others[1].remedy)
    assert False is spoiled[1].well
    assert "from a backup" in spoiled[1].remedy
