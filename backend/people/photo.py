"""A photo: decoded, turned upright, made small and written anew, so that nothing else in its file is kept."""

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from backend.kernel.errors import FieldFault, Invalid

#: At most this many are decoded at once; each may take up to 150 MiB.
AT_ONCE = 2

#: The largest file, in bytes: as base64 it leaves room for the rest of a profile in a body of 1 MiB.
LARGEST = 720_000

#: More pixels than a phone's picture has that was made small enough to send.
MOST_PIXELS = 16_000_000

#: What is kept: the longest side in pixels, the longest file in bytes.
SIDE = 512
KEPT = 100_000

#: Tried one after the other until the file is short enough; a face is still one at the last.
QUALITIES = (82, 65, 45, 25)

FORMATS = ("JPEG", "PNG", "WEBP")

#: What Pillow raises on files that were made to break it, or broke on their way.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    MemoryError,
    RuntimeError,
    Warning,
    Image.DecompressionBombError,
    struct.error,
    zlib.error,
)

# A second guard beside ours, before the first byte is decoded: Pillow warns from here and refuses from twice as many.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def cleaned(file: bytes) -> bytes:
    """
    The picture as a JPEG of at most 512 pixels a side, without position, camera, colour profile or comment.

    Takes up to a second of a core: never on the hub, never in a transaction.
    Raises Invalid, which names `photo`, for what is no still picture of ours.
    """
    if len(file) > LARGEST:
        raise refused(f"is larger than {LARGEST // 1000} kB: make it smaller before it is sent.")
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as picture:
            _look_before_decoding(picture)
            # A JPEG can be decoded at a fraction of its size; the others ignore it.
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            return _written_anew(_small_and_upright(picture))
    except Image.DecompressionBombError as fault:
        raise refused(TOO_MANY) from fault
    except Image.DecompressionBombWarning as fault:
        raise refused(TOO_MANY) from fault
    except BROKEN as fault:
        raise refused("is no JPEG, PNG or WebP picture, or is damaged.") from fault


TOO_MANY = f"has more than {MOST_PIXELS // 1_000_000} million pixels: make it smaller before it is sent."


def refused(why: str) -> Invalid:
    return Invalid("That photo cannot be used.", [FieldFault("photo", f"The photo {why}")])


def _look_before_decoding(picture: Image.Image) -> None:
    """By what the head of the file says: a few bytes of it can ask for gigabytes."""
    if picture.width * picture.height > MOST_PIXELS:
        raise refused(TOO_MANY)
    # A phone's JPEG may carry a second picture (a depth or brightness map); a moving one is another matter.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise refused("moves: send a still one.")


def _small_and_upright(picture: Image.Image) -> Image.Image:
    """As it was seen when it was taken; what is transparent becomes white."""
    seen_through = picture.has_transparency_data
    # Made small before anything else: every step makes a copy.
    if picture.mode not in ("RGB", "RGBA", "L"):
        picture = picture.convert("RGBA" if seen_through else "RGB")
    picture.thumbnail((SIDE, SIDE))
    picture = ImageOps.exif_transpose(picture)
    if seen_through:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def _written_anew(picture: Image.Image) -> bytes:
    # Onto an empty sheet: Pillow carries some of what it read over to what it writes.
    sheet = Image.new("RGB", picture.size)
    sheet.paste(picture)
    file = b""
    for quality in QUALITIES:
        written = BytesIO()
        sheet.save(written, "JPEG", quality=quality, optimize=True)
        file = written.getvalue()
        if len(file) <= KEPT:
            break
    return file
