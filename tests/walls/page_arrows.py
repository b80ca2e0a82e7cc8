"""The arrows of the pages as a function: it takes the TypeScript of both faces and tells what breaks them."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping

#: What both faces stand on; it knows neither.
GROUND = "backend/web/browser"
#: The phone and the control room's console: neither knows the other.
FACES = ("mobile_api/pwa", "backend/console/web")

#: `import … from "x"`, `export … from "x"`, `import "x"`, which begin a line, and `import("x")`, which stands anywhere.
_IMPORTS = re.compile(
    r"""^(?:import\b|(?:import|export|\})[^"'\n=]*\bfrom)\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']""",
    re.MULTILINE,
)


def arrows(texts: Mapping[str, str], packages: Collection[str]) -> list[str]:
    """Imports of the other face, of what is no page's, and of packages that no browser is meant to get."""
    found = []
    for path, text in texts.items():
        home = home_of(path)
        if home is None:
            continue
        for line, target in imports(text):
            if not target.startswith("."):
                if _package(target) not in packages:
                    found.append(f"{path}:{line} a page must not import {target}")
                continue
            reached = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if not _is_within(reached, GROUND) and not _is_within(reached, home):
                found.append(f"{path}:{line} {home} must not import {reached}")
    return found


def home_of(path: str) -> str | None:
    """The face, or the ground, that this file belongs to."""
    return next((one for one in (GROUND, *FACES) if _is_within(path, one)), None)


def imports(text: str) -> Iterator[tuple[int, str]]:
    """What a file imports, with the line; those that are only for the types count as well."""
    for match in _IMPORTS.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1] or match[2]


def _package(target: str) -> str:
    """`preact/hooks` is of `preact`, `@scope/name/part` of `@scope/name`."""
    parts = target.split("/")
    return "/".join(parts[:2] if target.startswith("@") else parts[:1])


def _is_within(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")
