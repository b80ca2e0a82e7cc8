"""The certificate of `run --lan`: made once, only for numbers, and what a phone trusts outlives a new address."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from backend.kernel.errors import Unavailable
from infra.lan_certificate import Authority, certificate_of

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
HERE = ["192.168.1.20"]


def read(file: Path) -> x509.Certificate:
    """The certificate in a file."""
    return x509.load_pem_x509_certificate(file.read_bytes())


def trusted(authority: Authority, certificate: x509.Certificate, place: x509.GeneralName, *, now: datetime) -> bool:
    """Whether a client that trusts this authority alone takes the certificate for the place."""
    subject = x509.IPAddress(place.value) if isinstance(place, x509.IPAddress) else x509.DNSName(place.value)
    verifier = PolicyBuilder().store(Store([authority.certificate])).time(now).build_server_verifier(subject)
    try:
        verifier.verify(certificate, [])
    except VerificationError:
        return False
    return True


def test_a_client_that_trusts_the_authority_trusts_the_server_at_its_numbers(tmp_path: Path) -> None:
    """
    At the address of the network and on this machine, not at another address; the files are their owner's alone.
    """
    secured = certificate_of(tmp_path, HERE, now=NOW)
    leaf = read(secured.certificate)

    found = {
        one: trusted(secured.authority, leaf, x509.IPAddress(ip_address(one)), now=NOW)
        for one in ("192.168.1.20", "127.0.0.1", "192.168.1.21")
    }

    assert {"192.168.1.20": True, "127.0.0.1": True, "192.168.1.21": False} == found
    assert trusted(secured.authority, leaf, x509.DNSName("localhost"), now=NOW)
    assert {0o600} == {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(secured.certificate, secured.key)


def test_a_new_address_and_a_new_year_cost_no_phone_its_trust(tmp_path: Path) -> None:
    """
    Asked again nothing is made; for another address, and shortly before its end, only the server's own is.
    """
    first = certificate_of(tmp_path, HERE, now=NOW)
    before = read(first.certificate)

    again = read(certificate_of(tmp_path, HERE, now=NOW).certificate)
    moved = certificate_of(tmp_path, ["10.0.0.7"], now=NOW)
    at_home = read(moved.certificate)
    later = read(certificate_of(tmp_path, ["10.0.0.7"], now=NOW + timedelta(days=350)).certificate)

    assert before == again
    assert at_home not in (before, later)
    assert first.authority.fingerprint == moved.authority.fingerprint
    assert trusted(first.authority, at_home, x509.IPAddress(ip_address("10.0.0.7")), now=NOW)


def test_a_stolen_authority_can_sign_for_no_site_with_a_name(tmp_path: Path) -> None:
    """
    What it signs for a bank is refused by a phone that trusts it.
    """
    authority = certificate_of(tmp_path, HERE, now=NOW).authority
    key = ec.generate_private_key(ec.SECP256R1())
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bank.example")]))
        .issuer_name(authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bank.example")]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .sign(authority.key, hashes.SHA256())
    )

    assert not trusted(authority, forged, x509.DNSName("bank.example"), now=NOW)


@pytest.mark.parametrize("name", ["lan-authority.pem", "lan-authority.key"])
def test_an_authority_that_cannot_be_read_is_not_silently_another(tmp_path: Path, name: str) -> None:
    """
    Phones trust the one they have: a spoilt file is said, and nothing is made in its place.
    """
    certificate_of(tmp_path, HERE, now=NOW)
    (tmp_path / name).write_text("spoilt")

    with pytest.raises(Unavailable, match="cannot be used"):
        certificate_of(tmp_path, HERE, now=NOW)

    assert "spoilt" == (tmp_path / name).read_text()
