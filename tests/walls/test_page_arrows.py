"""The pages' imports go down as Python's do: the faces stand on what they share, and neither knows the other."""

import json

import pytest

from tests.walls.page_arrows import GROUND, arrows, home_of
from tests.walls.sources import PACKAGES, ROOT, texts_on_disk

SUFFIXES = {".ts", ".tsx"}


def test_the_pages_keep_their_arrows() -> None:
    """
    Both faces as they are, with the packages that package.json gives to browsers.
    """
    texts = texts_on_disk(PACKAGES, SUFFIXES)
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]

    found = arrows(texts, packages)

    assert [] == found
    assert {GROUND, "mobile_api/pwa"} <= {home_of(path) for path in texts}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("backend/web/browser/clock.ts", 'import { words } from "../../../mobile_api/pwa/words/index.ts";'),
        ("backend/web/browser/clock.ts", 'import { desk } from "../../console/web/desk.ts";'),
        ("mobile_api/pwa/phone.ts", 'import { desk } from "../../backend/console/web/desk.ts";'),
        ("mobile_api/pwa/screens/me.tsx", 'export { desk } from "../../../backend/console/web/desk.ts";'),
        ("backend/console/web/desk.ts", 'import type { Phone } from "../../../mobile_api/pwa/phone.ts";'),
        ("mobile_api/pwa/phone.ts", 'import { readFile } from "node:fs/promises";'),
        ("mobile_api/pwa/phone.ts", 'const fs = await import("fs");'),
        ("mobile_api/pwa/phone.ts", "import '../anonymous/page/parts/sending.js';"),
        ("backend/web/browser/uuid.ts", 'import {\n  v4,\n} from "uuid";'),
    ],
)
def test_a_broken_arrow_is_found(path: str, text: str) -> None:
    """
    Each way to break the rule is named, once, with its line.
    """
    (found,) = arrows({path: f"// A line before it.\n{text}"}, {"preact"})

    assert found.startswith(f"{path}:")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mobile_api/pwa/main.tsx", 'import { render } from "preact";\nimport "../../backend/web/browser/tokens.css";'),
        ("backend/console/web/rooms/board.tsx", 'import { call } from "../../../web/browser/calling.ts";'),
        ("mobile_api/pwa/screens/me.tsx", 'import { useState } from "preact/hooks";\nimport "../styles/me.css";'),
        ("tests/pages/queue.test.ts", 'import assert from "node:assert/strict";'),
    ],
)
def test_what_the_house_allows_is_not_found(path: str, text: str) -> None:
    """
    Down to what both share, within a face, and anything in the tests of the pages.
    """
    assert [] == arrows({path: text}, {"preact"})
