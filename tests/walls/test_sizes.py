"""Files stay short, are named for what they are about, and a door plate holds no code."""

import ast
from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from tests.walls.sources import PACKAGES, texts_on_disk

LONGEST = 300
SUFFIXES = {".py", ".ts", ".tsx", ".css"}
EMPTY_WORDS = frozenset("util utils helper helpers common service services manager managers misc".split())


def too_long(texts: Mapping[str, str]) -> list[str]:
    """Files of more than 300 lines."""
    counts = {path: len(text.splitlines()) for path, text in texts.items()}
    return [f"{path} has {count} lines: make two of it" for path, count in counts.items() if count > LONGEST]


def badly_named(texts: Mapping[str, str]) -> list[str]:
    """Files and folders whose name, or its last word, says nothing about what is inside."""
    return [
        f"{path}: '{part}' says nothing"
        for path in texts
        for part in PurePosixPath(path).with_suffix("").parts
        if part.rpartition("_")[2].lower() in EMPTY_WORDS
    ]


def plates_with_code(texts: Mapping[str, str]) -> list[str]:
    """`__init__.py` files that hold anything but one docstring."""
    plates = {path: ast.parse(text) for path, text in texts.items() if PurePosixPath(path).name == "__init__.py"}
    return [
        f"{path} must hold one docstring and no code"
        for path, tree in plates.items()
        if len(tree.body) != 1 or ast.get_docstring(tree) is None
    ]


def without_plate(texts: Mapping[str, str]) -> list[str]:
    """Folders of modules that no `__init__.py` describes."""
    folders = {PurePosixPath(path).parent.as_posix() for path in texts if path.endswith(".py")}
    # Migrations are read by their tool one by one; they are no package.
    return [
        f"{folder} has no __init__.py"
        for folder in sorted(folders)
        if f"{folder}/__init__.py" not in texts and not folder.startswith("infra/migrations")
    ]


RULES = [too_long, badly_named, plates_with_code, without_plate]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_files_keep_the_rule(rule) -> None:
    """
    The files as they are break none of the rules.
    """
    texts = texts_on_disk((*PACKAGES, "tests"), SUFFIXES)

    found = rule(texts)

    assert [] == found


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (too_long, "backend/campus/zone.py", "x = 1\n" * 301),
        (too_long, "mobile_api/pwa/tap.ts", "\n" * 301),
        (too_long, "mobile_api/pwa/styles/tap.css", "\n" * 301),
        (badly_named, "backend/people/utils.py", ""),
        (badly_named, "backend/people/Helpers.ts", ""),
        (badly_named, "backend/common/zone.py", ""),
        (badly_named, "infra/session_manager.py", ""),
        (plates_with_code, "backend/__init__.py", '"""A plate."""\nfrom backend import kernel\n'),
        (plates_with_code, "backend/__init__.py", "x = 1\n"),
        (plates_with_code, "backend/__init__.py", ""),
        (without_plate, "backend/stray/zone.py", ""),
    ],
)
def test_a_broken_rule_is_found(rule, path, text) -> None:
    """
    Each way to break a rule is named, once.
    """
    (found,) = rule({path: text})

    assert found.startswith(path.rpartition("/")[0])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("backend/__init__.py", '"""A plate."""\n'),
        ("mobile_api/pwa/service_worker.ts", "\n" * 300),
        ("infra/migrations/versions/0001_first.py", ""),
    ],
)
def test_what_the_house_allows_is_not_found(path: str, text: str) -> None:
    """
    300 lines, a browser's own word and a migration break nothing.
    """
    texts = {path: text}

    found = [sentence for rule in RULES for sentence in rule(texts)]

    assert [] == found
