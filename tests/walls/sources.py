"""The source text as the walls read it: which files there are, what they name, and who imports whom."""

import ast
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("backend", "mobile_api", "notifications", "infra")
NOT_OURS = frozenset({"node_modules", "built", "__pycache__"})


@dataclass(frozen=True)
class Import:
    """
    One imported name, dotted in full: `from os import path as p` has the symbol `os.path`.

    `known_as` is the word it gives the file (`p`), `meaning` what that word
    then stands for (`os.path`; after `import os.path`, `os` is only `os`).
    """

    line: int
    symbol: str
    known_as: str
    meaning: str


@dataclass(frozen=True)
class Source:
    """One Python file; `path` begins at the project's root."""

    path: PurePosixPath
    text: str

    @property
    def module(self) -> str:
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if self.path.stem == "__init__" else parts)

    @property
    def stem(self) -> str:
        return self.path.stem

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """All of them: those inside functions and those only for the types count as well."""
        return tuple(self._read_imports())

    def _read_imports(self) -> Iterator[Import]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    first = name.name.partition(".")[0]
                    yield Import(node.lineno, name.name, name.asname or first, name.name if name.asname else first)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                for name in node.names:
                    symbol = f"{origin}.{name.name}"
                    yield Import(node.lineno, symbol, name.asname or name.name, symbol)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.path.parts[: len(self.path.parts) - node.level]
        return ".".join((*package, *(node.module or "").split("."))).rstrip(".")

    def names(self) -> Iterator[tuple[int, str]]:
        """
        Every name that is used, with its line, dotted in full.

        After `import os as o`, both `o.environ["X"]` and `o.environ` are
        `os.environ`; a name that no import explains stays as it is written.
        """
        meanings = {found.known_as: found.meaning for found in self.imports}
        inner = {node.value for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Name | ast.Attribute) or node in inner:
                continue
            if (dotted := _dotted(node)) is not None:
                root, dot, rest = dotted.partition(".")
                yield node.lineno, meanings.get(root, root) + dot + rest


def _dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return before and f"{before}.{node.attr}"
    return None


@dataclass(frozen=True)
class SourceTree:
    """The files together, by module name, so that an import can be followed."""

    sources: Mapping[str, Source]

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Self:
        """A tree that exists nowhere, to show a wall what it must find: path to text."""
        read = [Source(PurePosixPath(path), text) for path, text in texts.items()]
        return cls({source.module: source for source in read})

    @classmethod
    def from_disk(cls, tops: Collection[str] = PACKAGES) -> Self:
        return cls.from_texts(texts_on_disk(tops, {".py"}))

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources.values())

    def owner(self, symbol: str) -> str | None:
        """The module of ours in which a dotted name lives, None for a stranger's."""
        while symbol not in self.sources:
            symbol, dot, _ = symbol.rpartition(".")
            if not dot:
                return None
        return symbol

    def arrows(self, source: Source) -> Iterator[tuple[int, str]]:
        """The modules of ours that a file imports, with the line."""
        for found in source.imports:
            target = self.owner(found.symbol)
            if target is not None and target != source.module:
                yield found.line, target

    def ways(self, start: Source, but_not: Collection[tuple[str, str]] = ()) -> Iterator[list[str]]:
        """
        The shortest chain of imports to each module that `start` reaches, itself first.

        `but_not` names arrows (from, to) that are not followed.
        """
        chains = {start.module: [start.module]}
        waiting = deque([start])
        while waiting:
            source = waiting.popleft()
            yield chains[source.module]
            for _, target in self.arrows(source):
                if target not in chains and (source.module, target) not in but_not:
                    chains[target] = [*chains[source.module], target]
                    waiting.append(self.sources[target])


def texts_on_disk(tops: Collection[str], suffixes: Collection[str]) -> dict[str, str]:
    """Path from the root to text, of every file of these kinds that is ours."""
    files = (file for top in tops for file in sorted((ROOT / top).rglob("*")) if file.suffix in suffixes)
    ours = (file for file in files if NOT_OURS.isdisjoint(file.relative_to(ROOT).parts))
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in ours}


def is_within(module: str, *tops: str) -> bool:
    """Whether a dotted name is one of these or lives inside one."""
    return any(module == top or module.startswith(f"{top}.") for top in tops)
