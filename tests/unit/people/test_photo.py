"""A photo is kept small, upright and bare; what is no still picture is refused before it costs anything."""

import random
import resource
import time
import tracemalloc

import pytest
from PIL import Image

from backend.kernel.errors import Invalid
from backend.people.photo import KEPT, LARGEST, SIDE, cleaned
from tests.pictures import (
    CAMERA,
    COMMENT,
    bomb,
    moving,
    opened,
    picture,
    saved,
    telltale,
    with_depth_map,
)

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def refusal(file: bytes) -> str:
    """The sentence a file is refused with; it is about the photo and nothing else."""
    with pytest.raises(Invalid) as refused:
        cleaned(file)
    (fault,) = refused.value.errors
    assert "photo" == fault.field
    return fault.message


def is_like(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(seen - wanted) < 20 for seen, wanted in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_kept(format_: str) -> None:
    """
    No position, camera, colour profile or comment: neither as Pillow reads them nor as bytes.
    """
    sent = telltale(format_)

    kept = cleaned(sent)

    assert CAMERA.encode() in sent
    for trace in (CAMERA.encode(), COMMENT, b"Exif", b"ICC_PROFILE", b"GPS", b"http://ns.adobe.com"):
        assert trace not in kept
    assert {} == dict(opened(kept).getexif())
    assert {"jfif", "jfif_version", "jfif_unit", "jfif_density"} >= set(opened(kept).info)


@pytest.mark.parametrize(("orientation", "place"), [(1, (10, 190)), (3, (500, 190)), (6, (190, 10)), (8, (190, 500))])
def test_a_photo_stands_as_it_was_taken(orientation: int, place: tuple[int, int]) -> None:
    """
    The camera's note of how it was held is followed before it is thrown away: red is where it was seen.
    """
    kept = opened(cleaned(telltale(orientation=orientation)))

    upright = (512, 384) if orientation in (1, 3) else (384, 512)
    assert upright == kept.size
    assert is_like(kept.getpixel(place), RED)


@pytest.mark.parametrize(
    "mode",
    ["RGB", "L", "CMYK", "1"],
)
def test_every_kind_of_picture_becomes_a_small_jpeg(mode: str) -> None:
    """
    Colours, greys, printers' inks or two tones alike.
    """
    format_ = "PNG" if mode == "1" else "JPEG"

    kept = opened(cleaned(picture(format_, (1600, 900), mode=mode)))

    assert ("JPEG", "RGB", (SIDE, 288)) == (kept.format, kept.mode, kept.size)


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "I;16"])
def test_what_is_seen_through_becomes_white(mode: str) -> None:
    """
    Neither black nor an error; what a scanner makes of sixteen bits is taken as well.
    """
    image = Image.new("RGBA", (60, 60), (255, 0, 0, 0)) if mode != "I;16" else Image.new("I;16", (60, 60), 65_535)
    file = saved(image if mode in ("RGBA", "I;16") else image.convert(mode), "PNG")

    kept = opened(cleaned(file))

    assert mode == "P" or is_like(kept.getpixel((30, 30)), WHITE)
    assert ((60, 60), "RGB") == (kept.size, kept.mode)


def test_a_photo_with_a_depth_map_is_its_front() -> None:
    """
    Many phones hide a second picture in a JPEG: that is no film.
    """
    kept = opened(cleaned(with_depth_map()))

    assert (64, 48) == kept.size
    assert is_like(kept.getpixel((60, 20)), BLUE)


def test_the_busiest_picture_is_short_enough() -> None:
    """
    Noise, which no JPEG makes small, is kept with fewer details.
    """
    noise = random.Random(1)
    image = Image.frombytes("RGB", (SIDE, SIDE), noise.randbytes(3 * SIDE * SIDE))

    kept = cleaned(saved(image, "JPEG", quality=85))

    assert len(kept) <= KEPT


def test_a_picture_is_kept_as_it_is_no_larger() -> None:
    """
    A small one is not blown up.
    """
    assert (8, 6) == opened(cleaned(picture("PNG", (8, 6)))).size


@pytest.mark.parametrize("file", [bomb(), bomb(4001, 4000), bomb(1, 2**31 - 1)], ids=["2.5 Gpx", "16 Mpx", "a line"])
def test_a_bomb_is_refused_before_it_is_decoded(file: bytes) -> None:
    """
    By its head: no time, no memory.
    """
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    tracemalloc.start()

    told = refusal(file)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "The photo has more than 16 million pixels: make it smaller before it is sent." == told
    assert most < 2_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("file", [moving("PNG"), moving("WEBP")], ids=["PNG", "WebP"])
def test_a_film_is_refused(file: bytes) -> None:
    """
    With a sentence that says what to send.
    """
    assert "The photo moves: send a still one." == refusal(file)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture("GIF"),
        picture("TIFF", (40, 30)),
        picture("BMP", (40, 30)),
        picture("JPEG")[:2000],
        picture("PNG")[:-40],
        picture("WEBP")[:100],
        bomb(400, 400),
    ],
    ids=["nothing", "head", "SVG", "EPS", "GIF", "TIFF", "BMP", "cut JPEG", "cut PNG", "cut WebP", "too few bytes"],
)
def test_what_is_no_picture_of_ours_is_refused(file: bytes) -> None:
    """
    Other formats have readers with more holes, and half a picture is none.
    """
    assert "The photo is no JPEG, PNG or WebP picture, or is damaged." == refusal(file)


def test_a_file_that_is_too_large_is_refused() -> None:
    """
    Before anybody looks into it.
    """
    assert "larger than 720 kB" in refusal(picture() + bytes(LARGEST))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_no_damaged_file_is_a_fault_of_ours(format_: str) -> None:
    """
    Bytes changed and ends cut at random: each is a picture still, or refused with a sentence.
    """
    chance = random.Random(7)
    whole = telltale(format_)
    outcomes = set()

    for _ in range(100):
        file = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            file[chance.randrange(min(len(file), 600))] = chance.randrange(256)
        try:
            outcomes.add(len(cleaned(bytes(file[: chance.randint(len(file) // 2, 2 * len(file))]))) > 0)
        except Invalid:
            outcomes.add(False)

    assert {True, False} >= outcomes
    assert False in outcomes
