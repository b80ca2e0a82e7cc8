"""Pictures as phones take them, and files that were made to do harm."""

import base64
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

#: What a camera writes beside the picture: who took it with what, and where (51.4988 N, 0.1749 W).
CAMERA = "Bluelight Telltale 9000"
COMMENT = b"taken behind the Beit quad"
LATITUDE = (51.0, 29.0, 55.68)


def picture(format_: str = "JPEG", size: tuple[int, int] = (640, 480), *, mode: str = "RGB", **more: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    return saved(image.convert(mode), format_, **more)


def telltale(format_: str = "JPEG", *, orientation: int = 1) -> bytes:
    """A picture with everything a phone adds: camera, position, colour profile, comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = CAMERA
    exif[ExifTags.Base.Orientation] = orientation
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    position[ExifTags.GPS.GPSLatitudeRef], position[ExifTags.GPS.GPSLatitude] = "N", LATITUDE
    position[ExifTags.GPS.GPSLongitudeRef], position[ExifTags.GPS.GPSLongitude] = "W", (0.0, 10.0, 29.64)
    more: dict[str, Any] = {"comment": COMMENT} if format_ == "JPEG" else {}
    return picture(format_, exif=exif.tobytes(), icc_profile=b"ICC of " + CAMERA.encode(), **more)


def moving(format_: str) -> bytes:
    """Three pictures that follow one another."""
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], format_, save_all=True, append_images=frames[1:], duration=100)


def with_depth_map() -> bytes:
    """A JPEG that carries a second picture, as many phones make them."""
    front = Image.open(BytesIO(picture(size=(64, 48))))
    return saved(front, "MPO", save_all=True, append_images=[Image.new("L", (64, 48), 128)])


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A few hundred bytes of PNG that say they are so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pieces = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in pieces)


def saved(image: Image.Image, format_: str, **more: Any) -> bytes:
    file = BytesIO()
    image.save(file, format_, **more)
    return file.getvalue()


def opened(file: bytes) -> Image.Image:
    return Image.open(BytesIO(file))


def as_text(file: bytes) -> str:
    """As a phone sends it."""
    return base64.b64encode(file).decode()


def as_bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
