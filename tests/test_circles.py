"""No file needs itself: imports never run in a circle, between files or between folders."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Graph = Mapping[str, set[str]]


def modules(package: str) -> dict[str, Path]:
    """Dotted name → file; a folder's `__init__` has the folder's name."""
    files = (ROOT / package).rglob("*.py")
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imports(name: str, file: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """What a file imports anywhere: at the top, within functions, for types only."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            levels = node.level - (file.name == "__init__.py")
            parents = name.split(".")[: len(name.split(".")) - levels] if node.level else []
            source = ".".join([*parents, *filter(None, [node.module])])
            for alias in node.names:
                yield child if (child := f"{source}.{alias.name}") in known else source


def graph(package: str) -> dict[str, set[str]]:
    known = modules(package)
    return {name: {found for found in imports(name, file, known) if found in known and found != name}
            for name, file in known.items()}  # fmt: skip


def folders(files: Graph, known: Mapping[str, Path]) -> dict[str, set[str]]:
    """The same between folders: each file counts as the folder that it is in."""
    home = {name: name if file.name == "__init__.py" else name.rpartition(".")[0] for name, file in known.items()}
    found: dict[str, set[str]] = {folder: set() for folder in home.values()}
    for name, targets in files.items():
        found[home[name]] |= {home[target] for target in targets} - {home[name]}
    return found
def circles(of: Graph) -> list[tuple[str, ...]]:
    reach={n:set() for n in of}
    for n in of:
        todo=[n]
        while todo:
            for t in of[todo.pop()]-reach[n]: reach[n].add(t); todo.append(t)
    return sorted({tuple(sorted(m for m in reach[n] if n in reach[m])) for n in of if n in reach[n]})
