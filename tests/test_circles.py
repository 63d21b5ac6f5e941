"""Imports never run in a circle, between files or between folders; also those within functions and for types only."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Graph = Mapping[str, set[str]]
Circle = tuple[str, ...]

PACKAGES = ("generators", "grader")


@pytest.mark.parametrize("package", PACKAGES)
def test_no_import_runs_in_a_circle(package: str) -> None:
    files = modules(ROOT, package)
    uses = graph(files)
    assert not {*circles(uses), *circles(between_folders(uses, files))}


def test_every_way_to_import_is_seen(tmp_path: Path) -> None:
    sources = {
        "box/__init__.py": "from .a import x",
        "box/a.py": "def late():\n    from . import b",
        "box/b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import box.c",
        "box/c.py": "from .a import late",
        "box/far.py": "import box.in_.leaf\nimport numpy",
        "box/in_/__init__.py": "from ..back import y",
        "box/in_/leaf.py": "from . import other",
        "box/in_/other.py": "",
        "box/back.py": "from .far import z",
    }
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    files = modules(tmp_path, "box")
    assert circles(graph(files)) == {("box.a", "box.b", "box.c"), ("box.back", "box.far", "box.in_")}
    assert circles(between_folders(graph(files), files)) == {("box/", "box/in_/")}


def modules(root: Path, package: str) -> dict[str, Path]:
    """Dotted name → file; a folder's `__init__` has the folder's name. Nothing can import a `__main__`."""
    return {".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
            for file in (root / package).rglob("*.py") if file.name != "__main__.py"}  # fmt: skip


def graph(files: Mapping[str, Path]) -> dict[str, set[str]]:
    """File → the files of the package that it imports."""
    return {name: {target for target in imports(name, files) if target in files} - {name} for name in files}


def imports(name: str, files: Mapping[str, Path]) -> Iterator[str]:
    """What a file imports anywhere; from outside of a folder its `__init__` runs first."""
    inside = name if files[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(files[name].read_text(encoding="utf-8"))):
        for target in _named(node, inside, files):
            folders = (target[:end] for end, letter in enumerate(target) if letter == ".")
            yield from (folder for folder in folders if not f"{inside}.".startswith(f"{folder}."))
            yield target


def _named(node: ast.AST, inside: str, files: Mapping[str, Path]) -> Iterator[str]:
    """The modules that a statement names; `inside`: the folder that dots start from."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        start = inside.split(".")[: inside.count(".") + 2 - node.level] if node.level else []
        source = ".".join([*start, *filter(None, [node.module])])
        for alias in node.names:
            yield child if (child := f"{source}.{alias.name}") in files else source


def between_folders(uses: Graph, files: Mapping[str, Path]) -> dict[str, set[str]]:
    """The same between folders: a file counts as the folder that it is in."""
    home = {name: (name if file.name == "__init__.py" else name.rpartition(".")[0]).replace(".", "/") + "/"
            for name, file in files.items()}  # fmt: skip
    found: dict[str, set[str]] = {folder: set() for folder in home.values()}
    for name, targets in uses.items():
        found[home[name]] |= {home[target] for target in targets} - {home[name]}
    return found


def circles(uses: Graph) -> set[Circle]:
    """The strongly connected components of more than one node."""
    reached = {node: _reached(uses, node) for node in uses}
    return {tuple(sorted(other for other in reached[node] if node in reached[other]))
            for node in uses if node in reached[node]}  # fmt: skip


def _reached(uses: Graph, start: str) -> set[str]:
    """All nodes at the end of a path from `start`."""
    found: set[str] = set()
    open_ = [start]
    while open_:
        new = uses[open_.pop()] - found
        found |= new
        open_ += new
    return found
