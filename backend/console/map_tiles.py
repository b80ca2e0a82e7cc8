"""Pictures of the ground for the console's map, from a server of the institution's choice; most have none."""

from dataclasses import dataclass

from flask import current_app

#: Where the application keeps them.
NAME = "bluelight-map-tiles"


@dataclass(frozen=True, slots=True)
class MapTiles:
    """Where they come from, with `{z}`, `{x}` and `{y}` in the address, and whom to name for them."""

    url: str
    attribution: str


def map_tiles() -> MapTiles | None:
    """Those of this installation."""
    found = current_app.extensions[NAME]
    assert found is None or isinstance(found, MapTiles)
    return found
