"""The best of the screenshots, side by side for the README."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

#: Between two pictures, and around them, in pixels.
GAP = 24

#: The README's pictures, from what they are made.
BEST: Mapping[str, Sequence[str]] = {
    "phones.png": (
        "member-home-390-light.png",
        "member-unsent-390-dark.png",
        "officer-asked-390-light.png",
        "member-coming-390-dark.png",
    ),
    "control-room.png": ("console-case-1440-dark.png",),
    "broadcast.png": ("console-broadcast-tally-1440-light.png",),
}

#: As tall as a phone's screen; what lies below is of another day.
TALLEST = 844


def write_best(shots: Path, pictures: Path) -> list[Path]:
    """Every picture whose parts were taken, small enough for a page of text."""
    written = []
    for name, parts in BEST.items():
        files = [shots / part for part in parts]
        if all(file.exists() for file in files):
            _side_by_side(files).quantize(256).save(pictures / name, optimize=True)
            written.append(pictures / name)
    return written


def _side_by_side(files: Sequence[Path]) -> Image.Image:
    shots = [Image.open(file).convert("RGB") for file in files]
    if len(shots) == 1:
        return shots[0]
    shots = [shot.crop((0, 0, shot.width, min(shot.height, TALLEST))) for shot in shots]
    width = sum(shot.width for shot in shots) + GAP * (len(shots) + 1)
    sheet = Image.new("RGB", (width, TALLEST + 2 * GAP), "#8b929b")
    left = GAP
    for shot in shots:
        sheet.paste(shot, (left, GAP))
        left += shot.width + GAP
    return sheet
