"""Mutants: a right file with one small edit, unparsed. Most are wrong, and a check should notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from .edits import edits

SKIPPED = (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Raise, ast.Assert)  # of which nothing inside is edited
UNSAID = ("annotation", "returns", "ctx", "type_comment")


@dataclass(frozen=True)
class Mutant:
    """One edit: its kind, the line in `source` (from 1), and what that line was and is (empty: there was none)."""

    kind: str
    line: int
    before: str
    after: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of a file, each once, in the order of the tree. Docstrings stay, comments do not."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    for place, node in _places(tree):
        for kind, other in edits(node):
            _put(place, other)
            text = ast.unparse(tree)
            _put(place, node)
            if text not in seen and _compiles(text):
                seen.add(text)
                yield Mutant(kind, *_difference(original, text), text)


Place = tuple[ast.AST, str, int | None]  # a node's parent, the field that holds it, and the place in a list there


def _places(parent: ast.AST) -> Iterator[tuple[Place, ast.AST]]:
    """All nodes that may be edited, with where they stand."""
    for field, value in ast.iter_fields(parent):
        for i, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and field not in UNSAID and not _left_alone(node):
                yield (parent, field, i), node
                if not isinstance(node, SKIPPED):
                    yield from _places(node)


def _left_alone(node: ast.AST) -> bool:
    """Docstrings, imports, and what runs only as a program."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _put(place: Place, node: ast.AST) -> None:
    parent, field, i = place
    if i is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[i] = node


def _difference(original: str, text: str) -> tuple[int, str, str]:
    """The first line that differs, as it was and as it is."""
    lines = zip_longest(original.split("\n"), text.split("\n"), fillvalue="")
    return next((i, was.strip(), is_.strip()) for i, (was, is_) in enumerate(lines, 1) if was != is_)
