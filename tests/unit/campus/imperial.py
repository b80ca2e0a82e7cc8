"""The campus that is shipped, as tests ask for it: read once, copied to be broken, with its people."""

import csv
import json
import shutil
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from backend.campus.configuration import Campus, read_campus
from backend.campus.zone import disc
from backend.dispatch.proving import RosteredPerson

DIRECTORY = Path(__file__).parents[3] / "infra" / "campuses" / "imperial"

SHERFIELD = (51.4985, -0.177)
SILWOOD = (51.41, -0.643)
HYDE_PARK = (51.5073, -0.1657)
PARIS = (48.8566, 2.3522)
MID_ATLANTIC = (40.0, -40.0)


@lru_cache(maxsize=1)
def campus() -> Campus:
    return read_campus(DIRECTORY)


@lru_cache(maxsize=1)
def people() -> tuple[RosteredPerson, ...]:
    with (DIRECTORY / "people.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_person(row) for row in csv.DictReader(file))


def copied_to(directory: Path) -> Path:
    """A copy that a test may break."""
    copy = directory / "imperial"
    shutil.copytree(DIRECTORY, copy)
    return copy


def rewrite(directory: Path, name: str, *changes: tuple[str, str]) -> None:
    """Replace what is written in a file, each once; a text that is not there is a mistake of the test."""
    path = directory / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def feature(geometry: dict[str, Any], name: str | None = "Somewhere", **properties: Any) -> dict[str, Any]:
    named = {"name": name} if name is not None else {}
    return {"type": "Feature", "properties": {**named, **properties}, "geometry": geometry}


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def _person(row: dict[str, str]) -> RosteredPerson:
    skills = dict(skill.split(":") for skill in row["skills"].split(";") if skill)
    return RosteredPerson(
        email=row["email"],
        site=row["site"] or None,
        skills={skill: date.fromisoformat(expiry) for skill, expiry in skills.items()},
        contacts=frozenset({"app", "sms", "voice"} if row["mobile"] else {"app"}),
        recall=row["recall"] == "yes",
        teams=frozenset(team for team in row["teams"].split(";") if team),
    )


def outline_around(lat: float, lon: float) -> BaseGeometry:
    return disc(lat, lon, 100.0)
