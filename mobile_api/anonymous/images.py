"""Images: decoded, written anew and renamed before they are sealed, so that nothing else of their files is kept."""

from collections.abc import Sequence

from backend.concerns.words import Attachment
from backend.kernel import picture
from backend.kernel.errors import FieldFault, Invalid

MOST = 6

#: The longest file that is looked at, in bytes: a body holds no longer one.
LARGEST = 1 << 20

#: What all images of one concern may take together, so that they and the words fit the largest size class as base64.
TOGETHER = 640_000

#: The longest side in pixels: a leaflet or a screen can be read.
SIDE = 1600


def written_anew(file: bytes, *, nth: int = 1, kept: int = TOGETHER) -> Attachment:
    """
    One image as a JPEG of at most `kept` bytes, named by its number.

    Takes up to a second of a core: never on the hub, never in a transaction.
    Raises Invalid, which names `attachments`, for what is no still picture.
    """
    where = f"attachments.{nth - 1}"
    if len(file) > LARGEST:
        raise Invalid(REFUSED, [FieldFault(where, "The image is larger than 1 MiB: make it smaller first.")])
    try:
        return Attachment(f"image-{nth}.jpg", "image/jpeg", picture.written_anew(file, side=SIDE, kept=kept))
    except picture.Unfit as fault:
        raise Invalid(REFUSED, [FieldFault(where, f"The image {fault}")]) from None


def all_written_anew(files: Sequence[bytes]) -> tuple[Attachment, ...]:
    """The same for several, which share the room there is. Raises Invalid for more than six."""
    if len(files) > MOST:
        raise Invalid(REFUSED, [FieldFault("attachments", f"At most {MOST} images go with one concern.")])
    kept = TOGETHER // max(1, len(files))
    return tuple(written_anew(file, nth=nth, kept=kept) for nth, file in enumerate(files, start=1))


REFUSED = "That attachment cannot be used: only JPEG, PNG and WebP images can be freed of what tells who made them."
