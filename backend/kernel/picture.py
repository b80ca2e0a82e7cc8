"""A picture of unknown origin: decoded within bounds, turned upright, made small and written anew."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

#: More pixels than a phone's picture has that was made small enough to send.
MOST_PIXELS = 16_000_000

#: Tried one after the other until the file is short enough; a face is still one at the last.
QUALITIES = (82, 65, 45, 25)

#: No picture is made smaller than this to fit.
LEAST_SIDE = 256

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
    struct.error,
    zlib.error,
)

TOO_MANY = f"has more than {MOST_PIXELS // 1_000_000} million pixels: make it smaller before it is sent."

# A second guard beside ours, before the first byte is decoded: Pillow warns from here and refuses from twice as many.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Unfit(Exception):
    """It cannot be used; its text continues "The photo …"."""


def written_anew(file: bytes, *, side: int, kept: int) -> bytes:
    """
    The picture as a JPEG of at most `side` pixels a side, without position, camera, colour profile or comment.

    It has at most `kept` bytes, save when it would have to be made smaller than a
    face. Takes up to a second of a core and 150 MiB: never on the hub, never in
    a transaction. Raises Unfit for what is no still picture.
    """
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as picture:
            _look_before_decoding(picture)
            # A JPEG can be decoded at a fraction of its size; the others ignore it.
            picture.draft("RGB", (2 * side, 2 * side))
            return _short_enough(_small_and_upright(picture, side), kept)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Unfit(TOO_MANY) from fault
    except BROKEN as fault:
        raise Unfit("is no JPEG, PNG or WebP picture, or is damaged.") from fault


def _look_before_decoding(picture: Image.Image) -> None:
    """By what the head of the file says: a few bytes of it can ask for gigabytes."""
    if picture.width * picture.height > MOST_PIXELS:
        raise Unfit(TOO_MANY)
    # A phone's JPEG may carry a second picture (a depth or brightness map); a moving one is another matter.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise Unfit("moves: send a still one.")


def _small_and_upright(picture: Image.Image, side: int) -> Image.Image:
    """As it was seen when it was taken; what is transparent becomes white."""
    seen_through = picture.has_transparency_data
    # Made small before anything else: every step makes a copy.
    if picture.mode not in ("RGB", "RGBA", "L"):
        picture = picture.convert("RGBA" if seen_through else "RGB")
    picture.thumbnail((side, side))
    picture = ImageOps.exif_transpose(picture)
    if seen_through:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def _short_enough(picture: Image.Image, kept: int) -> bytes:
    # Onto an empty sheet: Pillow carries some of what it read over to what it writes.
    sheet = Image.new("RGB", picture.size)
    sheet.paste(picture)
    file = b""
    for smaller in _ever_smaller(sheet):
        for quality in QUALITIES:
            written = BytesIO()
            smaller.save(written, "JPEG", quality=quality, optimize=True)
            file = written.getvalue()
            if len(file) <= kept:
                return file
    return file


def _ever_smaller(sheet: Image.Image) -> Iterator[Image.Image]:
    yield sheet
    while max(sheet.size) > 2 * LEAST_SIDE:
        sheet = sheet.resize((max(1, sheet.width // 2), max(1, sheet.height // 2)))
        yield sheet
