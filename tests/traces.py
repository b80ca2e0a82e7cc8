"""Search every byte of every file for what must not be there, in each form in which it could be."""

import base64
import mmap
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote


def traces(text: str | bytes, folders: Iterable[Path]) -> list[str]:
    """The files below these folders that hold it, each with the form that was found."""
    forms = dict(_forms(text.encode() if isinstance(text, str) else text))
    found = []
    for file in _files(folders):
        with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            found += [f"{file.name}: {text!r} as {how}" for how, form in forms.items() if content.find(form) >= 0]
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            # A file may go while it is being looked for, as a server's temporary ones do.
            if path.is_file() and not path.is_symlink() and path.stat().st_size:
                yield path


def _forms(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "itself", raw
    yield "hexadecimal", raw.hex().encode()
    yield "an address", quote(raw).encode()
    with suppress(UnicodeDecodeError):
        yield "UTF-16", raw.decode().encode("utf-16-le")
    # Base64 looks different in each of three places; the signs at both ends depend on what stands beside it.
    for place in range(3):
        yield f"base64, {place}", base64.b64encode(bytes(place) + raw)[2 if place else 0 :].rstrip(b"=")[2:-2]
