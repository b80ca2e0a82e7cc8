"""Passwords: argon2id, and what is too weak to be one."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from backend.kernel.errors import FieldFault, Invalid

#: At most this many are computed at once: each takes 64 MiB and about 150 ms of a core.
AT_ONCE = 4

SHORTEST, LONGEST = 8, 200

_hasher = PasswordHasher()

#: Checked when there is no such account, so that an unknown address takes as long as a wrong password.
_NOBODY = _hasher.hash("nobody has this password")


def hash_secret(secret: str) -> str:
    """Slow on purpose: never on the hub, never in a transaction."""
    return _hasher.hash(secret)


def hash_password(password: str) -> str:
    """Slow on purpose: never on the hub, never in a transaction. Raises Invalid for one too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        fault = FieldFault("password", f"Use {SHORTEST} to {LONGEST} characters.")
        raise Invalid("That password cannot be used.", [fault])
    return hash_secret(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; takes the same time when there is none."""
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (Argon2Error, InvalidHashError, UnicodeError):
        return False
    return password_hash is not None
