"""A photo: decoded, turned upright, made small and written anew, so that nothing else in its file is kept."""

from backend.kernel import picture
from backend.kernel.errors import FieldFault, Invalid

#: At most this many are decoded at once; each may take up to 150 MiB.
AT_ONCE = 2

#: The largest file, in bytes: as base64 it leaves room for the rest of a profile in a body of 1 MiB.
LARGEST = 720_000

#: What is kept: the longest side in pixels, the longest file in bytes.
SIDE = 512
KEPT = 100_000


def cleaned(file: bytes) -> bytes:
    """
    The picture as a JPEG of at most 512 pixels a side, without position, camera, colour profile or comment.

    Takes up to a second of a core: never on the hub, never in a transaction.
    Raises Invalid, which names `photo`, for what is no still picture of ours.
    """
    if len(file) > LARGEST:
        raise refused(f"is larger than {LARGEST // 1000} kB: make it smaller before it is sent.")
    try:
        return picture.written_anew(file, side=SIDE, kept=KEPT)
    except picture.Unfit as fault:
        raise refused(str(fault)) from fault


def refused(why: str) -> Invalid:
    return Invalid("That photo cannot be used.", [FieldFault("photo", f"The photo {why}")])
