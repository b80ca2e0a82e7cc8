"""A certificate for trying it on phones, by an authority of its own that can sign for no site with a name."""

import ipaddress
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.kernel.errors import Unavailable

#: The one name it may be called by; every other way to it is a number.
NAME = "localhost"

AUTHORITY = "lan-authority"
SERVER = "lan-server"

#: Phones refuse a server's certificate that is good for longer than 825 days; a trial needs no more than this.
GOOD_FOR = timedelta(days=365)
#: Made anew this long before its end, by the same authority: what a phone trusts stays.
RENEWED = timedelta(days=30)
AUTHORITY_GOOD_FOR = timedelta(days=3650)
#: A phone's clock may be a little behind.
BEGINS = timedelta(hours=1)

#: Every number, and this machine's own name: an authority that is stolen can sign for no site that has a name.
ONLY = (
    x509.DNSName(NAME),
    x509.IPAddress(ipaddress.ip_network("0.0.0.0/0")),
    x509.IPAddress(ipaddress.ip_network("::/0")),
)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who vouches for this machine on a phone that was told to believe it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def fingerprint(self) -> str:
        """As phones show it: SHA-256 in pairs."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    @property
    def for_phones(self) -> bytes:
        """The file a phone installs (DER)."""
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, slots=True)
class Secured:
    """The files that a server needs, and the authority that a phone needs."""

    authority: Authority
    certificate: Path
    key: Path


def certificate_of(data_dir: Path, addresses: Collection[str], *, now: datetime) -> Secured:
    """
    What stands in this data directory for these addresses; made (mode 0600) when it is not there or has to be another.

    Raises Unavailable when a file is there and cannot be used: a new authority
    would have to be trusted anew on every phone.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        authority = _authority(data_dir, now=now)
        files = data_dir / f"{SERVER}.pem", data_dir / f"{SERVER}.key"
        if not _serves(*files, authority, addresses, now=now):
            _sign(*files, authority, sorted({*addresses, "127.0.0.1"}), now=now)
    except (OSError, ValueError) as fault:
        raise Unavailable(
            f"No certificate for the network: {data_dir}/lan-* cannot be used.", slug="no-keys"
        ) from fault
    return Secured(authority, *files)


def _authority(data_dir: Path, *, now: datetime) -> Authority:
    certificate, key = data_dir / f"{AUTHORITY}.pem", data_dir / f"{AUTHORITY}.key"
    if not certificate.exists():
        _found(certificate, key, now=now)
    known = load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(known, ec.EllipticCurvePrivateKey):
        raise ValueError("a key of another kind")
    return Authority(x509.load_pem_x509_certificate(certificate.read_bytes()), known)


def _found(certificate: Path, key: Path, *, now: datetime) -> None:
    """The certificate is laid last: without it the key stands for nothing, and both are made again."""
    made = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Bluelight trial {os.urandom(3).hex()}")
    usage = {
        "digital_signature": False,
        "content_commitment": False,
        "key_encipherment": False,
        "data_encipherment": False,
        "key_agreement": False,
        "key_cert_sign": True,
        "crl_sign": True,
        "encipher_only": False,
        "decipher_only": False,
    }
    signed = (
        _begun(name, name, made.public_key(), now=now, good_for=AUTHORITY_GOOD_FOR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=list(ONLY), excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(made.public_key()), critical=False)
        .sign(made, hashes.SHA256())
    )
    _lay(key, _pem(made))
    _lay(certificate, signed.public_bytes(Encoding.PEM))


def _serves(certificate: Path, key: Path, authority: Authority, addresses: Collection[str], *, now: datetime) -> bool:
    """Whether what is there was signed by this authority, for all of these, and for long enough."""
    if not (certificate.exists() and key.exists()):
        return False
    try:
        known = x509.load_pem_x509_certificate(certificate.read_bytes())
        known.verify_directly_issued_by(authority.certificate)
        names = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        fits = load_pem_private_key(key.read_bytes(), password=None).public_key() == known.public_key()
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    told = {str(one) for one in names.get_values_for_type(x509.IPAddress)}
    return fits and told >= {*addresses} and known.not_valid_after_utc - now > RENEWED


def _sign(certificate: Path, key: Path, authority: Authority, addresses: Sequence[str], *, now: datetime) -> None:
    made = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName(NAME), *(x509.IPAddress(ipaddress.ip_address(one)) for one in addresses)]
    signed = (
        _begun(_name("Bluelight"), authority.certificate.subject, made.public_key(), now=now, good_for=GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    _lay(key, _pem(made))
    _lay(certificate, signed.public_bytes(Encoding.PEM))


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, now: datetime, good_for: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEGINS)
        .not_valid_after(now + good_for)
    )


def _name(told: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, told)])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _lay(file: Path, told: bytes) -> None:
    """Whole or not at all, and readable by its owner only from its first byte on."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(told)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)
