"""Images of a concern: freed of everything but what they show, small enough together, and nothing else comes in."""

import pytest
from PIL import Image

from backend.concerns import size_class
from backend.concerns.words import Words
from backend.kernel.errors import Invalid
from mobile_api.anonymous.images import MOST, SIDE, TOGETHER, all_written_anew, written_anew
from mobile_api.anonymous.schemas import PLACE, PROMPT, WORDS
from tests.pictures import CAMERA, COMMENT, bomb, moving, opened, picture, saved, telltale


def noisy(side: int) -> bytes:
    """Nothing in it can be made shorter."""
    return saved(Image.effect_noise((side, side), 120).convert("RGB"), "JPEG", quality=90)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_an_image_keeps_what_it_shows_and_nothing_else(format_: str) -> None:
    """
    No camera, position, profile, comment or name of its own.
    """
    kept = written_anew(telltale(format_), nth=2)

    assert ("image-2.jpg", "image/jpeg") == (kept.name, kept.media_type)
    assert not [one for one in (CAMERA.encode(), COMMENT, b"Exif", b"ICC") if one in kept.data]
    assert (640, 480) == opened(kept.data).size


def test_six_noisy_images_and_the_longest_words_fit_the_largest_class() -> None:
    """
    Whatever they show and in whatever script it is written.
    """
    longest = "\U0001f600" * WORDS
    images = all_written_anew([noisy(1100)] * MOST)

    plain = Words(
        longest[: WORDS // 4],
        about=dict.fromkeys(("engagement", "intent", "capability"), "字" * (PROMPT // 4)),
        place="字" * PLACE,
        attachments=images,
    ).plain()

    assert sum(len(one.data) for one in images) <= TOGETHER
    assert len(plain) <= size_class.MOST
    assert len(longest.encode()) + 3 * PROMPT * 3 < size_class.MOST - TOGETHER * 4 // 3


def test_a_large_one_is_made_small() -> None:
    """
    So that a leaflet can still be read.
    """
    kept = written_anew(picture(size=(3000, 2000)))

    assert SIDE == max(opened(kept.data).size)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"%PDF-1.7",
        b"<svg/>",
        moving("GIF"),
        moving("WEBP"),
        bomb(),
        telltale()[:400],
        b"\xff\xd8" + bytes(1 << 20),
    ],
    ids=["empty", "PDF", "SVG", "GIF", "moving", "bomb", "half", "too large"],
)
def test_anything_else_is_refused_with_a_sentence(file: bytes) -> None:
    """
    And says which one it was.
    """
    with pytest.raises(Invalid) as refused:
        all_written_anew([picture(), file])

    (fault,) = refused.value.errors
    assert "attachments.1" == fault.field
    assert fault.message.startswith("The image ")
    assert fault.message.endswith(".")


def test_seven_are_too_many() -> None:
    """
    They would have to be too small.
    """
    with pytest.raises(Invalid):
        all_written_anew([picture()] * 7)
