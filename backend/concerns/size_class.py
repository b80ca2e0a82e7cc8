"""Size classes: sealed things come in a few sizes, so that the size of one tells nothing of what is in it."""

import struct

#: Bytes of a padded plain text.
CLASSES = tuple(size << 10 for size in (1, 4, 16, 64, 256, 1024))

#: How many of its bytes count, before the padding.
_LENGTH = struct.Struct(">I")

MOST = CLASSES[-1] - _LENGTH.size


def pad(plain: bytes, *, least: int = CLASSES[0]) -> bytes:
    """
    Zeroes behind it up to the next class, `least` at the smallest.

    Raises ValueError for more than fits the largest class (`MOST` bytes).
    """
    framed = _LENGTH.pack(len(plain)) + plain
    size = next((size for size in CLASSES if size >= max(len(framed), least)), None)
    if size is None:
        raise ValueError("longer than the largest size class")
    return framed.ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """What was padded. Raises ValueError when this never was."""
    if len(padded) not in CLASSES:
        raise ValueError("of no size class")
    (length,) = _LENGTH.unpack_from(padded)
    plain, rest = padded[_LENGTH.size :][:length], padded[_LENGTH.size + length :]
    if len(plain) != length or rest.strip(b"\0"):
        raise ValueError("not padded as we pad")
    return plain
