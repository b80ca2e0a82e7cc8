"""Words that do not belong: unfinished work, printing, banned modules, imports by text, and tests that cannot fail."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.walls.sources import PACKAGES, Source, SourceTree, is_within, texts_on_disk

#: Put together here, so that this file does not hold them.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")

BANNED = {
    "sqlite3": "two SQLite libraries on one file drop each other's locks",
    "geventwebsocket": "unmaintained since 2017",
    "simple_websocket": "corrupts a slow client's stream under gevent",
    "gevent.monkey": "nothing is patched",
    "unittest.mock": "fakes, not mocks",
}
#: Stock servers to measure against are started as their own manuals say.
PEERS = "tests/bench/peers/"

NOT_RUN = frozenset({"pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.xfail"})


def unfinished(texts: dict[str, str]) -> list[str]:
    """Lines that say work is left: it belongs in an issue."""
    lines = ((path, line, words) for path, text in texts.items() for line, words in enumerate(text.splitlines(), 1))
    return [f"{path}:{line} is unfinished" for path, line, words in lines if UNFINISHED.search(words)]


def printing(tree: SourceTree) -> list[str]:
    """`print` outside the command line: everything else writes events to the log."""
    return [
        f"{source.path}:{line} prints"
        for source in tree
        if source.path.parts[0] in PACKAGES and not is_within(source.module, "infra.cli")
        for line, name in source.names()
        if name == "print"
    ]


def banned(tree: SourceTree) -> list[str]:
    """Imports of modules that would break a promise."""
    return [
        f"{source.path}:{found.line} imports {word}: {BANNED[word]}"
        for source in tree
        if not source.path.as_posix().startswith(PEERS)
        for found in source.imports
        for word in BANNED
        if is_within(found.symbol, word)
    ]


def hidden_imports(tree: SourceTree) -> list[str]:
    """Imports by text, which no wall could follow."""
    return [
        f"{source.path}:{line} imports by {name}"
        for source in tree
        if source.path.parts[0] in PACKAGES
        for line, name in source.names()
        if name in {"__import__", "importlib.import_module"}
    ]


def cannot_fail(tree: SourceTree) -> list[str]:
    """Tests that are skipped, tell no behaviour or assert nothing."""
    found = []
    for source in tree:
        if source.path.parts[0] == "tests":
            found += [f"{source.path}:{line} may not run: {name}" for line, name in source.names() if name in NOT_RUN]
            found += [f"{source.path}:{test.lineno} {fault}" for test in _tests(source) for fault in _faults(test)]
    return found


def _tests(source: Source) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _faults(test: ast.FunctionDef) -> Iterator[str]:
    if not ast.get_docstring(test):
        yield f"{test.name} does not tell in a sentence what it shows"
    if not any(isinstance(node, ast.Assert) or _expects_a_refusal(node) for node in ast.walk(test)):
        yield f"{test.name} asserts nothing"


def _expects_a_refusal(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"raises", "warns", "fail"}


def test_nothing_is_left_unfinished() -> None:
    """
    No file holds a note about work that is still to be done.
    """
    texts = texts_on_disk((*PACKAGES, "tests"), {".py", ".ts", ".tsx", ".html", ".css", ".sh"})

    found = unfinished(texts)

    assert [] == found


@pytest.mark.parametrize("rule", [printing, banned, hidden_imports, cannot_fail], ids=lambda rule: rule.__name__)
def test_the_files_keep_the_rule(rule) -> None:
    """
    The files as they are break none of the rules.
    """
    tree = SourceTree.from_disk((*PACKAGES, "tests"))

    found = rule(tree)

    assert [] == found


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME"])
def test_unfinished_work_is_found(word: str) -> None:
    """
    A note in a comment is named with its line.
    """
    texts = {"backend/campus/zone.py": f"x = 1\n# {word}: more\n"}

    found = unfinished(texts)

    assert ["backend/campus/zone.py:2 is unfinished"] == found


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (printing, "backend/campus/zone.py", "print(1)"),
        (printing, "infra/wiring.py", "x = map(print, [1])"),
        (banned, "backend/kernel/engines.py", "import sqlite3"),
        (banned, "tests/unit/test_x.py", "from sqlite3 import connect"),
        (banned, "infra/app.py", "from gevent import monkey"),
        (banned, "infra/app.py", "import gevent.monkey as patches"),
        (banned, "infra/serving.py", "import simple_websocket.ws"),
        (banned, "tests/unit/test_x.py", "from unittest.mock import Mock"),
        (hidden_imports, "backend/campus/zone.py", "from importlib import import_module\nx = import_module('infra')"),
        (hidden_imports, "mobile_api/taps.py", "x = __import__('infra')"),
        (cannot_fail, "tests/unit/test_x.py", "def test_x():\n    assert 1 == one()"),
        (cannot_fail, "tests/unit/test_x.py", 'def test_x():\n    """It runs."""\n    run()'),
        (cannot_fail, "tests/unit/test_x.py", "import pytest\npytestmark = pytest.mark.skipif(True)"),
    ],
)
def test_a_broken_rule_is_found(rule, path, text) -> None:
    """
    Each way to break a rule is named with its file, once.
    """
    tree = SourceTree.from_texts({path: text})

    (found,) = rule(tree)

    assert found.startswith(path)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (printing, "infra/cli/running.py", "print(1)"),
        (banned, "backend/kernel/engines.py", "import pysqlite3.dbapi2"),
        (banned, "tests/bench/peers/stock.py", "from gevent import monkey"),
        (cannot_fail, "tests/unit/test_x.py", 'def test_x():\n    """A promise."""\n    assert 1 == one()'),
    ],
)
def test_what_the_house_allows_is_not_found(rule, path, text) -> None:
    """
    The command line prints, peers are stock, and a test with a sentence and an assertion is a test.
    """
    tree = SourceTree.from_texts({path: text})

    found = rule(tree)

    assert [] == found
